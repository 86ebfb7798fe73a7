import { planDigests } from '@cme-commons/app'
import type { Filter, Schedule } from '@cme-commons/core'
import { type Db, inTx, listDeliveries, migrate, open, putAudience, putSpace } from '@cme-commons/db'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { entry, knowledge, worldOn } from '../support/world.ts'
import { folder, type Measured, ratio, seconds } from './measure.ts'

const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAY = '2026-11-23T08:00:00.000Z'
const FILTERS = 50

/** A digest tick for many subscriptions in 50 distinct filters, against raw better-sqlite3 inserting the same ledger rows. */
export async function digestTick(subscriptions = 100_000): Promise<Measured[]> {
  const dir = folder()
  const best = { tick: Infinity, raw: Infinity, longest: Infinity, grown: Infinity }
  // In turns, the best of each: another program's writes to the disk hit both alike.
  for (let round = 0; round < 3; round++) {
    const tick = await planned(`${dir}/tick${round}.db`, subscriptions)
    best.tick = Math.min(best.tick, tick.time)
    best.longest = Math.min(best.longest, tick.longest)
    best.grown = Math.min(best.grown, tick.grown)
    best.raw = Math.min(best.raw, await inserted(`${dir}/raw${round}.db`, `${dir}/tick${round}.db`))
  }
  const small = await planned(`${dir}/small.db`, subscriptions / 10)
  return [
    ratio(
      `digest tick, ${subscriptions} subscriptions, rows/s against raw inserts`,
      subscriptions / best.tick,
      subscriptions / best.raw,
      0.5,
    ),
    {
      what: `memory of the tick: growth of the heap at ${subscriptions} against ${subscriptions / 10} (MB)`,
      value: (best.grown - small.grown) / 2 ** 20,
      atMost: 8,
    },
    { what: 'longest transaction of the tick (ms)', value: best.longest, atMost: 50 },
  ]
}

async function planned(file: string, subscriptions: number) {
  const db = await open(file)
  await migrate(db, SUNDAY)
  const world = await worldOn(db, SUNDAY)
  await world.publish([], SUNDAY)
  await subscribe(db, subscriptions)
  await world.publish(
    Array.from({ length: 40 }, (_, i) => entry(i)),
    SUNDAY,
  )
  const stretches: number[] = []
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  let last = performance.now()
  const time = await seconds(() =>
    planDigests(db, MONDAY, knowledge, async () => {
      stretches.push(performance.now() - last)
      last = performance.now()
    }),
  )
  global.gc?.()
  const grown = process.memoryUsage().heapUsed - before
  const { count } = await db.read
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count !== subscriptions) throw new Error(`${count} deliveries for ${subscriptions} subscriptions`)
  if ((await listDeliveries(db.read, { space: 'try', limit: 1 })).deliveries.length !== 1)
    throw new Error('the ledger cannot be read')
  await db.close()
  return { time, grown, longest: Math.max(...stretches) }
}

/** Members in 50 filters, half of them in each of two time zones, all due on Monday at eight by their own clock. */
export async function subscribe(db: Db, subscriptions: number): Promise<void> {
  await inTx(db, async (tx) => {
    await putSpace(tx, { id: 'try', platform: 'try', name: 'Try', zone: 'UTC', moderators: null, made_at: SUNDAY })
    for (let f = 0; f < FILTERS; f++) {
      const filter: Filter = { bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 1 + f }
      const schedule: Schedule = { cadence: 'weekly', day: 1, at: '08:00', zone: 'UTC' }
      await putAudience(tx, {
        id: `a${f}`,
        space: null,
        filter: JSON.stringify(filter),
        schedule: JSON.stringify(schedule),
        next_at: MONDAY,
        cursor: 0,
      })
    }
  })
  await inTx(db, (tx) =>
    sql`insert into subscriptions (id, space, lane, address, member, audience, cursor, paused, snoozed_until, quiet, made_at)
      with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${subscriptions})
      select 's' || i, 'try', 'try/try', 'user:u' || i, null, 'a' || (i % ${sql.lit(FILTERS)}), null, 0, null, null, ${SUNDAY} from n`.execute(
      tx,
    ),
  )
}

/** The same rows, read into memory first, put into the same table by one prepared statement, a thousand in a transaction. */
async function inserted(file: string, from: string): Promise<number> {
  const db = await open(file)
  await migrate(db, SUNDAY)
  await db.close()
  const source = new Database(from, { readonly: true })
  const rows = source.prepare('select * from deliveries order by rowid').raw().all() as unknown[][]
  source.close()
  const target = new Database(file)
  target.pragma('journal_mode = wal')
  target.pragma('synchronous = full')
  const insert = target.prepare(`insert into deliveries values (${rows[0]!.map(() => '?').join(', ')})`)
  const some = target.transaction((part: unknown[][]) => {
    for (const row of part) insert.run(row)
  })
  const time = await seconds(async () => {
    for (let i = 0; i < rows.length; i += 1000) some.immediate(rows.slice(i, i + 1000))
  })
  target.close()
  return time
}
