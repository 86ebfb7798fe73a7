import { ATTEMPTS, type Outcome, type Parcel, plus } from '@cme-commons/core'
import { countByState, deliveryOf, inTx, takeLease } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { message, START, testCourier } from '../support/couriers.ts'
import { describeEachDatabase } from '../support/databases.ts'

/** A far side that answers what it is told to, and keeps what it was sent. */
function chat(answer: (parcel: Parcel, nth: number) => Outcome | Promise<Outcome> = () => ({ done: true })) {
  const sent: Parcel[] = []
  const deliver = async (parcel: Parcel) => {
    sent.push(parcel)
    return answer(parcel, sent.filter(({ key }) => key === parcel.key).length)
  }
  return { sent, deliver, keys: () => sent.map(({ key }) => key) }
}
const to = (user: string) => ({ to: { space: 'T1', user } })

describeEachDatabase((fresh) => {
  test('what is due goes out once, with what follows from it', async () => {
    const db = await (await fresh()).open()
    const { sent, deliver } = chat(() => ({ done: true, ref: '17.5' }))
    const courier = testCourier(db, deliver)
    await courier.put(message('a'), message('b', { due: plus(START, 60_000) }))
    await courier.work('chat/T1')
    await courier.work('chat/T1')
    expect(sent).toMatchObject([{ key: 'a', to: { user: 'U1' }, card: { title: 'a' }, attempt: 1, doubt: false }])
    expect(sent[0]?.id).toMatch(/^[0-9a-f]{24}$/)
    expect(courier.ended).toEqual([['a', 'done']])
    expect(await deliveryOf(db.read, 'a')).toMatchObject({ state: 'done', ref: '17.5', attempts: 1 })
  })

  test('one address gets its messages in order, also when one has to be tried again', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(({ key }, nth) => (key === 'a2' && nth < 3 ? { failed: '500' } : { done: true }))
    const courier = testCourier(db, deliver)
    await courier.put(message('a1'), message('a2'), message('a3'), message('b1', to('U2')), message('b2', to('U2')))
    await courier.run()
    const order = (prefix: string) => keys().filter((key) => key.startsWith(prefix))
    expect(order('a')).toEqual(['a1', 'a2', 'a2', 'a2', 'a3'])
    expect(order('b')).toEqual(['b1', 'b2'])
    expect(keys().indexOf('b2')).toBeLessThan(keys().lastIndexOf('a2'))
    expect(await deliveryOf(db.read, 'a2')).toMatchObject({ state: 'done', attempts: 3 })
  })

  test('a failure is tried again later and later, and is dead in the end', async () => {
    const db = await (await fresh()).open()
    const at: string[] = []
    const courier = testCourier(db, async () => {
      at.push(courier.clock.now)
      return { failed: 'answered 500' }
    })
    await courier.put(message('a'))
    await courier.run()
    const waits = at.slice(1).map((time, i) => Date.parse(time) - Date.parse(at[i]!))
    expect(at).toHaveLength(ATTEMPTS)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(courier.ended).toEqual([['a', 'dead']])
    expect(courier.wakes).toHaveLength(ATTEMPTS - 1)
    expect(await deliveryOf(db.read, 'a')).toMatchObject({ state: 'dead', trouble: 'answered 500', attempts: ATTEMPTS })
  })

  test('what can never arrive stops at once and holds nobody up', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(({ key }) => (key === 'a' ? { never: 'channel is gone' } : { done: true }))
    const courier = testCourier(db, deliver)
    await courier.put(message('a'), message('b'))
    await courier.run()
    expect(keys()).toEqual(['a', 'b'])
    expect(courier.ended).toEqual([
      ['a', 'dead'],
      ['b', 'done'],
    ])
  })

  test('a lane that is told to wait waits as a whole, costs no attempt and delays no other lane', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(({ key }, nth) =>
      key === 'a' && nth === 1 ? { later: 30_000, why: 'rate limit' } : { done: true },
    )
    const courier = testCourier(db, deliver, { side: 1 })
    await courier.put(message('a'), message('b', to('U2')), message('c', { lane: 'other/T2' }))
    await courier.work('chat/T1')
    await courier.work('other/T2')
    await courier.work('chat/T1')
    expect(keys()).toEqual(['a', 'c'])
    expect(await deliveryOf(db.read, 'a')).toMatchObject({ state: 'waiting', attempts: 0, due: plus(START, 30_000) })
    expect(courier.wakes).toContainEqual(['chat/T1', plus(START, 30_000)])
    await courier.run()
    expect(courier.clock.now).toBe(plus(START, 30_000))
    expect(keys().sort()).toEqual(['a', 'a', 'b', 'c'])
  })

  test('a wait for one address holds up only that address', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(({ key }, nth) =>
      key === 'a1' && nth === 1 ? { later: 30_000, only: 'address' } : { done: true },
    )
    const courier = testCourier(db, deliver)
    await courier.put(message('a1'), message('a2'), message('b', to('U2')))
    await courier.work('chat/T1')
    expect(keys()).toEqual(['a1', 'b'])
    await courier.run()
    expect(keys()).toEqual(['a1', 'b', 'a1', 'a2'])
  })

  test('quiet hours are waited for without spending an attempt', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat()
    const courier = testCourier(db, deliver)
    await courier.put(message('a', { quiet: '22:00-07:00 America/Chicago' }), message('b'))
    await courier.work('chat/T1')
    expect(keys()).toEqual(['b'])
    const end = '2026-11-23T13:00:00.000Z'
    expect(await deliveryOf(db.read, 'a')).toMatchObject({ state: 'waiting', attempts: 0, due: end })
    expect(courier.wakes).toEqual([['chat/T1', end]])
    await courier.run()
    expect([keys(), courier.clock.now]).toEqual([['b', 'a'], end])
  })

  test('what expired or is unwanted is not sent, and is followed up', async () => {
    const db = await (await fresh()).open()
    const { sent, deliver } = chat()
    const courier = testCourier(db, deliver)
    const digest = { kind: 'digest' as const, digest: 'd', subscription: 's' }
    await courier.put(message('late', { expires: START }), message('unwanted', { effect: digest }))
    await courier.run()
    expect(sent).toEqual([])
    expect(courier.ended.sort()).toEqual([
      ['late', 'expired'],
      ['unwanted', 'skipped'],
    ])
    expect(await deliveryOf(db.read, 'unwanted')).toMatchObject({ trouble: 'nobody wants it' })
  })

  test('no answer in time, and a throw, leave a doubt that the next attempt is told of', async () => {
    const db = await (await fresh()).open()
    const { sent, deliver } = chat(({ key }, nth) => {
      if (nth > 1) return { done: true, twice: 'looked-up' }
      return key === 'hangs' ? new Promise<Outcome>(() => {}) : Promise.reject(new Error('socket hang up'))
    })
    const courier = testCourier(db, deliver, { sendMs: 20 })
    await courier.put(message('hangs'), message('throws', to('U2')))
    await courier.run()
    expect(sent.map(({ key, doubt }) => [key, doubt]).sort()).toEqual([
      ['hangs', false],
      ['hangs', true],
      ['throws', false],
      ['throws', true],
    ])
    expect(courier.complaints).toEqual(['a delivery threw'])
    expect(await deliveryOf(db.read, 'hangs')).toMatchObject({ state: 'done', twice: 'looked-up', attempts: 2 })
  })

  test('a card that cannot be made is one delivery lost in the end, not the lane', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat()
    const courier = testCourier(db, deliver, {
      unpack: async (tx, { key }) => {
        if (key === 'b')
          await tx
            .selectFrom('settings')
            .select('nowhere' as 'name')
            .execute()
        return { card: { title: key, blocks: [] } }
      },
    })
    await courier.put(message('a'), message('b', to('U2')), message('b2', to('U2')), message('c'))
    await courier.work('chat/T1')
    expect(keys()).toEqual(['a', 'c'])
    await courier.run()
    expect(courier.ended).toContainEqual(['b', 'dead'])
    expect(keys()).toEqual(['a', 'c', 'b2'])
  })

  test('a follow-up that throws sends nothing twice', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat()
    const courier = testCourier(db, deliver, {
      settled: async (_, { key }, state) => {
        if (key === 'a') throw new TypeError('a bug')
        courier.ended.push([key, state])
      },
    })
    await courier.put(message('a'), message('b'), message('late', { expires: START }))
    await courier.run()
    expect(keys()).toEqual(['a', 'b'])
    expect(courier.ended.sort()).toEqual([
      ['b', 'done'],
      ['late', 'expired'],
    ])
    expect(await countByState(db.read)).toEqual({ done: 2, expired: 1 })
  })

  test('nothing is sent on a lost hold, and the answer of one that was lost meanwhile is left to the new holder', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(async () => {
      const later = plus(START, 3_600_000)
      await inTx(db, (tx) => takeLease(tx, { name: 'lane/chat/T1', holder: 'other', now: later, ms: 1_000 }))
      await inTx(db, (tx) =>
        tx
          .updateTable('deliveries')
          .set({ lease: 'other' })
          .execute()
          .then(() => {}),
      )
      courier.clock.now = later
      return { done: true }
    })
    const courier = testCourier(db, deliver)
    await courier.put(message('a'), message('b'))
    await courier.work('chat/T1')
    expect(keys()).toEqual(['a'])
    expect(courier.ended).toEqual([])
    expect(courier.complaints).toContain('an answer came after the hold was lost; it will be looked up')
    expect(await countByState(db.read)).toEqual({ sending: 2 })
  })

  test('a long batch renews its hold, so that nobody takes it over', async () => {
    const db = await (await fresh()).open()
    const { deliver, keys } = chat(() => {
      courier.clock.now = plus(courier.clock.now, 6_000)
      return { done: true }
    })
    const rival = testCourier(db, async () => ({ failed: 'must not be asked' }), { holder: 'rival' })
    const courier = testCourier(db, async (parcel) => {
      rival.clock.now = courier.clock.now
      await rival.work('chat/T1')
      return deliver(parcel)
    })
    await courier.put(...Array.from({ length: 9 }, (_, i) => message(`a${i}`)))
    await courier.work('chat/T1')
    expect(keys()).toHaveLength(9)
    expect(await countByState(db.read)).toEqual({ done: 9 })
    expect(rival.wakes.length).toBeGreaterThan(0)
  })

  test('a stop lets what is under way finish and gives back the rest without a doubt', async () => {
    const db = await (await fresh()).open()
    const stop = new AbortController()
    const { deliver, keys } = chat(() => {
      stop.abort()
      return { done: true }
    })
    const courier = testCourier(db, deliver)
    await courier.put(message('a'), message('b'), message('c', to('U2')))
    await courier.work('chat/T1', stop.signal)
    expect(keys()).toEqual(['a'])
    expect(await countByState(db.read)).toEqual({ done: 1, waiting: 2 })
    expect(await deliveryOf(db.read, 'b')).toMatchObject({ doubt: false })
    expect(courier.wakes).toEqual([['chat/T1', START]])
    await courier.run()
    expect(keys()).toEqual(['a', 'b', 'c'])
  })
})
