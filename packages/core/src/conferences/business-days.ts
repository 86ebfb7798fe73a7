import type { Day } from '../time.ts'
import type { Holidays } from './conference.ts'
import { dayAfter } from './when.ts'

/** True for a day on which offices are closed for a holiday. Weekends are known without it. */
export type Closed = (day: Day) => boolean

const weekday = (day: Day): number => new Date(`${day}T12:00:00Z`).getUTCDay()

export const isBusinessDay = (day: Day, closed: Closed): boolean =>
  weekday(day) !== 0 && weekday(day) !== 6 && !closed(day)

/** The day itself, or the first business day after it. */
export function nextBusinessDay(day: Day, closed: Closed): Day {
  let found = day
  // Two weeks without a business day exist nowhere; a calendar that says so is wrong, and the day stays.
  for (let tried = 0; tried < 14; tried++, found = dayAfter(found, 1)) if (isBusinessDay(found, closed)) return found
  return day
}

/** The day itself, or the last business day before it. */
export function lastBusinessDay(day: Day, closed: Closed): Day {
  let found = day
  for (let tried = 0; tried < 14; tried++, found = dayAfter(found, -1)) if (isBusinessDay(found, closed)) return found
  return day
}

/** What is closed by a calendar of the content; by one that is not there nothing is but weekends. */
export function closedBy(calendars: readonly Holidays[], id: string | undefined): Closed {
  const days = new Set(calendars.find((calendar) => calendar.id === id)?.days)
  return (day) => days.has(day)
}
