import {
  type ConferenceDate,
  type Day,
  dayIn,
  type Edition,
  fieldsOf,
  type ImportProposal,
  type IncomingDate,
  type Instant,
  type Knowledge,
  proposeImport,
  type TakenDate,
  type Text,
} from '@cme-commons/core'
import { calendarDatesOf, dropCalendarDate, findDate, putCalendarDate, type Read, type Tx } from '@cme-commons/db'
import { previewOf } from './preview.ts'
import { dateOf } from './rows.ts'
import { type Changer, type DateSaid, saveDate } from './save.ts'

/** A calendar of somebody else: its address or the name of its file, and what it tells. `whole` is for an address: what it drops is taken out. */
export type OtherCalendar = { source: string; whole: boolean; dates: readonly IncomingDate[] }

/** What taking a calendar for an edition would do, compared with what was taken of it before. */
export async function proposeCalendar(
  db: Read,
  edition: string,
  { source, whole, dates }: OtherCalendar,
  now: Instant,
): Promise<ImportProposal> {
  const rows = await calendarDatesOf(db, edition)
  const told = new Set(dates.map(({ uid }) => uid))
  // A file tells of what is in it; a calendar that is read again is answerable for all that came from it.
  const taken = rows
    .filter((row) => told.has(row.uid) || row.source === source)
    .map((row): TakenDate => ({ date: row.date, taken: JSON.parse(row.taken) }))
  return proposeImport(taken, dates, { whole, now })
}

/** What the dates of a proposal will do once they are taken: sent, told, withdrawn. */
export async function previewCalendar(
  { tx, now, content }: { tx: Tx; now: Instant; content: Knowledge },
  edition: Edition,
  calendar: OtherCalendar,
): Promise<readonly Text[]> {
  const steps = await stepsOf(tx, edition, calendar, now)
  const rows = steps.flatMap(({ said }) => (said ? [{ edition, date: said }] : []))
  const { does } = await previewOf(
    { tx, now, content, actor: { space: edition.space, user: '' } },
    { what: 'dates', rows },
  )
  return does
}

/**
 * Takes a calendar for an edition, in the transaction of `by`: adds its dates, brings those that it changed up to it, takes out those it
 * dropped. What moderators changed of a date since stays, unless the calendar changed the same. Answers how many it touched.
 */
export async function takeCalendar(by: Changer, edition: Edition, calendar: OtherCalendar): Promise<number> {
  const { tx, now } = by
  const steps = await stepsOf(tx, edition, calendar, now)
  for (const { uid, said, taken } of steps) {
    const date = said ? (await saveDate(by, said)).id : undefined
    if (!taken) await dropCalendarDate(tx, edition.id, uid)
    else {
      const row = { edition: edition.id, uid, space: edition.space, source: calendar.source, taken_at: now }
      await putCalendarDate(tx, { ...row, date: date ?? '', taken: JSON.stringify(taken) })
    }
  }
  return steps.length
}

/** One date to save, and what is kept of the calendar that told it; without `taken` the calendar tells it no more. */
type Step = { uid: string; said?: DateSaid; taken?: TakenDate['taken'] }

async function stepsOf(db: Read, edition: Edition, calendar: OtherCalendar, now: Instant): Promise<Step[]> {
  const { add, change, remove } = await proposeCalendar(db, edition.id, calendar, now)
  const checked = dayIn(now, edition.zone)
  const place = {
    space: edition.space,
    edition: edition.id,
    conference: edition.conference,
    source: calendar.source,
    checked,
  }
  const steps: Step[] = add.map(({ line: _, ...taken }) => ({
    uid: taken.uid,
    said: { ...fieldsOf(taken), ...place },
    taken,
  }))
  for (const { date, to, what } of change) {
    const { line: _, ...taken } = to
    const row = await findDate(db, date)
    const fields = fieldsOf(taken)
    const some = Object.fromEntries(what.map((name) => [name, fields[name]]))
    if (row) steps.push({ uid: to.uid, said: merged(dateOf(row), some, checked), taken })
  }
  for (const { date, taken } of remove) {
    const row = await findDate(db, date)
    steps.push({ uid: taken.uid, ...(row && row.gone_at === null ? { said: { ...dateOf(row), gone: now } } : {}) })
  }
  return steps
}

/** The date with what the calendar changed of it, and nothing else. */
function merged(date: ConferenceDate, some: Partial<ConferenceDate>, checked: Day): ConferenceDate {
  const { place, href, ...rest } = { ...date, ...some }
  return { ...rest, ...(place ? { place } : {}), ...(href ? { href } : {}), checked }
}
