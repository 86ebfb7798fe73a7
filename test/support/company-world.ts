import { nextCompany, planCompany, platformOf, settled, unpacker } from '@cme-commons/app'
import type { Card, Instant } from '@cme-commons/core'
import { type Db, lanesDue, nextDue } from '@cme-commons/db'
import { createCourier } from '@cme-commons/server'
import type { TestDatabase } from './databases.ts'
import { knowledge, worldOn } from './world.ts'

/** A message as it went out. */
export type Sent = { at: Instant; to: string; card: Card }

/** The product with a courier that keeps what newcomers and moderators are sent. */
export async function companyWorld(fresh: () => Promise<TestDatabase>, start: Instant) {
  const database = await fresh()
  const world = await worldOn(await database.open(), start)
  const sent: Sent[] = []
  let now = start
  let couriers = 0
  const courier = (db: Db) =>
    createCourier({
      db,
      now: () => now,
      holder: `process-${++couriers}`,
      deliverers: {
        try: async (parcel) => {
          if (!('card' in parcel)) throw new Error('no card')
          const to = 'user' in parcel.to ? parcel.to.user : parcel.to.channel
          sent.push({ at: parcel.now, to, card: parcel.card })
          return { done: true }
        },
      },
      platformOf,
      unpack: unpacker(knowledge),
      settled,
      wake: async () => {},
      log: { warn() {}, error: (data: unknown, say: string) => console.error(say, data) },
      settleMs: 1,
    })
  const plan = (at: Instant, db = world.db) => planCompany(db, at, async () => {})
  const send = async (at: Instant, db = world.db) => {
    now = at
    for (const lane of await lanesDue(db.read, at)) await courier(db).work(lane)
  }
  return {
    ...world,
    database,
    sent,
    plan,
    send,
    /** One tick and one turn of the courier. */
    async tick(at: Instant) {
      await plan(at)
      await send(at)
    },
    /** Everything from tick to tick as the clock of the try-out goes. */
    async until(end: Instant) {
      for (;;) {
        const times = [await nextCompany(world.db.read, now), await nextDue(world.db.read)]
        const at = times.filter((time) => time !== undefined && time > now && time < end).sort()[0] ?? end
        await plan(at)
        await send(at)
        if (at === end) return
      }
    },
    titles: () => sent.map(({ to, card }) => `${to}: ${card.title}`),
  }
}
