import type { CalendarDateTable } from './tables/calendar.ts'
import type { Read, Tx } from './tx.ts'

/** What was taken of the calendars of others for an edition; only dates that are still there. */
export const calendarDatesOf = (db: Read, edition: string): Promise<CalendarDateTable[]> =>
  db
    .selectFrom('calendar_dates')
    .innerJoin('conference_dates', 'conference_dates.id', 'calendar_dates.date')
    .selectAll('calendar_dates')
    .where('calendar_dates.edition', '=', edition)
    .orderBy('calendar_dates.uid')
    .execute()

export async function putCalendarDate(tx: Tx, row: CalendarDateTable): Promise<void> {
  const { edition, uid, ...rest } = row
  await tx
    .insertInto('calendar_dates')
    .values(row)
    .onConflict((c) => c.columns(['edition', 'uid']).doUpdateSet(rest))
    .execute()
}

export async function dropCalendarDate(tx: Tx, edition: string, uid: string): Promise<void> {
  await tx.deleteFrom('calendar_dates').where('edition', '=', edition).where('uid', '=', uid).execute()
}
