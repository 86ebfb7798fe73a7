import { countTwice, type Db, deliveryOf, inTx, type NewDelivery, post } from '@cme-commons/db'
import type { Point } from '@cme-commons/server'
import { expect, test } from 'vitest'
import { startChild } from '../support/children.ts'
import type { CourierProcess } from '../support/courier-process.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { KILLS } from '../support/kills.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const LONG_AGO = '2026-01-01T00:00:00.000Z'
const POINTS: readonly Point[] = [
  'before-claim',
  'after-claim',
  'before-send',
  'after-send',
  'before-settle',
  'after-settle',
]
const PLATFORMS = ['idempotent', 'looking', 'blind']

const rows: NewDelivery[] = PLATFORMS.flatMap((platform) =>
  Array.from({ length: 8 }, (_, i) => ({
    key: `${platform}/${i}`,
    lane: `${platform}/T1`,
    to: { space: 'T1', user: `U${i % 3}` },
    effect: { kind: 'message', card: { title: `${i}`, blocks: [] } },
    due: LONG_AGO,
  })),
)
const child = (options: CourierProcess) => startChild('courier-process.ts', options)

async function expectEachOnce(db: Db, receiver: Receiver) {
  const counts = receiver.counts()
  expect(Object.keys(counts).sort()).toEqual(rows.map(({ key }) => key).sort())
  let doubles = 0
  for (const { key } of rows) {
    const delivery = await deliveryOf(db.read, key)
    expect(delivery).toMatchObject({ key, state: 'done' })
    if (!key.startsWith('blind/')) expect([key, counts[key]]).toEqual([key, 1])
    else if (counts[key]! > 1) {
      expect([key, counts[key], delivery?.twice]).toEqual([key, 2, 'sent-blind'])
      doubles++
    }
  }
  expect((await countTwice(db.read))['sent-blind']).toBeGreaterThanOrEqual(doubles)
}

/** Within one address what was stored first has the smaller number. */
function expectOrder(receiver: Receiver) {
  for (const platform of PLATFORMS)
    for (const to of ['user:U0', 'user:U1', 'user:U2']) {
      const first = [
        ...new Set(receiver.stored.filter((m) => m.to === to && m.key.startsWith(platform)).map((m) => m.key)),
      ]
      expect(first).toEqual([...first].sort())
    }
}

describeEachDatabase((fresh, dialect) => {
  for (const point of POINTS.filter((_, i) => KILLS.of === 1 || i % 2 === KILLS.nth[dialect]))
    test(`killed ${point.replace('-', ' ')}, everything arrives once, in order; a blind double is counted`, async () => {
      const database = await fresh()
      const receiver = await startReceiver()
      const db = await database.open()
      await inTx(db, (tx) => post(tx, LONG_AGO, rows))
      const base = { url: database.url, receiver: receiver.url }
      for (const platform of PLATFORMS) {
        const killed = await child({
          ...base,
          holder: platform,
          only: `${platform}/T1`,
          die: { point, nth: point === 'before-claim' ? 1 : 2 },
        }).ended
        expect(killed).toMatchObject({ signal: 'SIGKILL' })
      }
      expect(await child({ ...base, holder: 'last' }).ended).toMatchObject({ code: 0, errors: '' })
      await expectEachOnce(db, receiver)
      expectOrder(receiver)
    })
})
