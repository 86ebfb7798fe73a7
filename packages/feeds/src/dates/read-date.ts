import { atWall, type Instant } from '@cme-commons/core'
import { isoDay, spokenDay, type YearMonthDay } from './calendar.ts'
import { type Clock, clockIn, isoClock } from './clock.ts'
import { zoneIn } from './zones.ts'

const LONGEST = 120

/** The two spellings that most feeds use, with days that every month has: the platform reads those, and faster. */
const USUAL = new RegExp(
  [
    '^(?:[A-Z][a-z]{2}, )?(?:0?[1-9]|1\\d|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [12]\\d{3} ',
    '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d (?:GMT|[+-](?:0\\d|1[0-4])[0-5]\\d)$|',
    '^[12]\\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])T',
    '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,3})?(?:Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)$',
  ].join(''),
)

/**
 * The instant a feed's date means, in any spelling that is met: RFC 822 and its relatives, ISO 8601, asctime, words of some
 * twenty languages, seconds since 1970. A date without a zone is UTC, whatever zone this machine is in. A day that does
 * not exist, and a year outside 1990 to 2100, is no date: no feed is older, and 1 January 1970 is how programs write that there is none.
 * The future is not clamped: that takes a `now`, which is the caller's.
 */
export function readDate(text: string): Instant | undefined {
  if (USUAL.test(text)) return instant(Date.parse(text))
  const plain = figures(text).slice(0, LONGEST)
  if (!/\d/.test(plain)) return undefined
  const epoch = epochMs(plain)
  if (epoch !== undefined) return instant(epoch)
  const iso = isoDay(plain)
  if (iso) return compose(iso.date, iso.rest.trim() ? isoClock(iso.rest.trim()) : undefined)
  const clock = clockIn(plain)
  if (clock === 'impossible') return undefined
  const rest = clock ? `${clock.before} ${withoutZone(clock.after)}` : plain
  const date = spokenDay(rest, !clock)
  return date && compose(date, clock, clock ? undefined : plain)
}

/** Western figures, plain blanks, no comments such as a time zone's long name. */
const figures = (text: string) =>
  text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\s]+/gu, ' ')
    .trim()

/** Seconds or milliseconds since 1970, or figures without any sign between them (`20260303160500`). */
function epochMs(text: string): number | undefined {
  if (/^-?\d{9,10}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (/^\d{13}$/.test(text)) return Number(text)
  const packed = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text)
  if (!packed) return undefined
  const [year, month, day, hour, minute, second] = packed.slice(1).map((each) => Number(each ?? 0)) as number[]
  return wallMs({ year: year!, month: month!, day: day! }, ((hour! * 60 + minute!) * 60 + second!) * 1000)
}

/** What stands after a time and is a zone cannot be part of the day: `16:29:06 PST 2004`, `10:00 +0200`. */
const withoutZone = (after: string) =>
  after.replace(/(?:UTC?|GMT)?\s*[+\-\u2212]\d{1,2}(?::?\d{2}){0,2}(?!\d)/i, ' ').replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')

function compose(date: YearMonthDay, clock: Clock | 'impossible' | undefined, text = ''): Instant | undefined {
  if (clock === 'impossible') return undefined
  const ms = wallMs(date, clock?.ms ?? 0)
  if (ms === undefined) return undefined
  const zone = clock ? clock.zone : text ? zoneIn(text.replace(/^.*\d/, '')) : undefined
  if (typeof zone !== 'string') return instant(ms - (zone ?? 0) * 60_000)
  const wall = new Date(ms).toISOString()
  return inRange(ms) ? instant(Date.parse(atWall(wall.slice(0, 10), wall.slice(11, 23), zone))) : undefined
}

/** Milliseconds of a wall time as if it were UTC; nothing for a day that does not exist. */
function wallMs({ year, month, day }: YearMonthDay, ofDay: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.getTime() + ofDay : undefined
}

const inRange = (ms: number) => ms >= Date.UTC(1990, 0, 1) && ms < Date.UTC(2101, 0, 1)
const instant = (ms: number): Instant | undefined => (inRange(ms) ? new Date(ms).toISOString() : undefined)
