import { rereadCalendarsAfter } from './calendar-sources.ts'
import { nextValues } from './counters.ts'
import type { DateHistoryTable, DateTable, EditionTable } from './tables/conferences.ts'
import type { Read, Tx } from './tx.ts'

/** The setting that says until when reminders were planned. */
export const REMINDED_UPTO = 'conferences/upto'

/** Writes down a change, in the transaction that makes it. */
export async function noteChange(tx: Tx, line: Omit<DateHistoryTable, 'seq'>): Promise<void> {
  await tx
    .insertInto('date_history')
    .values({ seq: await nextValues(tx, 'date-history'), ...line })
    .execute()
}

/** What was changed about a date, an edition or a conference, or in a space, the latest first. */
export function changesOf(
  db: Read,
  of: { space: string } | Pick<DateHistoryTable, 'what' | 'subject'>,
  limit = 50,
): Promise<DateHistoryTable[]> {
  const query = db.selectFrom('date_history').selectAll()
  const some =
    'space' in of
      ? query.where('space', '=', of.space)
      : query.where('what', '=', of.what).where('subject', '=', of.subject)
  return some.orderBy('seq', 'desc').limit(limit).execute()
}

/** A date as it was at a moment, by its history; nothing before it was made. */
export async function dateAt(db: Read, id: string, at: string): Promise<DateTable | undefined> {
  const line = await db
    .selectFrom('date_history')
    .select('after')
    .where('what', '=', 'date')
    .where('subject', '=', id)
    .where('at', '<=', at)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return line?.after ? (JSON.parse(line.after) as DateTable) : undefined
}

/** Puts conferences, editions and dates back to what they were at `now`, and forgets who followed and what was set after it. */
export async function forgetConferencesAfter(tx: Tx, now: string): Promise<void> {
  await rereadCalendarsAfter(tx, now)
  const later = await tx.selectFrom('date_history').selectAll().where('at', '>', now).orderBy('seq').execute()
  const first = new Map(later.toReversed().map((line) => [`${line.what} ${line.subject}`, line]))
  for (const { what, subject, before } of first.values()) {
    const table = ({ conference: 'conferences', edition: 'editions', date: 'conference_dates' } as const)[what]
    if (before !== null) await tx.updateTable(table).set(asStored(before)).where('id', '=', subject).execute()
  }
  for (const [what, table] of [
    ['date', 'conference_dates'],
    ['edition', 'editions'],
    ['conference', 'conferences'],
  ] as const)
    for (const line of first.values())
      if (line.what === what && line.before === null)
        await tx.deleteFrom(table).where('id', '=', line.subject).execute()
  await tx.deleteFrom('date_history').where('at', '>', now).execute()
  await tx
    .updateTable('settings')
    .set({ value: now })
    .where('name', '=', REMINDED_UPTO)
    .where('value', '>', now)
    .execute()
  await tx.deleteFrom('follows').where('made_at', '>', now).execute()
  await tx.updateTable('follows').set({ since: now }).where('since', '>', now).execute()
  await tx.updateTable('reminder_policies').set({ since: now }).where('since', '>', now).execute()
}

const asStored = (json: string): Partial<DateTable & EditionTable> => {
  const { id, ...rest } = JSON.parse(json) as DateTable & EditionTable
  return rest
}
