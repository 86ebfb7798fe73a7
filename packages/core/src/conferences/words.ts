import { when as moment, strong, type Text, t } from '../text.ts'
import { type Day, HOUR, type Instant, wallClock } from '../time.ts'
import type { ConferenceDate, DateKind, DateStatus, DateTime } from './conference.ts'
import { closesAt, dayFor, isDeadline } from './when.ts'

/** A kind of date as lists and forms name it. */
export const KIND_NAMES: Readonly<Record<DateKind, string>> = {
  event: 'The meeting itself',
  abstracts: 'Abstracts and proposals',
  'early-bird': 'Early-bird fee',
  hotel: 'Hotel block',
  grant: 'Travel grants',
  registration: 'Registration',
  notification: 'Authors hear',
  session: 'Sessions',
  comment: 'Calls for comment',
  report: 'Reports to accreditors',
  other: 'Other deadlines',
}

/** What a kind of date is called where nobody gave it a title. */
export const KIND_TITLES: Readonly<Record<DateKind, string>> = {
  event: 'The meeting',
  abstracts: 'Abstracts close',
  'early-bird': 'Early-bird fee ends',
  hotel: 'Hotel block closes',
  grant: 'Travel grants close',
  registration: 'Registration closes',
  notification: 'Authors hear',
  session: 'Session',
  comment: 'Comments close',
  report: 'Report is due',
  other: 'Deadline',
}

/** What is to be done about a kind of date. */
export const TO_DO: Readonly<Record<DateKind, string>> = {
  event: 'Look at the programme; say if you go, or if that changes.',
  abstracts: 'Send your abstract or proposal.',
  'early-bird': 'Register before the fee goes up.',
  hotel: 'Book your room while the block holds.',
  grant: 'Apply for the travel grant.',
  registration: 'Register.',
  notification: 'Watch your mail for the answer.',
  session: 'Be there.',
  comment: 'Send your comment.',
  report: 'Send the report.',
  other: 'See what is asked.',
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
export const MONTH_NAMES: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `Mon 31 Mar 2027`: a day of the calendar, which is the same in every zone. */
export function calendarDay(day: Day): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return `${WEEKDAYS[weekday]} ${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** `22 to 25 Mar 2027`, `28 Feb to 3 Mar 2027`, or the one day. */
export function calendarDays(day: Day, to?: Day): string {
  if (!to || to === day) return calendarDay(day)
  const short = (one: Day, parts: number) =>
    [Number(one.slice(8)), MONTHS[Number(one.slice(5, 7)) - 1], one.slice(0, 4)].slice(0, parts).join(' ')
  const same = day.slice(0, 4) === to.slice(0, 4) ? (day.slice(0, 7) === to.slice(0, 7) ? 1 : 2) : 3
  return `${short(day, same)} to ${short(to, 3)}`
}

/** A zone as people call it: `Chicago time`; one that is of no place, such as `UTC`, by its own name. */
export const zoneInWords = (zone: string): string =>
  /^[^/]+$|^Etc\//.test(zone) ? zone : `${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`

/** True for what has a time of day. */
export const isTimed = ({ when }: { when: DateTime }): boolean => when.kind === 'at'

/** What stands once below times that each reader sees in her own zone, under days that are those of the place. */
export const timesAre = (zone: string): string =>
  `Times are in your own time zone; the meeting and its days are on ${zoneInWords(zone)}.`

/** The clock at the place: `Sun 09:00 to 10:00 Chicago time`. For somebody far away it may be another day. */
function clockThere({ at, until, zone }: Extract<DateTime, { kind: 'at' }>): string {
  const [from, to] = [at, until ?? at].map((one) => {
    const wall = wallClock(one, zone)
    return { day: WEEKDAYS[wall.dayOfWeek % 7]!, time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
  }) as [{ day: string; time: string }, { day: string; time: string }]
  const end = until ? ` to ${to.day === from.day ? '' : `${to.day} `}${to.time}` : ''
  return `${from.day} ${from.time}${end} ${zoneInWords(zone)}`
}

/**
 * When something is, as a card tells it: days as they are, instants in the reader's own zone and on the clock that it was announced by;
 * UTC, as programs write it, says less than the zone of the meeting (`place`). A card that says that zone `once` (`timesAre`) leaves its
 * clock out of its lines.
 */
export function whenInWords(when: DateTime, place?: string, once = false): Text {
  if (when.kind === 'day') return t`${calendarDays(when.day, when.to)}`
  if (when.kind === 'aoe')
    return t`${calendarDay(when.day)}, 23:59 anywhere on earth (for you ${moment(closesAt({ kind: 'other', when }))})`
  const own = when.until ? t`${moment(when.at)} to ${moment(when.until, 'time')}` : t`${moment(when.at)}`
  const zone = when.zone === 'UTC' ? (place ?? 'UTC') : when.zone
  return once && zone === place ? own : t`${own} (${clockThere({ ...when, zone })})`
}

/** A date in one line: when and what, and what is not certain about it. */
export const dateLine = (date: Pick<ConferenceDate, 'title' | 'when' | 'status'>, place?: string, once = false): Text =>
  t`${strong(date.title)}: ${whenInWords(date.when, place, once)}${statusMark(date.status)}`

export const statusMark = (status: DateStatus): string =>
  status === 'confirmed' ? '' : status === 'tentative' ? ' (not confirmed)' : ` (${STATUS_NAMES[status].toLowerCase()})`

export const STATUS_NAMES: Readonly<Record<DateStatus, string>> = {
  confirmed: 'Confirmed by the organiser',
  tentative: 'Told, not confirmed',
  typical: 'Typical: from earlier years alone',
  cancelled: 'Cancelled',
  postponed: 'Postponed',
}

/** How far away a date is for somebody in `zone`: `today`, `tomorrow`, `in 12 days`, `in 15 minutes`. */
export function howFar(date: Pick<ConferenceDate, 'kind' | 'when'>, now: Instant, zone: string, today: Day): string {
  const left = Date.parse(closesAt(date)) - Date.parse(now)
  if (date.when.kind === 'at' && left > 0 && left < HOUR) return `in ${Math.max(1, Math.round(left / 60_000))} minutes`
  const days = Math.round((Date.parse(`${dayFor(date, zone)}T12:00Z`) - Date.parse(`${today}T12:00Z`)) / 86_400_000)
  if (days <= 0) return left > 0 || isDeadline(date.kind) ? 'today' : 'now'
  return days === 1 ? 'tomorrow' : `in ${days} days`
}
