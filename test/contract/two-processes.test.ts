import { countByState, inTx, post } from '@cme-commons/db'
import { pgBossRunner } from '@cme-commons/server'
import { expect, test, vi } from 'vitest'
import { startChild } from '../support/children.ts'
import { message } from '../support/couriers.ts'
import { freshPostgres } from '../support/databases.ts'
import { startReceiver } from '../support/receiver.ts'

const LONG_AGO = '2026-01-01T00:00:00.000Z'
const LANES = 20
const ROWS = 2_000

test('two processes share 2,000 deliveries on 20 lanes: none twice, none lost, both work', {
  timeout: 90_000,
}, async () => {
  const database = await freshPostgres()
  const receiver = await startReceiver()
  const db = await database.open()
  const log = { warn: () => {}, error: () => {} }
  const runner = await pgBossRunner({ db, url: database.url, now: () => new Date().toISOString(), log })
  const lanes = Array.from({ length: LANES }, (_, i) => `blind/T${i}`)
  const rows = Array.from({ length: ROWS }, (_, i) =>
    message(`m/${i}`, { lane: lanes[i % LANES]!, to: { space: 'T', user: `U${i % 200}` }, due: LONG_AGO }),
  )
  const children = ['one', 'two'].map((holder) =>
    startChild('courier-process.ts', { url: database.url, receiver: receiver.url, holder, runner: true, batch: 10 }),
  )
  for (const child of children) expect(await child.line()).toBe('started')
  await inTx(db, async (tx) => {
    await post(tx, LONG_AGO, rows)
    for (const lane of lanes) await runner.wake(tx, lane, LONG_AGO)
  })
  await vi.waitFor(async () => expect(await countByState(db.read)).toEqual({ done: ROWS }), { timeout: 60_000 })
  for (const child of children) child.process.kill('SIGTERM')
  for (const child of children) expect(await child.ended).toMatchObject({ code: 0, errors: '' })
  await runner.stop()
  expect(receiver.stored).toHaveLength(ROWS)
  expect(new Set(receiver.stored.map(({ key }) => key)).size).toBe(ROWS)
  const by = Map.groupBy(receiver.stored, (one) => one.by)
  expect([...by.keys()].sort()).toEqual(['one', 'two'])
  for (const share of by.values()) expect(share.length).toBeGreaterThan(ROWS / 10)
})
