import { monthNamed } from './months.ts'

/** A day of the calendar; not yet known to exist. */
export type YearMonthDay = { year: number; month: number; day: number }

/** A year of two digits is of this century up to 68; RFC 2822 counts three digits from 1900. */
export function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year + (year < 69 ? 2000 : 1900)
  return digits.length === 3 ? year + 1900 : year
}

const day = (year: string, month: string | number, date: string | number): YearMonthDay => ({
  year: fullYear(year),
  month: Number(month),
  day: Number(date),
})

/** The `n`th day of a year. */
function ordinal(year: string, n: string): YearMonthDay | undefined {
  const date = new Date(Date.UTC(fullYear(year), 0, Number(n)))
  if (date.getUTCFullYear() !== fullYear(year)) return undefined
  return { year: fullYear(year), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** ISO 8601's week date; week 1 holds 4 January. */
function weekDate(year: string, week: string, weekday: string): YearMonthDay | undefined {
  const fourth = new Date(Date.UTC(Number(year), 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  const date = new Date(Date.UTC(Number(year), 0, monday + (Number(week) - 1) * 7 + Number(weekday) - 1))
  if (Number(week) < 1 || Number(week) > 53) return undefined
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

type Form = [RegExp, (m: RegExpExecArray) => YearMonthDay | undefined]
const REST = '(?=$|[T\\s,])'
const form = (pattern: string, read: Form[1]): Form => [new RegExp(`^(?:${pattern})${REST}`, 'i'), read]
const whole = (pattern: string, read: Form[1]): Form => [new RegExp(`^${pattern}$`), read]

const ISO_FORMS: Form[] = [
  form('(\\d{4})-?W(\\d{2})(?:-?([1-7]))?', (m) => weekDate(m[1]!, m[2]!, m[3] ?? '1')),
  form('(\\d{4})[-/.]0?(\\d{1,2})[-/.](\\d{1,2})\\.?', (m) => day(m[1]!, m[2]!, m[3]!)),
  form('(\\d{4})(\\d{2})(\\d{2})', (m) => day(m[1]!, m[2]!, m[3]!)),
  form('(\\d{4})-?(\\d{3})', (m) => ordinal(m[1]!, m[2]!)),
  whole('(\\d{4})[-/](\\d{1,2})', (m) => day(m[1]!, m[2]!, 1)),
  whole('(\\d{4})', (m) => day(m[1]!, 1, 1)),
  form('(\\d{2})-(\\d{2})-(\\d{2})', (m) => day(m[1]!, m[2]!, m[3]!)),
  form('(\\d{2})(\\d{2})(\\d{2})', (m) => day(m[1]!, m[2]!, m[3]!)),
  form('(\\d{2})-?(\\d{3})', (m) => ordinal(m[1]!, m[2]!)),
  whole('-(\\d{2})-?(\\d{2})', (m) => day(m[1]!, m[2]!, 1)),
]

/** A date at the start of the text in one of ISO 8601's spellings, and what follows it. */
export function isoDay(text: string): { date: YearMonthDay; rest: string } | undefined {
  for (const [pattern, read] of ISO_FORMS) {
    const match = pattern.exec(text)
    const date = match && read(match)
    if (date) return { date, rest: text.slice(match[0].length) }
  }
  return undefined
}

/**
 * A date written with a month's name or in figures anywhere in the text. Points and blanks mean day first, slashes the
 * American order. A month without a day is its first one if `mayLackDay`.
 */
export function spokenDay(text: string, mayLackDay: boolean): YearMonthDay | undefined {
  const asian = /(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日号]?/u.exec(text)
  if (asian) return day(asian[1]!, asian[2]!, asian[3]!)
  const month = [...text.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(([word]) => monthNamed(word) ?? []).at(-1)
  if (month) return withMonth(month, text.match(/\d+/g) ?? [], mayLackDay)
  const figures = /(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})/.exec(text)
  const parted = figures ? undefined : /(?<!\d)(\d{1,2}) (\d{1,2}) (\d{4})(?!\d)/.exec(text)
  if (parted) return day(parted[3]!, parted[2]!, parted[1]!)
  if (!figures) return undefined
  const [, first = '', sign, second = '', third = ''] = figures
  if (first.length > 2) return day(first, second, third)
  return sign === '/' && Number(first) <= 12 ? day(third, first, second) : day(third, second, first)
}

function withMonth(month: number, numbers: readonly string[], mayLackDay: boolean): YearMonthDay | undefined {
  const [first, second] = numbers
  if (!first) return undefined
  if (!second) return mayLackDay && first.length === 4 ? day(first, month, 1) : undefined
  return first.length > 2 ? day(first, month, second) : day(second, month, first)
}
