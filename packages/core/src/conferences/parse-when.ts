import { Temporal } from 'temporal-polyfill'
import { atWall, type Day, isZone, wallClock } from '../time.ts'
import type { DateTime } from './conference.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const TO = '\\s*(?:to|until|through|–|—|-|\\.\\.)\\s*'
const TIME = '(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm|a\\.m\\.|p\\.m\\.)?'
const DAY = '(\\d{4}-\\d{2}-\\d{2})'

/** Zones as announcements write them; a name of the IANA database is taken as it is. */
const LETTERS: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CT: 'America/Chicago',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  GMT: 'UTC',
  UTC: 'UTC',
  CET: 'Europe/Brussels',
  CEST: 'Europe/Brussels',
}

export const WHEN_HINT = '2027-03-14, 2027-03-14 to 2027-03-17, 2027-02-23 17:00 ET, 2027-02-23 AoE'

/** A moment as a person writes it (`WHEN_HINT`, or with the month in words), in `zone` when none is named; else one sentence that says what to do. */
export function parseWhen(said: string, zone: string): { value: DateTime } | { wrong: string } {
  const text = dashed(said.trim().replace(/\s+/g, ' '))
  if (text === '') return { wrong: `Say when, as in ${WHEN_HINT}.` }
  const one = new RegExp(`^${DAY}$`, 'i').exec(text)
  if (one) return days(one[1]!, undefined, zone)
  const range = new RegExp(`^${DAY}${TO}${DAY}$`, 'i').exec(text)
  if (range) return days(range[1]!, range[2], zone)
  const earth = new RegExp(`^${DAY}(?:,? (?:at )?23[:.]59)?,? (?:aoe|anywhere on earth)$`, 'i').exec(text)
  if (earth) return isDay(earth[1]!) ? { value: { kind: 'aoe', day: earth[1]! } } : notADay(earth[1]!)
  const at = new RegExp(
    `^${DAY}(?:T|,? (?:at )?)${TIME}(?:${TO}(?:${DAY} )?${TIME})?(?: ([A-Za-z][\\w+/-]*))?$`,
    'i',
  ).exec(text)
  return at
    ? timed(at, zone)
    : { wrong: `“${said.trim().slice(0, 60)}” cannot be read as a date: write it as in ${WHEN_HINT}.` }
}

/** Written dates as digits: `14 March 2027`, `March 14, 2027`, `14–17 March 2027`, `28 February to 2 March 2027`. */
function dashed(text: string): string {
  const day = (y: string, m: string, d: string) =>
    `${y}-${String(MONTHS.indexOf(m.toLowerCase()) + 1).padStart(2, '0')}-${d.padStart(2, '0')}`
  const form = (source: string) => new RegExp(source, 'gi')
  return text
    .replace(form(`\\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\\d|${MONTH})`), '')
    .replace(
      form(`\\b(\\d{1,2}) ?${MONTH}${TO}(\\d{1,2}) ?${MONTH},? (\\d{4})\\b`),
      (_, d, m, e, n, y) => `${day(y, m, d)} to ${day(y, n, e)}`,
    )
    .replace(
      form(`\\b(\\d{1,2})${TO}(\\d{1,2}) ?${MONTH},? (\\d{4})\\b`),
      (_, d, e, m, y) => `${day(y, m, d)} to ${day(y, m, e)}`,
    )
    .replace(
      form(`\\b${MONTH} (\\d{1,2})${TO}(\\d{1,2}),? (\\d{4})\\b`),
      (_, m, d, e, y) => `${day(y, m, d)} to ${day(y, m, e)}`,
    )
    .replace(form(`\\b(\\d{1,2})(?:st|nd|rd|th)? ?${MONTH},? (\\d{4})\\b`), (_, d, m, y) => day(y, m, d))
    .replace(form(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`), (_, m, d, y) => day(y, m, d))
}

function isDay(day: Day): boolean {
  try {
    const { year } = Temporal.PlainDate.from(day, { overflow: 'reject' })
    return year >= 1990 && year <= 2100
  } catch {
    return false
  }
}
const notADay = (day: string) => ({ wrong: `${day} is not a day of the calendar: correct it.` })

function days(day: Day, to: Day | undefined, zone: string): { value: DateTime } | { wrong: string } {
  for (const one of [day, to ?? day]) if (!isDay(one)) return notADay(one)
  if (to !== undefined && to < day) return { wrong: `${to} is before ${day}: write the first day first.` }
  return { value: { kind: 'day', day, ...(to && to !== day ? { to } : {}), zone } }
}

function timed(m: RegExpExecArray, here: string): { value: DateTime } | { wrong: string } {
  const [, day, h, min, half, toDay, toH, toMin, toHalf, named] = m as unknown as [string, ...(string | undefined)[]]
  const zone = named ? (LETTERS[named.toUpperCase()] ?? named) : here
  if (!isZone(zone)) return { wrong: `“${named}” is not a time zone: write it as in America/Chicago, or leave it out.` }
  for (const one of [day!, toDay ?? day!]) if (!isDay(one)) return notADay(one)
  // "5 to 6 pm": the half of the day that is said once holds for both.
  const from = clock(h!, min, half ?? (toHalf && Number(h) <= Number(toH) ? toHalf : undefined))
  const until = toH === undefined ? undefined : clock(toH, toMin, toHalf)
  if (!from || (toH !== undefined && !until)) return { wrong: 'That is no time of day: write it as in 17:00.' }
  const at = atWall(day!, from, zone)
  const end = until && atWall(toDay ?? day!, until, zone)
  if (end !== undefined && end <= at) return { wrong: 'It ends before it begins: write the first time first.' }
  return { value: { kind: 'at', at, ...(end ? { until: end } : {}), zone } }
}

function clock(hour: string, minute: string | undefined, half: string | undefined): string | undefined {
  const pm = half?.toLowerCase().startsWith('p')
  if (half === undefined && minute === undefined) return undefined
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (pm ? 12 : 0)
  return h <= 23 && Number(minute ?? 0) <= 59 ? `${String(h).padStart(2, '0')}:${minute ?? '00'}` : undefined
}

/** A moment as `parseWhen` reads it, for forms and files. */
export function writtenWhen(when: DateTime): string {
  if (when.kind === 'aoe') return `${when.day} AoE`
  if (when.kind === 'day') return when.to ? `${when.day} to ${when.to}` : when.day
  const wall = (at: string) => wallClock(at, when.zone)
  const time = (at: string) => wall(at).toPlainTime().toString({ smallestUnit: 'minute' })
  const day = (at: string) => wall(at).toPlainDate().toString()
  const until = when.until && `${day(when.until) === day(when.at) ? '' : `${day(when.until)} `}${time(when.until)}`
  return `${day(when.at)} ${time(when.at)}${until ? ` to ${until}` : ''} ${when.zone}`
}
