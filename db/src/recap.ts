import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { nextValues } from './counters.ts'
import type { RecapTable, StarTable } from './tables/conference-people.ts'
import type { Read, Tx } from './tx.ts'

/** Keeps something for the recap, and answers its id. */
export async function addStar(tx: Tx, row: Omit<StarTable, 'id'>): Promise<string> {
  const id = `star${await nextValues(tx, 'stars')}`
  await tx
    .insertInto('stars')
    .values({ ...row, id })
    .execute()
  return id
}

export const starById = (db: Read, id: string): Promise<StarTable | undefined> =>
  db.selectFrom('stars').selectAll().where('id', '=', id).executeTakeFirst()

export async function dropStar(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('stars').where('id', '=', id).execute()
}

/** What is kept of an edition, in the order in which it was starred. */
export const starsAt = (db: Read, edition: string): Promise<StarTable[]> =>
  db.selectFrom('stars').selectAll().where('edition', '=', edition).orderBy('at').orderBy('id').execute()

/** What a moderator starred, and recaps that she edited last. */
export const recapWorkOf = async (db: Read, member: string): Promise<{ stars: StarTable[]; recaps: RecapTable[] }> => ({
  stars: await db
    .selectFrom('stars')
    .selectAll()
    .where('starred_by', '=', member)
    .orderBy('at')
    .orderBy('id')
    .execute(),
  recaps: await db.selectFrom('recaps').selectAll().where('changed_by', '=', member).orderBy('edition').execute(),
})

export const recapOf = (db: Read, edition: string): Promise<RecapTable | undefined> =>
  db.selectFrom('recaps').selectAll().where('edition', '=', edition).executeTakeFirst()

/** Keeps a recap as it was edited, unless it was posted; false then. */
export async function putRecap(tx: Tx, row: Omit<RecapTable, 'posted_at'>): Promise<boolean> {
  const { edition, space, ...rest } = row
  const done = await tx
    .insertInto('recaps')
    .values({ ...row, posted_at: null })
    .onConflict((c) => c.column('edition').doUpdateSet(rest).where('recaps.posted_at', 'is', null))
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Notes that a recap is posted; false when it was before. */
export async function recapPosted(tx: Tx, edition: string, now: Instant): Promise<boolean> {
  const done = await tx
    .updateTable('recaps')
    .set({ posted_at: now })
    .where('edition', '=', edition)
    .where('posted_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/**
 * The editions of which a meeting ended after `from` and at `to` at the latest, found by index: those of which something can be told, and
 * whose recap nobody has begun or was offered.
 */
export async function editionsEnded(db: Read, { from, to }: { from: Instant; to: Instant }): Promise<string[]> {
  const { rows } = await sql<{ edition: string }>`
    select distinct d.edition from conference_dates d
    where d.kind = 'event' and d.over_at > ${from} and d.over_at <= ${to} and d.edition is not null and d.remind = 1
      and not exists (select 1 from recaps r where r.edition = d.edition)
      and not exists (select 1 from deliveries o where o.key = 'recap/' || d.edition || '/offer')
      and (exists (select 1 from stars s where s.edition = d.edition)
        or exists (select 1 from questions q where q.edition = d.edition)
        or exists (select 1 from introduced i where i.edition = d.edition)
        or exists (select 1 from conference_channels c where c.edition = d.edition))
    order by d.edition limit 500`.execute(db)
  return rows.map(({ edition }) => edition)
}

/** When the next meeting of all ends after `now`, among those that are not cancelled. */
export async function nextEnd(db: Read, now: Instant): Promise<string | undefined> {
  const { rows } = await sql<{ over_at: string }>`
    select over_at from conference_dates where kind = 'event' and over_at > ${now} and edition is not null and remind = 1
    order by over_at limit 1`.execute(db)
  return rows[0]?.over_at
}
