import type { Instant } from '@cme-commons/core'
import { type RawBuilder, sql } from 'kysely'
import type { CompanyTable } from './tables/company.ts'
import type { Read, Tx } from './tx.ts'

/** As the partial indexes of the table say it: SQLite uses them only where it finds the same words. */
const OPEN = sql<boolean>`did_at is null and nudged_at is null and stopped_at is null`
const WAITING = sql<boolean>`snoozed_until is null and ${OPEN}`
const SNOOZED = sql<boolean>`snoozed_until is not null and ${OPEN}`
const UNWELCOMED = sql<boolean>`welcomed_at is null and did_at is null and stopped_at is null`

/** From `from` inclusive to `to` exclusive. */
export type Between = { from: Instant; to: Instant }

/**
 * Takes the next of those whom a touch is due to, and notes that they get it: whoever asks at the same moment gets others, or none.
 */
const take = (tx: Tx, fact: 'welcomed_at' | 'nudged_at', who: RawBuilder<{ member: string }>, now: Instant) =>
  tx
    .updateTable('company')
    .set({ [fact]: now })
    .where('member', 'in', sql<string>`(${who})`)
    .where(fact, 'is', null)
    .returningAll()
    .execute() as Promise<CompanyTable[]>

/** Takes up to `limit` who were met in this time and were not welcomed yet. */
export const takeUnwelcomed = (tx: Tx, { from, to }: Between, now: Instant, limit: number) =>
  take(
    tx,
    'welcomed_at',
    sql`select member from company where ${UNWELCOMED} and since >= ${from} and since < ${to} order by since limit ${sql.lit(limit)}`,
    now,
  )

/** Takes up to `limit` of a clock whose day 0 is in this time and who did nothing since. */
export const takeWaiting = (tx: Tx, clock: string, { from, to }: Between, now: Instant, limit: number) =>
  take(
    tx,
    'nudged_at',
    sql`select member from company where ${WAITING} and clock = ${clock} and since >= ${from} and since < ${to}
      order by since limit ${sql.lit(limit)}`,
    now,
  )

/** Takes up to `limit` whose snooze ended in this time and who did nothing since they asked for it. */
export const takeSnoozed = (tx: Tx, { from, to }: Between, now: Instant, limit: number) =>
  take(
    tx,
    'nudged_at',
    sql`select member from company where ${SNOOZED} and snoozed_until >= ${from} and snoozed_until < ${to}
      order by snoozed_until limit ${sql.lit(limit)}`,
    now,
  )

/** The clocks of those who wait for a nudge of day 3, each found by one step in the index. */
export async function clocksWaiting(db: Read): Promise<string[]> {
  const { rows } = await sql<{ clock: string | null }>`
    with recursive clocks (clock) as (
      select min(clock) from company where ${WAITING}
      union all
      select (select min(c.clock) from company c where ${WAITING} and c.clock > clocks.clock) from clocks where clocks.clock is not null)
    select clock from clocks`.execute(db)
  return rows.flatMap(({ clock }) => (clock === null ? [] : [clock]))
}

/** The first day 0 in this time of somebody of a clock who waits. */
export async function firstWaiting(db: Read, clock: string, { from, to }: Between): Promise<Instant | undefined> {
  const { rows } = await sql<{ since: Instant }>`
    select since from company where ${WAITING} and clock = ${clock} and since >= ${from} and since < ${to}
    order by since limit 1`.execute(db)
  return rows[0]?.since
}

/** The first end of a snooze in this time, of those who did nothing since. */
export async function firstSnoozed(db: Read, { from, to }: Between): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: Instant }>`
    select snoozed_until as at from company where ${SNOOZED} and snoozed_until >= ${from} and snoozed_until < ${to}
    order by snoozed_until limit 1`.execute(db)
  return rows[0]?.at
}

/** The first contact in this time that was not answered by a welcome. */
export async function firstUnwelcomed(db: Read, { from, to }: Between): Promise<Instant | undefined> {
  const { rows } = await sql<{ since: Instant }>`
    select since from company where ${UNWELCOMED} and since >= ${from} and since < ${to} order by since limit 1`.execute(
    db,
  )
  return rows[0]?.since
}

/** Who will get a touch together: by space, quiet hours and, for a snooze, its end; `to` names the first and the last. */
export type Together = {
  space: string
  quiet: string | null
  at: Instant
  clock: string
  readers: number
  to: string[]
}

async function together(db: Read, who: RawBuilder<boolean>, at: 'since' | 'snoozed_until', each: boolean) {
  const when = each ? sql.ref(`company.${at}`) : sql`cast('' as text)`
  const { rows } = await sql<
    Omit<Together, 'to' | 'readers'> & { readers: number | string; first: string; last: string }
  >`
    select company.space, company.clock, s.quiet, ${when} as at, count(*) as readers,
      min(company.address) as first, max(company.address) as last
    from (select * from company where ${who}) company
    join spaces p on p.id = company.space and p.left_at is null
    left join subscriptions s on s.space = company.space and s.address = company.address
    group by company.space, company.clock, s.quiet ${each ? sql`, company.${sql.ref(at)}` : sql``}
    order by company.space`.execute(db)
  return rows.map(
    ({ first, last, readers, ...row }): Together => ({
      ...row,
      readers: Number(readers),
      to: [...new Set([first, last])],
    }),
  )
}

/** Those of a clock who wait and whose day 0 is in this time; with `welcomed`, only who was welcomed. */
export const waitingTogether = (
  db: Read,
  clock: string,
  { from, to }: Between,
  welcomed: boolean,
): Promise<Together[]> =>
  together(
    db,
    sql<boolean>`${WAITING} and clock = ${clock} and since >= ${from} and since < ${to}
      ${welcomed ? sql`and welcomed_at is not null` : sql``}`,
    'since',
    false,
  )

/** Those whose snooze ends in this time. */
export const snoozedTogether = (db: Read, { from, to }: Between): Promise<Together[]> =>
  together(db, sql<boolean>`${SNOOZED} and snoozed_until >= ${from} and snoozed_until < ${to}`, 'snoozed_until', true)

/** Those who were met in this time and were not welcomed. */
export const unwelcomedTogether = (db: Read, { from, to }: Between): Promise<Together[]> =>
  together(db, sql<boolean>`${UNWELCOMED} and since >= ${from} and since < ${to}`, 'since', true)

/** The quiet hours that people of a space set for their digests, by address. */
export async function quietHours(db: Read, space: string, addresses: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('subscriptions')
    .select(['address', 'quiet'])
    .where('space', '=', space)
    .where('address', 'in', addresses)
    .where('quiet', 'is not', null)
    .execute()
  return new Map(rows.map(({ address, quiet }) => [address, quiet!]))
}
