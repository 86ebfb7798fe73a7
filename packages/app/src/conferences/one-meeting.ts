import { type ConferenceDate, calendarDays, writtenWhen } from '@cme-commons/core'
import { datesOfEdition, type Read } from '@cme-commons/db'
import { dateOf } from './rows.ts'
import type { DateSaid } from './save.ts'

/**
 * The days that an edition has already, where a moderator enters them a second time: they are to be changed, so that who knows the old ones
 * is told. What was the meeting itself before may stay so: an organiser's calendar can tell of several.
 */
export async function otherMeeting(db: Read, { id, edition, kind }: DateSaid): Promise<ConferenceDate | undefined> {
  if (kind !== 'event' || !edition) return undefined
  const meetings = (await datesOfEdition(db, edition)).filter((row) => row.kind === 'event')
  const [first] = meetings
  return first && !meetings.some((row) => row.id === id) ? dateOf(first) : undefined
}

/** What to do where the meeting itself is entered a second time, as one sentence beside a field. */
export const meetingIsHere = (there: ConferenceDate): string =>
  `The meeting itself is entered already: ${daysOf(there)}. Change that date, “${there.title}”, or choose another kind.`

/** The same beside a line of a table, which changes a date by its title. */
export const meetingIsInLine = (there: ConferenceDate): string =>
  `the meeting itself is entered already, as “${there.title}”: ${daysOf(there)}; with this title the line changes it.`

const daysOf = ({ when }: ConferenceDate): string =>
  when.kind === 'day' ? calendarDays(when.day, when.to) : writtenWhen(when)
