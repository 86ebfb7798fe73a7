import { atWall, type Day, dayIn, type Instant } from '../time.ts'
import type { ConferenceDate, DateKind, DateTime } from './conference.ts'

type Dated = Pick<ConferenceDate, 'kind' | 'when'>

/** True for what has to be done by a day, rather than what begins on it: of a range of days the last one counts. */
export const isDeadline = (kind: DateKind): boolean => kind !== 'event' && kind !== 'session' && kind !== 'notification'

/** The day `days` later (negative is earlier). */
export const dayAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const endOf = (day: Day, zone: string): Instant => atWall(dayAfter(day, 1), '00:00', zone)
/** 23:59 in the zone in which a day ends last (UTC−12). */
const aoe = (day: Day): Instant => `${dayAfter(day, 1)}T11:59:00.000Z`

/** The day from which reminders count back where a date is a day of the calendar, the same for everybody; nothing for an instant. */
export function labelDay({ kind, when }: Dated): Day | undefined {
  if (when.kind !== 'day') return undefined
  return isDeadline(kind) ? (when.to ?? when.day) : when.day
}

/** The moment from which on no reminder is of use: a deadline has passed, a meeting's first day is over, a session has begun. */
export function closesAt(date: Dated): Instant {
  const { kind, when } = date
  if (when.kind === 'aoe') return aoe(when.day)
  if (when.kind === 'at') return isDeadline(kind) ? (when.until ?? when.at) : when.at
  return endOf(labelDay(date)!, when.zone)
}

/** The moment from which on it lies in the past. */
export function overAt({ when }: Dated): Instant {
  if (when.kind === 'aoe') return aoe(when.day)
  if (when.kind === 'at') return when.until ?? when.at
  return endOf(when.to ?? when.day, when.zone)
}

/** The first moment of it, by which lists are sorted. */
export function startsAt({ when }: { when: DateTime }): Instant {
  if (when.kind === 'aoe') return aoe(when.day)
  return when.kind === 'at' ? when.at : atWall(when.day, '00:00', when.zone)
}

/** The day on which it falls for somebody in `zone`: a day of the calendar is the same everywhere, an instant is not. */
export const dayFor = (date: Dated, zone: string): Day => labelDay(date) ?? dayIn(closesAt(date), zone)

/** True when both say the same moment or days; the zone in which an instant is told makes no difference. */
export function sameWhen(a: DateTime, b: DateTime): boolean {
  if (a.kind === 'day' && b.kind === 'day') return a.day === b.day && (a.to ?? a.day) === (b.to ?? b.day)
  if (a.kind === 'aoe' && b.kind === 'aoe') return a.day === b.day
  return a.kind === 'at' && b.kind === 'at' && a.at === b.at && a.until === b.until
}

/** What of a `when` makes its reminders others: a move within a day repeats none of a deadline, a session is reminded of anew. */
export const whenKey = (date: Dated): string => {
  if (date.kind === 'session') return closesAt(date).slice(0, 16)
  return date.when.kind === 'at'
    ? dayIn(closesAt(date), date.when.zone)
    : (labelDay(date) ?? closesAt(date).slice(0, 10))
}
