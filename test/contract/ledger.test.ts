import {
  afterCommit,
  type Claim,
  claim,
  countByState,
  type Db,
  deliveryOf,
  inTx,
  lanesDue,
  listDeliveries,
  type NewDelivery,
  nextDue,
  pauseLane,
  post,
  release,
  renew,
  settle,
  withdraw,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const LATER = '2026-11-23T08:00:31.000Z'
const turn = { lane: 'slack/T1', holder: 'a', now: NOW, leaseMs: 30_000, limit: 10 }

const digest = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  lane: 'slack/T1',
  to: { space: 'slack/T1', user: 'U1' },
  effect: { kind: 'digest', digest: 'd1', subscription: 's1' },
  due: NOW,
  ...more,
})
const put = (db: Db, ...rows: NewDelivery[]) => inTx(db, (tx) => post(tx, NOW, rows))
const keys = (claimed: Claim) => ('rows' in claimed ? claimed.rows.map(({ key }) => key) : claimed)
const take = (db: Db, more: Partial<typeof turn> = {}) => inTx(db, (tx) => claim(tx, { ...turn, ...more }))

describeEachDatabase((fresh) => {
  test('a delivery is promised once, whoever posts it again', async () => {
    const db = await (await fresh()).open()
    expect(await put(db, digest('a'), digest('b'))).toBe(2)
    expect(await put(db, digest('a'), digest('c'))).toBe(1)
    expect(await countByState(db.read)).toEqual({ waiting: 3 })
    expect(await deliveryOf(db.read, 'a')).toMatchObject({
      to: { space: 'slack/T1', user: 'U1' },
      effect: { digest: 'd1' },
    })
  })

  test('due deliveries are claimed in the order of their time and key, byte by byte', async () => {
    const db = await (await fresh()).open()
    const early = '2026-11-23T07:00:00.000Z'
    await put(
      db,
      digest('b'),
      digest('B'),
      digest('a/2'),
      digest('a-1'),
      digest('z', { due: early }),
      digest('x', { due: LATER }),
    )
    expect(keys(await take(db))).toEqual(['z', 'B', 'a-1', 'a/2', 'b'])
    expect(keys(await take(db))).toEqual([])
  })

  test('while one holder has the lane nobody else claims from it', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'), digest('b'))
    expect(keys(await take(db, { limit: 1 }))).toEqual(['a'])
    expect(await take(db, { holder: 'b' })).toEqual({ heldUntil: '2026-11-23T08:00:30.000Z' })
    expect(keys(await take(db, { limit: 1 }))).toEqual(['b'])
  })

  test('what a holder left behind comes back with a doubt, and its late answer is not taken', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'))
    await take(db)
    const again = await take(db, { holder: 'b', now: LATER })
    expect(again).toMatchObject({ rows: [{ key: 'a', doubt: true, attempts: 0 }] })
    const done = { key: 'a', state: 'done' as const, attempts: 1, ref: '17.5' }
    expect(await inTx(db, (tx) => settle(tx, 'a', LATER, [done]))).toEqual(new Set())
    expect(await inTx(db, (tx) => settle(tx, 'b', LATER, [done]))).toEqual(new Set(['a']))
    expect(await deliveryOf(db.read, 'a')).toMatchObject({ state: 'done', ref: '17.5', settled: LATER, doubt: false })
  })

  test('a renewed hold keeps the lane and its rows; a lost one cannot be renewed', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'))
    await take(db)
    const at = (now: string) => inTx(db, (tx) => renew(tx, { ...turn, now }))
    expect(await at('2026-11-23T08:00:20.000Z')).toBe('2026-11-23T08:00:50.000Z')
    expect(await take(db, { holder: 'b', now: LATER })).toEqual({ heldUntil: '2026-11-23T08:00:50.000Z' })
    await take(db, { holder: 'b', now: '2026-11-23T08:00:50.000Z' })
    expect(await at('2026-11-23T08:00:51.000Z')).toBeUndefined()
  })

  test('what is given back untried carries no doubt', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'), digest('b'))
    await take(db)
    await inTx(db, async (tx) => {
      await release(tx, turn, ['b'])
      await release(tx, turn)
    })
    expect(await take(db, { holder: 'b' })).toMatchObject({ rows: [{ key: 'b', doubt: false }] })
  })

  test('what was due too late expires, unless it may be there already', async () => {
    const db = await (await fresh()).open()
    const expires = '2026-11-23T08:00:10.000Z'
    await put(db, digest('begun', { expires }))
    await take(db)
    await put(db, digest('late', { expires }))
    const claimed = await take(db, { holder: 'b', now: LATER })
    expect(claimed).toMatchObject({ rows: [{ key: 'begun', doubt: true }], expired: [{ key: 'late' }] })
    expect(await deliveryOf(db.read, 'late')).toMatchObject({ state: 'expired', settled: LATER })
  })

  test('a delivery that is tried again is not overtaken on its way to the same address', async () => {
    const db = await (await fresh()).open()
    const other = { to: { space: 'slack/T1', user: 'U2' } }
    await put(db, digest('1'), digest('2'), digest('3', other))
    await take(db, { limit: 1 })
    const again = { key: '1', state: 'waiting' as const, attempts: 1, due: LATER, doubt: false, first: true }
    await inTx(db, (tx) => settle(tx, 'a', NOW, [again]))
    expect(keys(await take(db))).toEqual(['3'])
    await inTx(db, (tx) => settle(tx, 'a', NOW, [{ key: '3', state: 'done', attempts: 1 }]))
    expect(await nextDue(db.read, 'slack/T1')).toBe(LATER)
    expect(keys(await take(db, { now: LATER }))).toEqual(['1'])
    await inTx(db, (tx) => settle(tx, 'a', LATER, [{ key: '1', state: 'dead', attempts: 2, trouble: 'gone' }]))
    expect(keys(await take(db, { now: LATER }))).toEqual(['2'])
  })

  test('a withdrawn delivery holds nobody up, and one that is under way is not withdrawn', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('reminder/1'), digest('reminder/2'), digest('reminder-3'), digest('Reminder/4'))
    await take(db, { limit: 1 })
    await inTx(db, (tx) =>
      settle(tx, 'a', NOW, [
        { key: 'Reminder/4', state: 'waiting', attempts: 1, due: LATER, doubt: false, first: true },
      ]),
    )
    expect(keys(await take(db))).toEqual([])
    expect(await inTx(db, (tx) => withdraw(tx, 'Reminder/', NOW))).toBe(1)
    expect(keys(await take(db, { limit: 1 }))).toEqual(['reminder-3'])
    expect(await inTx(db, (tx) => withdraw(tx, 'reminder', NOW))).toBe(2)
    expect(await countByState(db.read)).toEqual({ withdrawn: 3, sending: 1 })
  })

  test('lanes are due when a row is, a pause ends, or a lost hold runs out', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'), digest('b', { lane: 'discord' }), digest('c', { lane: 'try', due: LATER }))
    expect(await lanesDue(db.read, NOW)).toEqual(['discord', 'slack/T1'])
    await inTx(db, (tx) => pauseLane(tx, 'discord', LATER, '429'))
    expect(await lanesDue(db.read, NOW)).toEqual(['slack/T1'])
    expect(await take(db, { lane: 'discord' })).toMatchObject({ rows: [] })
    await take(db, { limit: 1 })
    expect(await lanesDue(db.read, NOW)).toEqual([])
    expect(await nextDue(db.read)).toBe('2026-11-23T08:00:30.000Z')
    expect(await lanesDue(db.read, LATER)).toEqual(['slack/T1', 'discord', 'try'])
  })

  test('people page through what was promised, newest first', async () => {
    const db = await (await fresh()).open()
    await put(db, digest('a'), digest('b'))
    await inTx(db, (tx) => post(tx, LATER, [digest('a2'), digest('elsewhere', { to: { space: 'x', user: 'U' } })]))
    const first = await listDeliveries(db.read, { space: 'slack/T1', limit: 2 })
    expect(first.deliveries.map(({ key }) => key)).toEqual(['a2', 'b'])
    const rest = await listDeliveries(db.read, { space: 'slack/T1', limit: 2, before: first.before })
    expect(rest).toMatchObject({ deliveries: [{ key: 'a' }], before: undefined })
  })

  test('a failed transaction leaves nothing and calls nobody', async () => {
    const db = await (await fresh()).open()
    const called: string[] = []
    const failing = inTx(db, async (tx) => {
      await post(tx, NOW, [digest('a')])
      afterCommit(tx, () => called.push('failed'))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await inTx(db, async (tx) => {
      afterCommit(tx, () => called.push('committed'))
      expect(called).toEqual([])
    })
    expect(called).toEqual(['committed'])
    expect(await countByState(db.read)).toEqual({})
  })
})
