import {
  inTx,
  isMine,
  lastValue,
  leaseOf,
  migrate,
  nextValues,
  putSetting,
  releaseLease,
  renewLease,
  schemaState,
  setting,
  takeLease,
  takeSlot,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const NEXT = '2026-11-23T08:01:00.000Z'

describeEachDatabase((fresh) => {
  test('a slot is taken once and only moves forward', async () => {
    const db = await (await fresh()).open()
    const take = (at: string) => inTx(db, (tx) => takeSlot(tx, 'feeds', at))
    expect([await take(NOW), await take(NOW), await take(NEXT), await take(NOW)]).toEqual([true, false, true, false])
  })

  test('of many who ask for a slot at once one gets it', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    const asked = Array.from({ length: 20 }, (_, i) => inTx(i % 2 ? one : two, (tx) => takeSlot(tx, 'tick', NOW)))
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
  })

  test('a lease has one holder until it runs out', async () => {
    const db = await (await fresh()).open()
    const lease = (holder: string, now = NOW) => ({ name: 'discord/gateway', holder, now, ms: 60_000 })
    expect(await inTx(db, (tx) => takeLease(tx, lease('a')))).toBe(NEXT)
    expect(await inTx(db, (tx) => takeLease(tx, lease('b')))).toBeUndefined()
    expect(await isMine(db.read, lease('a'))).toBe(true)
    expect(await leaseOf(db.read, 'discord/gateway', NOW)).toEqual({ holder: 'a', until: NEXT })
    expect(await inTx(db, (tx) => takeLease(tx, lease('b', NEXT)))).toBe('2026-11-23T08:02:00.000Z')
    expect(await inTx(db, (tx) => renewLease(tx, lease('a', NEXT)))).toBeUndefined()
    await inTx(db, (tx) => releaseLease(tx, 'discord/gateway', 'a'))
    expect(await isMine(db.read, lease('b', NEXT))).toBe(true)
    await inTx(db, (tx) => releaseLease(tx, 'discord/gateway', 'b'))
    expect(await leaseOf(db.read, 'discord/gateway', NEXT)).toBeUndefined()
  })

  test('numbers are handed out once, in the order of commits', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    const asked = Array.from({ length: 30 }, (_, i) => inTx(i % 2 ? one : two, (tx) => nextValues(tx, 'items', 3)))
    const firsts = (await Promise.all(asked)).sort((a, b) => a - b)
    expect(firsts).toEqual(Array.from({ length: 30 }, (_, i) => i * 3 + 1))
    expect(await lastValue(one.read, 'items')).toBe(90)
  })

  test('a setting is kept', async () => {
    const db = await (await fresh()).open()
    expect(await setting(db.read, 'try/clock')).toBeUndefined()
    await inTx(db, (tx) => putSetting(tx, 'try/clock', NOW))
    await inTx(db, (tx) => putSetting(tx, 'try/clock', NEXT))
    expect(await setting(db.read, 'try/clock')).toBe(NEXT)
  })

  test('several processes may migrate at once, and a newer database is refused', async () => {
    const database = await fresh()
    const db = await database.open()
    const again = await Promise.all([migrate(db, NOW), database.open(), database.open()])
    expect(again[0]).toEqual([])
    const { done, open, newer } = await schemaState(db)
    expect([open, newer]).toEqual([[], []])
    expect(done[0]).toBe('0001-delivery')
    await inTx(db, (tx) => tx.insertInto('migrations').values({ name: '9999-later', at: NOW }).execute())
    await expect(migrate(db, NOW)).rejects.toMatchObject({
      trouble: 'newer',
      message: expect.stringContaining('9999-later'),
    })
  })

  test('two transactions that block each other both come through', async () => {
    const database = await fresh()
    const [one, two] = [await database.open(), await database.open()]
    await inTx(one, (tx) => putSetting(tx, 'a', '0'))
    await inTx(one, (tx) => putSetting(tx, 'b', '0'))
    let met = 0
    const both = Promise.withResolvers<void>()
    const cross = (db: typeof one, first: string, second: string) =>
      inTx(db, async (tx) => {
        await putSetting(tx, first, first + second)
        // On SQLite the second has to wait for the first anyway.
        if (++met === 2 || database.dialect === 'sqlite') both.resolve()
        await both.promise
        await putSetting(tx, second, first + second)
      })
    await Promise.all([cross(one, 'a', 'b'), cross(two, 'b', 'a')])
    expect(await setting(one.read, 'a')).toBe(await setting(one.read, 'b'))
  })
})
