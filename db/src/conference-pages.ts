import type { Instant } from '@cme-commons/core'
import type { DateHistoryTable, DateTable, EditionTable } from './tables/conferences.ts'
import type { Read } from './tx.ts'

type EditionsAsked = {
  spaces: readonly string[]
  conference?: string
  year?: number
  after?: readonly string[]
  limit: number
}

/** The editions of some spaces, the latest year first; `after` is the year and the id of the last one seen. */
export async function editionsPage(
  db: Read,
  { spaces, conference, year, after, limit }: EditionsAsked,
): Promise<EditionTable[]> {
  if (spaces.length === 0) return []
  let query = db.selectFrom('editions').selectAll().where('space', 'in', spaces)
  if (conference !== undefined) query = query.where('conference', '=', conference)
  if (year !== undefined) query = query.where('year', '=', year)
  if (after) {
    const [last, id = ''] = [Number.parseInt(after[0] ?? '', 10) || 0, after[1]]
    query = query.where((w) => w.or([w('year', '<', last), w.and([w('year', '=', last), w('id', '<', id)])]))
  }
  return query.orderBy('year', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

type DatesAsked = {
  spaces: readonly string[]
  /** Whether the standing deadlines, which are everybody's, are among them. */
  standing: boolean
  kinds: readonly string[]
  edition?: string
  conference?: string
  from: Instant
  to?: Instant
  after?: readonly string[]
  limit: number
}

/**
 * The dates of some spaces that are not over at `from`, and close before `to`, in the order of time; those
 * that were taken out are not told. `after` is when the last one seen closes, and its id.
 */
export async function datesPage(
  db: Read,
  { spaces, standing, kinds, edition, conference, from, to, after, limit }: DatesAsked,
): Promise<DateTable[]> {
  const among = standing ? [...spaces, ''] : spaces
  if (among.length === 0) return []
  let query = db
    .selectFrom('conference_dates')
    .selectAll()
    .where('space', 'in', among)
    .where('kind', 'in', kinds)
    .where('over_at', '>', from)
    .where('gone_at', 'is', null)
  if (edition !== undefined) query = query.where('edition', '=', edition)
  if (conference !== undefined) query = query.where('conference', '=', conference)
  if (to !== undefined) query = query.where('closes_at', '<', to)
  if (after) {
    const [closes = '', id = ''] = after
    query = query.where((w) =>
      w.or([w('closes_at', '>', closes), w.and([w('closes_at', '=', closes), w('id', '>', id)])]),
    )
  }
  return query.orderBy('closes_at').orderBy('id').limit(limit).execute()
}

/** What was changed last in a space: the id of the conference, edition or date. */
export async function lastChanged(
  db: Read,
  space: string,
  what: DateHistoryTable['what'],
): Promise<string | undefined> {
  const line = await db
    .selectFrom('date_history')
    .select('subject')
    .where('space', '=', space)
    .where('what', '=', what)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return line?.subject
}
