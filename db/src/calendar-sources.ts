import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { CalendarSourceTable } from './tables/calendar.ts'
import type { Read, Tx } from './tx.ts'

/** Follows a calendar for an edition; one that is followed already stays as it is. Answers its row. */
export async function addCalendarSource(
  tx: Tx,
  { space, edition, url, now }: { space: string; edition: string; url: string; now: Instant },
): Promise<CalendarSourceTable> {
  const id = `k${await nextValues(tx, 'calendar_sources')}`
  await tx
    .insertInto('calendar_sources')
    .values({ id, space, edition, url, made_at: now, next_at: now, failures: 0 })
    .onConflict((c) => c.columns(['edition', 'url']).doNothing())
    .execute()
  return tx
    .selectFrom('calendar_sources')
    .selectAll()
    .where('edition', '=', edition)
    .where('url', '=', url)
    .executeTakeFirstOrThrow()
}

export const findCalendarSource = (db: Read, id: string): Promise<CalendarSourceTable | undefined> =>
  db.selectFrom('calendar_sources').selectAll().where('id', '=', id).executeTakeFirst()

/** The calendars that are followed for an edition, in the order in which they were added. */
export const calendarSourcesOf = (db: Read, edition: string): Promise<CalendarSourceTable[]> =>
  db
    .selectFrom('calendar_sources')
    .selectAll()
    .where('edition', '=', edition)
    .orderBy('made_at')
    .orderBy('id')
    .execute()

/** The calendars to be read at `now`, of spaces that were not left, the longest due first. */
export const calendarSourcesDue = (db: Read, now: Instant, most: number): Promise<CalendarSourceTable[]> =>
  db
    .selectFrom('calendar_sources')
    .innerJoin('spaces', 'spaces.id', 'calendar_sources.space')
    .selectAll('calendar_sources')
    .where('calendar_sources.next_at', '<=', now)
    .where('spaces.left_at', 'is', null)
    .orderBy('calendar_sources.next_at')
    .limit(most)
    .execute()

export async function changeCalendarSource(
  tx: Tx,
  id: string,
  change: Partial<Omit<CalendarSourceTable, 'id'>>,
): Promise<void> {
  await tx.updateTable('calendar_sources').set(change).where('id', '=', id).execute()
}

export async function dropCalendarSource(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('calendar_sources').where('id', '=', id).execute()
}

/**
 * Forgets calendars that are followed since after `now`, and lets the others be read anew: what was taken or declined of them ahead of the
 * clock is undone, and has to be shown again.
 */
export async function rereadCalendarsAfter(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('calendar_sources').where('made_at', '>', now).execute()
  await tx
    .updateTable('calendar_sources')
    .set({ next_at: now, etag: null, last_modified: null, body_hash: null, declined_key: null })
    .execute()
}
