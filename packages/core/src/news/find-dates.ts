import { Temporal } from 'temporal-polyfill'
import type { Day } from '../time.ts'

/** A day named in a text, with the characters that name it. `range` when two days were given and this is the last of them. */
export type FoundDate = { day: Day; at: number; end: number; range: boolean }

const NAMES: readonly string[] = [
  'january|januar|jänner|janvier|jan',
  'february|februar|février|fevrier|feb|févr|fev',
  'march|märz|maerz|mars|mar|mär',
  'april|avril|apr|avr',
  'may|mai',
  'june|juni|juin|jun',
  'july|juli|juillet|jul|juil',
  'august|août|aout|aug',
  'september|septembre|sept|sep',
  'october|oktober|octobre|oct|okt',
  'november|novembre|nov',
  'december|dezember|décembre|decembre|dec|dez|déc',
]
const MONTH = `(${NAMES.join('|')})\\b\\.?`
const NUMBER = '(\\d{1,2})(?:st|nd|rd|th|er|\\.)?'
const YEAR = '(?:,?\\s+(?:of\\s+)?(\\d{4})\\b)?'
const DM = `${NUMBER}\\s+(?:of\\s+)?${MONTH}${YEAR}`
const MD = `${MONTH}\\s+${NUMBER}(?![\\d:%])${YEAR}`
const ISO = '(\\d{4})-(\\d\\d)-(\\d\\d)'
const TO = '\\s*(?:–|—|-|to|until|through|bis|au|and)\\s*'
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

type Read = (m: RegExpExecArray, today: Temporal.PlainDate) => Temporal.PlainDate | undefined

/** Ranges, spelled-out, ISO, dotted and slashed dates, ends of months and years, weekdays. The longest reading comes first. */
const FORMS: readonly { pattern: RegExp; read: Read; range?: true }[] = [
  { pattern: form(`${DM}${TO}${DM}`), read: (m, t) => dated(m[4], m[5], m[6], t), range: true },
  { pattern: form(`${MD}${TO}${MD}`), read: (m, t) => dated(m[5], m[4], m[6], t), range: true },
  { pattern: form(`${NUMBER}${TO}${DM}`), read: (m, t) => dated(m[2], m[3], m[4], t), range: true },
  {
    pattern: form(`${MONTH}\\s+${NUMBER}${TO}${NUMBER}${YEAR}`),
    read: (m, t) => dated(m[3], m[1], m[4], t),
    range: true,
  },
  { pattern: form(`${ISO}\\s*(?:/|to|–)\\s*${ISO}`), read: (m) => exact(m[4], m[5], m[6]), range: true },
  { pattern: form(ISO), read: (m) => exact(m[1], m[2], m[3]) },
  {
    pattern: form('(\\d{1,2})\\.\\s?(\\d{1,2})\\.(\\d{4})?'),
    read: (m, t) => (m[3] ? exact(m[3], m[2], m[1]) : next(m[2], m[1], t)),
  },
  { pattern: form('(\\d{1,2})/(\\d{1,2})/(\\d{4})'), read: (m) => slashed(m[1]!, m[2]!, m[3]!) },
  { pattern: form(DM), read: (m, t) => dated(m[1], m[2], m[3], t) },
  { pattern: form(MD), read: (m, t) => dated(m[2], m[1], m[3], t) },
  { pattern: form(`end\\s+of\\s+${MONTH}${YEAR}`), read: (m, t) => lastDay(m[1]!, m[2], t) },
  {
    pattern: form("(?:end\\s+of\\s+(?:the\\s+|this\\s+)?year|year['’]?s?[\\s-]end)"),
    read: (_, t) => t.with({ month: 12, day: 31 }),
  },
  {
    pattern: form('(?:end\\s+of\\s+(?:the\\s+|this\\s+)?month|month[\\s-]end)'),
    read: (_, t) => t.with({ day: t.daysInMonth }),
  },
  { pattern: form(`(${WEEKDAYS.join('|')})(?!,?\\s+(?:the\\s+)?(?:${DM}|${MONTH}))`), read: weekday },
  { pattern: form('(today|tonight|tomorrow)'), read: (m, t) => t.add({ days: /tomorrow/i.test(m[1]!) ? 1 : 0 }) },
]

/** A reading is tried only where a date can begin, so that a long text costs one pass. */
function form(source: string): RegExp {
  return new RegExp(`${source}(?![\\p{L}\\d])`, 'iuy')
}
const BEGINS = new RegExp(
  `(?<![\\p{L}\\d./-])(?:\\d|(?:${NAMES.join('|')})\\b\\.?\\s|end\\s+of|(?:year|month)['’]?s?[\\s-]end|(?<!\\b(?:last|past|every|each)\\s)(?:${WEEKDAYS.join('|')})|today|tonight|tomorrow)`,
  'giu',
)

/**
 * The days a text names, in its order. A day without a year is its next occurrence on or after `today`; a weekday the next such
 * day; a range its end. A slashed date that reads two ways, and a day that does not exist, are left out. With `wanted` only the
 * dates that begin at such characters are read.
 */
export function findDates(text: string, today: Day, wanted: (at: number) => boolean = () => true): FoundDate[] {
  const found: FoundDate[] = []
  let now: Temporal.PlainDate | undefined
  let free = 0
  for (const { index } of text.matchAll(BEGINS)) {
    if (index < free || !wanted(index)) continue
    for (const { pattern, read, range } of FORMS) {
      pattern.lastIndex = index
      const m = pattern.exec(text)
      if (!m) continue
      free = index + m[0].length
      now ??= Temporal.PlainDate.from(today)
      const day = read(m, now)
      if (day) found.push({ day: day.toString(), at: index, end: free, range: range ?? false })
      break
    }
  }
  return found
}

function monthOf(name: string): number | undefined {
  if (name === 'may') return
  const plain = name.toLowerCase()
  const month = NAMES.findIndex((names) => names.split('|').includes(plain)) + 1
  return month || undefined
}

function exact(year?: string, month?: string | number, day?: string): Temporal.PlainDate | undefined {
  try {
    const date = { year: Number(year), month: Number(month), day: Number(day) }
    if (date.year < 1990 || date.year > 2100) return
    return Temporal.PlainDate.from(date, { overflow: 'reject' })
  } catch {
    return
  }
}

function next(month: string | number | undefined, day: string | undefined, today: Temporal.PlainDate) {
  for (const year of [today.year, today.year + 1, today.year + 2, today.year + 3, today.year + 4]) {
    const date = exact(String(year), month, day)
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date
  }
  return
}

function dated(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
  today: Temporal.PlainDate,
) {
  const number = monthOf(month!)
  if (!number) return
  return year ? exact(year, number, day) : next(number, day, today)
}

function slashed(first: string, second: string, year: string) {
  if (first === second || Number(second) > 12) return exact(year, first, second)
  return Number(first) > 12 ? exact(year, second, first) : undefined
}

function lastDay(name: string, year: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const month = monthOf(name)
  if (!month) return
  const first = Temporal.PlainDate.from({ year: year ? Number(year) : today.year, month, day: 1 })
  const last = first.with({ day: first.daysInMonth })
  return year || Temporal.PlainDate.compare(last, today) >= 0 ? last : lastDay(name, String(today.year + 1), today)
}

function weekday(m: RegExpExecArray, today: Temporal.PlainDate) {
  const wanted = WEEKDAYS.indexOf(m[1]!.toLowerCase()) + 1
  return today.add({ days: (wanted - today.dayOfWeek + 7) % 7 })
}
