import type { Day, Effect, Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import type { DateTable, EditionTable } from './tables/conferences.ts'
import type { Read, Tx } from './tx.ts'

/** As the partial indexes say it: SQLite uses them only where it finds the same words. */
const LABELLED = sql<boolean>`remind = 1 and day is not null`
const INSTANT = sql<boolean>`remind = 1 and day is null and kind <> 'session'`
const SESSION = sql<boolean>`remind = 1 and kind = 'session'`

/** The clocks (a zone and the days before) that somebody's reminders go by, each found by one step in the index. */
export const clocksFollowing = (db: Read): Promise<string[]> => steps(db, 'clock', sql`muted = 0`)

/** The minutes before a session that somebody is reminded by. */
export const minutesFollowing = (db: Read): Promise<string[]> => steps(db, 'minutes', sql`muted = 0 and sessions = 1`)

async function steps(db: Read, column: 'clock' | 'minutes', which: ReturnType<typeof sql>): Promise<string[]> {
  const name = sql.ref(column)
  const { rows } = await sql<{ value: string | null }>`
    with recursive found (value) as (
      select min(${name}) from follows where ${which}
      union all
      select (select min(f.${name}) from follows f where ${which} and f.${name} > found.value) from found where found.value is not null)
    select value from found`.execute(db)
  return rows.flatMap(({ value }) => (value === null ? [] : [value]))
}

const rowsOf = async (query: { execute(db: Read): Promise<{ rows: unknown[] }> }, db: Read): Promise<DateTable[]> =>
  (await query.execute(db)).rows as DateTable[]

/** The dates that are a day of the calendar from `from` to `to` (inclusive) and of which people may be reminded. */
export const datesOnDays = (db: Read, { from, to }: { from: Day; to: Day }): Promise<DateTable[]> =>
  rowsOf(sql`select * from conference_dates where ${LABELLED} and day >= ${from} and day <= ${to} order by day, id`, db)

/** The dates that are an instant from `from` inclusive to `to` exclusive; sessions are not among them. */
export const datesAtInstants = (db: Read, { from, to }: { from: Instant; to: Instant }): Promise<DateTable[]> =>
  rowsOf(
    sql`select * from conference_dates where ${INSTANT} and closes_at >= ${from} and closes_at < ${to} order by closes_at, id`,
    db,
  )

/** The sessions that begin after `from` and at `to` at the latest. */
export const sessionsBetween = (db: Read, { from, to }: { from: Instant; to: Instant }): Promise<DateTable[]> =>
  rowsOf(
    sql`select * from conference_dates where ${SESSION} and closes_at > ${from} and closes_at <= ${to} order by closes_at, id`,
    db,
  )

/** The first of each sort of date after a day or an instant: what is reminded of next. */
export async function nextDates(
  db: Read,
  { day, instant, session }: { day: Day; instant: Instant; session: Instant },
): Promise<DateTable[]> {
  const some = [
    sql`select * from conference_dates where ${LABELLED} and day > ${day} order by day, id limit 1`,
    sql`select * from conference_dates where ${INSTANT} and closes_at >= ${instant} order by closes_at, id limit 1`,
    sql`select * from conference_dates where ${SESSION} and closes_at > ${session} order by closes_at, id limit 1`,
  ]
  const found: DateTable[] = []
  for (const query of some) found.push(...(await rowsOf(query, db)))
  return found
}

/** Dates that can be reminded of since the last tick: what is open of them is sent, whenever it opened. */
export const freshDates = (db: Read): Promise<DateTable[]> =>
  rowsOf(sql`select * from conference_dates where fresh = 1 order by id limit 100`, db)

/** Dates of which people have to be told what became of them. */
export const datesToTell = (db: Read): Promise<DateTable[]> =>
  rowsOf(sql`select * from conference_dates where announce = 1 order by id limit 100`, db)

/** Editions of which people have to be told what became of them. */
export const editionsToTell = async (db: Read): Promise<EditionTable[]> =>
  (await sql<EditionTable>`select * from editions where announce = 1 order by id limit 100`.execute(db)).rows

export async function editionTold(tx: Tx, { id, changed_at }: EditionTable): Promise<void> {
  await tx
    .updateTable('editions')
    .set({ announce: 0 })
    .where('id', '=', id)
    .where('changed_at', '=', changed_at)
    .execute()
}

/** One page of the addresses that were reminded of a date, by the key of what they were sent. */
export async function remindedPage(
  db: Read,
  prefix: string,
  after: string,
  limit: number,
): Promise<{ key: string; space: string; address: string }[]> {
  return db
    .selectFrom('deliveries')
    .select(['key', 'space', 'address'])
    .where('key', '>', after || prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('state', '=', 'done')
    .orderBy('key')
    .limit(limit)
    .execute()
}

/** What was promised under keys with this prefix and did arrive, the latest first. */
export async function arrivedUnder(db: Read, prefix: string): Promise<Effect[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['effect', 'settled_at', 'key'])
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('state', '=', 'done')
    .execute()
  const at = (row: (typeof rows)[number]) => `${row.settled_at} ${row.key}`
  return rows.sort((a, b) => (at(a) < at(b) ? 1 : -1)).map(({ effect }) => JSON.parse(effect) as Effect)
}

/** Lets deliveries that were taken back wait again: what they tell is true once more. */
export async function revive(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', settled_at: null })
    .where('key', 'in', keys)
    .where('state', '=', 'withdrawn')
    .execute()
}

/** The same for news under keys with this prefix. */
export async function reviveNews(tx: Tx, prefix: string): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', settled_at: null })
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('key', 'like', '%/news/%')
    .where('state', '=', 'withdrawn')
    .execute()
}
