import { cut } from '../text.ts'
import { DAY, type Day, dayIn, type Instant, plus } from '../time.ts'
import type { ConferenceDate, DateKind, Edition } from './conference.ts'
import { writtenWhen } from './parse-when.ts'
import { closesAt, dayAfter, isDeadline, overAt } from './when.ts'

/** How many days a date that was cancelled, put off or taken out stays in calendars, as cancelled: so that every copy is told of it. */
export const CANCELLED_DAYS = 30
/** How many days a date that is over stays in calendars. */
export const PAST_DAYS = 365
/** The longest time before a date at which a calendar may ring, in minutes: a year. */
export const MOST_ALARM = 365 * 24 * 60
export const MOST_ALARMS = 5

/** What a calendar calls each kind of date. */
export const CALENDAR_CATEGORIES: Readonly<Record<DateKind, string>> = {
  event: 'Event',
  abstracts: 'Abstracts',
  'early-bird': 'Early bird',
  hotel: 'Hotel block',
  grant: 'Grant',
  registration: 'Registration',
  notification: 'Notification',
  session: 'Session',
  comment: 'Call for comment',
  report: 'Report',
  other: 'Deadline',
}

/** What the owner of a calendar asks for: `alarms` in minutes before each date, and instants as whole days. */
export type CalendarWish = { alarms: readonly number[]; allDay: boolean }

/**
 * A date as calendars tell it (RFC 5545), in plain text of one line but for `text`. `days` is all day with the day after the last one;
 * `alarms` are minutes before it, for `fromEnd` before its end.
 */
export type CalendarEntry = {
  uid: string
  sequence: number
  changed: Instant
  title: string
  text: string
  when: { day: Day; end: Day } | { at: Instant; until?: Instant }
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  kind: DateKind
  place?: string
  href?: string
  alarms: readonly number[]
  fromEnd: boolean
}

/** The name of a date in every calendar, for good. It has no host in it: an installation may move. */
export const calendarUid = ({ id, space }: Pick<ConferenceDate, 'id' | 'space'>): string =>
  `date-${[id, space]
    .filter((part) => part !== undefined)
    .join('-')
    .replace(/[^\w.-]+/g, '.')}@cme-commons`

/** Since when it is off; nothing when it is on. */
function offSince({ status, gone, changed }: ConferenceDate): Instant | undefined {
  if (gone !== undefined) return gone
  return status === 'cancelled' || status === 'postponed' ? changed : undefined
}

/**
 * The date in a calendar as of `now`; nothing for a typical one, on which nobody may rely, for one that is long over, and for one that
 * has been off for longer than `CANCELLED_DAYS`.
 */
export function calendarEntry(
  date: ConferenceDate,
  edition: Pick<Edition, 'name' | 'place' | 'href'> | undefined,
  { alarms, allDay }: CalendarWish,
  now: Instant,
): CalendarEntry | undefined {
  if (date.status === 'typical') return undefined
  if (overAt(date) < plus(now, -PAST_DAYS * DAY)) return undefined
  const since = offSince(date)
  if (since !== undefined && since < plus(now, -CANCELLED_DAYS * DAY)) return undefined
  const off = since !== undefined
  const { when } = date
  const moment = whenOf(date, allDay)
  const fromEnd =
    isDeadline(date.kind) && (when.kind === 'day' ? when.to !== undefined : when.kind === 'at' && !!when.until)
  const [place, href] = [date.place ?? edition?.place, date.href ?? edition?.href]
  const address = href === undefined ? undefined : webAddress(href)
  return {
    uid: calendarUid(date),
    sequence: date.sequence,
    changed: date.changed,
    title: titleOf(date, edition?.name, off),
    text: textOf(date, off),
    when: moment,
    status: off ? 'CANCELLED' : date.status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE',
    kind: date.kind,
    ...(place ? { place: cut(calendarLine(place), 200) } : {}),
    ...(address ? { href: address } : {}),
    // Before the end of a range of days is before the day after its last one.
    alarms: off
      ? []
      : [...new Set(alarms)].sort((a, b) => b - a).map((n) => (fromEnd && 'day' in moment ? n + 1440 : n)),
    fromEnd,
  }
}

function whenOf(date: ConferenceDate, allDay: boolean): CalendarEntry['when'] {
  const { when } = date
  if (when.kind === 'day') return { day: when.day, end: dayAfter(when.to ?? when.day, 1) }
  if (when.kind === 'aoe') return allDay ? { day: when.day, end: dayAfter(when.day, 1) } : { at: closesAt(date) }
  if (!allDay) return when.until ? { at: when.at, until: when.until } : { at: when.at }
  return { day: dayIn(when.at, when.zone), end: dayAfter(dayIn(when.until ?? when.at, when.zone), 1) }
}

function titleOf({ title, status }: ConferenceDate, edition: string | undefined, off: boolean): string {
  const said = calendarLine(title)
  const name = calendarLine(edition ?? '')
  const whole = said.toLowerCase().includes(name.toLowerCase()) ? said : said ? `${name}: ${said}` : name
  return `${off ? (status === 'postponed' ? 'Postponed: ' : 'Cancelled: ') : ''}${cut(whole || 'A date', 200)}`
}

function textOf(date: ConferenceDate, off: boolean): string {
  const { when, status, edition, source, checked } = date
  return [
    ...(off
      ? [status === 'postponed' ? 'Put off: a new date is not known yet.' : 'This date does not hold any more.']
      : []),
    ...(when.kind === 'aoe' ? [`Until 23:59 anywhere on earth (UTC-12) on ${when.day}.`] : []),
    ...(when.kind === 'at' ? [`As announced: ${writtenWhen(when)}.`] : []),
    ...(!off && status === 'tentative'
      ? [`Tentative: ${edition ? 'not confirmed by the organiser' : 'by its rule, not by an announcement'}.`]
      : []),
    `Source: ${cut(harmless(calendarLine(source)), 300)}, checked on ${checked}.`,
    'For information: confirm with the organiser.',
  ].join('\n')
}

/** Plain characters on one line that no program takes for something else: no controls, no marks that reorder, no formula. */
export const oneLine = (said: string): string =>
  said
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/g, '')
    .replace(/^[\s=+@-]+/, '')
    .trim()

/** One line that also careless readers of calendars read as it is: no backslash, which they undo twice, and no word of the format. */
const calendarLine = (said: string): string =>
  oneLine(said)
    .replaceAll('\\', '/')
    .replace(/(begin|end):(?=v)/gi, '$1: ')

/** Calendars show descriptions as HTML: what could begin an element there becomes its look-alike. */
const harmless = (said: string): string => said.replaceAll('<', '‹').replaceAll('>', '›')

/** The address of a page, or nothing. */
function webAddress(said: string): string | undefined {
  const url = URL.canParse(said) ? new URL(said) : undefined
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 1000 ? url.href : undefined
}
