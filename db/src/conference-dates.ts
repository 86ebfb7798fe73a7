import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { DateTable } from './tables/conferences.ts'
import type { Read, Tx } from './tx.ts'

export const findDate = (db: Read, id: string): Promise<DateTable | undefined> =>
  db.selectFrom('conference_dates').selectAll().where('id', '=', id).executeTakeFirst()

/** The date, nobody else's to change until commit. */
export const holdDate = (tx: Tx, id: string): Promise<DateTable | undefined> =>
  tx
    .updateTable('conference_dates')
    .set((e) => ({ sequence: e.ref('sequence') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

/** Every date and session of an edition that was not taken out, in the order of time. */
export const datesOfEdition = (db: Read, edition: string): Promise<DateTable[]> =>
  db
    .selectFrom('conference_dates')
    .selectAll()
    .where('edition', '=', edition)
    .where('gone_at', 'is', null)
    .orderBy('closes_at')
    .orderBy('id')
    .execute()

/** The dates of a space, and the standing deadlines, that are not over at `from`; sessions are left out. */
export const datesAhead = (db: Read, space: string, from: Instant, limit = 500): Promise<DateTable[]> =>
  db
    .selectFrom('conference_dates')
    .selectAll()
    .where('space', 'in', [space, ''])
    .where('over_at', '>', from)
    .where('gone_at', 'is', null)
    .where('kind', '<>', 'session')
    .orderBy('closes_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Adds a date, or writes one anew; a new one gets its id here. */
export async function putDate(tx: Tx, row: Omit<DateTable, 'id'> & { id?: string }): Promise<DateTable> {
  const whole = { ...row, id: row.id ?? `cd${await nextValues(tx, 'conference-dates')}` }
  const { id, made_at, space, edition, ...rest } = whole
  await tx
    .insertInto('conference_dates')
    .values(whole)
    .onConflict((c) => c.column('id').doUpdateSet(rest))
    .execute()
  return whole
}

/** Notes that the tick has looked at a date, unless it was changed meanwhile. */
export async function dateSeen(
  tx: Tx,
  { id, sequence }: Pick<DateTable, 'id' | 'sequence'>,
  seen: Partial<Pick<DateTable, 'fresh' | 'announce' | 'told' | 'moved_at'>>,
): Promise<void> {
  await tx.updateTable('conference_dates').set(seen).where('id', '=', id).where('sequence', '=', sequence).execute()
}
