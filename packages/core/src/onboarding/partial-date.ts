import { findDates } from '../news/find-dates.ts'
import type { Day } from '../time.ts'

/** A year, a month or a day: `2024`, `2024-05`, `2024-05-12`. Data are often dated by the year alone. */
export type PartialDate = string

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const inRange = (year: string): boolean => Number(year) >= 1990 && Number(year) <= 2100

/** A date as a person writes it ("May 2024", "12 May 2024", "2023–2024" is its end), or nothing when it names no year or no such day. */
export function readDate(said: string): PartialDate | undefined {
  const text = said.trim()
  const [iso, isoYear, isoMonth, isoDay] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? []
  if (iso) return inRange(isoYear!) && exists(isoYear!, isoMonth ?? '01', isoDay ?? '01') ? iso : undefined
  const years = [...text.matchAll(/(?<!\d)(?:FY ?)?((?:19|20)\d\d)(?!\d)/g)].map((match) => match[1]!)
  const year = years.at(-1)
  if (!year || !inRange(year)) return undefined
  const day = findDates(text, '2000-01-01').at(-1)?.day
  if (day?.startsWith(year)) return day
  const bare = text.replace(/\b(?:data|from|of|in|as|collected|year|fy|calendar|fiscal)\b/gi, ' ').trim()
  const month = /^([a-z]{3,9})\.?,?\s+\d{4}$|(?:[-–—]|\bto)\s*([a-z]{3,9})\.?,?\s+\d{4}$/i.exec(bare)
  const named = (month?.[1] ?? month?.[2] ?? '?').toLowerCase()
  const number = MONTHS.findIndex((name) => name.startsWith(named)) + 1
  if (number > 0) return `${year}-${String(number).padStart(2, '0')}`
  const quarter = /^Q([1-4])[\s/]*\d{4}$/i.exec(bare)?.[1]
  if (quarter) return `${year}-${String(Number(quarter) * 3).padStart(2, '0')}`
  return /^(?:FY ?)?\d{4}(?:\s*(?:[-–—/]|to|and)\s*(?:FY ?)?\d{4})?$/i.test(bare) ? year : undefined
}

function exists(year: string, month: string, day: string): boolean {
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`)
}

/** The first day that a partial date can mean. */
export function firstDay(date: PartialDate): Day {
  const [year, month = '01', day = '01'] = date.split('-')
  return `${year}-${month}-${day}`
}

/** The last day that a partial date can mean. */
export function lastDay(date: PartialDate): Day {
  const [year, month, day] = date.split('-')
  if (day) return date
  if (!month) return `${year}-12-31`
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10)
}

/** The day `years` before or after another; 29 February becomes 28 February where the year has none. */
export function yearsFrom(day: Day, years: number): Day {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  return exists(year, day.slice(5, 7), day.slice(8, 10)) ? `${year}${day.slice(4)}` : `${year}-02-28`
}
