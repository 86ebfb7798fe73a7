import {
  laneOf,
  perform,
  planCompany,
  planConferences,
  planDigests,
  platformOf,
  settled,
  unpacker,
  upcoming,
} from '@cme-commons/app'
import { DAY, type Instant, plus } from '@cme-commons/core'
import { type Db, inTx } from '@cme-commons/db'
import { createCourier } from '../../server/src/courier.ts'
import { tryDeliver } from '../../server/src/try/deliver.ts'
import type { TryHouse } from '../../server/src/try/house.ts'
import { entry, knowledge, random, worldOn } from './world.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
export const START = '2026-11-23T15:00:00.000Z'

/** The product around the try-out page with a clock of its own: news comes out on the Tuesday, and what is due is sent on the way. */
export async function tryHouse(db: Db, start: Instant = START): Promise<TryHouse> {
  const world = await worldOn(db, start)
  let now = start
  await world.publish([], now)
  const courier = createCourier({
    db,
    now: () => now,
    holder: 'test',
    deliverers: { try: tryDeliver(db) },
    platformOf,
    unpack: unpacker(knowledge),
    settled,
    wake: async () => {},
    log: { info() {}, warn() {}, error() {}, debug() {} } as never,
  })
  async function pass(at: Instant) {
    now = at
    if (at >= plus(start, DAY)) await world.publish([entry(1), entry(2)], plus(start, DAY))
    await planDigests(db, now, knowledge, async () => {})
    await planCompany(db, now, async () => {})
    await planConferences(db, now, knowledge, async () => {})
    await courier.work(laneOf({ platform: 'try', id: 'try' }))
  }
  return {
    db,
    content: knowledge,
    now: () => now,
    moved: () => now !== start,
    perform: (actor, action) => inTx(db, (tx) => perform({ tx, now, content: knowledge, actor, random }, action)),
    async moveClock(to) {
      if (to === 'real') {
        now = start
        return
      }
      for (const { at } of await upcoming(db.read, now, to, knowledge)) if (at > now) await pass(at)
      await pass(to)
    },
  }
}
