import { type Deliver, type Instant, plus } from '@cme-commons/core'
import { type Db, type Delivery, type FinalState, inTx, laneTimes, type NewDelivery, post } from '@cme-commons/db'
import { type CourierParts, createCourier } from '@cme-commons/server'

export const START = '2026-11-23T08:00:00.000Z'

export const message = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  lane: 'chat/T1',
  to: { space: 'T1', user: 'U1' },
  effect: { kind: 'message', card: { title: key, blocks: [] } },
  due: START,
  ...more,
})

/** A courier with a clock that tests move, which notes what ended, what it complained about and when it wants to be woken. */
export function testCourier(db: Db, deliver: Deliver, parts: Partial<CourierParts> = {}) {
  const clock = { now: START as Instant }
  const ended: [key: string, state: FinalState][] = []
  const complaints: string[] = []
  const wakes: [lane: string, at: Instant][] = []
  const courier = createCourier({
    db,
    now: () => clock.now,
    holder: 'test',
    deliverers: { chat: deliver, other: deliver },
    platformOf: (lane) => lane.split('/')[0]!,
    unpack: async (_, { effect }) => (effect.kind === 'message' ? { card: effect.card } : { skip: 'nobody wants it' }),
    settled: async (_, delivery: Delivery, state) => void ended.push([delivery.key, state]),
    wake: async (_, lane, at) => void wakes.push([lane, at]),
    log: { warn: (_, text) => complaints.push(text), error: (_, text) => complaints.push(text) },
    settleMs: 1,
    ...parts,
  })
  return {
    ended,
    complaints,
    wakes,
    clock,
    put: (...rows: NewDelivery[]) => inTx(db, (tx) => post(tx, clock.now, rows)),
    work: courier.work,
    /** Works whatever is due, at the times when it is due, until nothing is left or `end` comes. */
    run: async (end: Instant = plus(START, 86_400_000)) => {
      for (;;) {
        const next = (await laneTimes(db.read))[0]
        if (!next || next.at > end) return
        if (next.at > clock.now) clock.now = next.at
        await courier.work(next.lane)
      }
    },
  }
}
