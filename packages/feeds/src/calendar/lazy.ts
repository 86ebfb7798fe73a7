import type { readCalendar as read } from './read.ts'

/** As `readCalendar` of `read.ts`, whose libraries (some ten megabytes) are loaded by the first who reads a calendar. */
export const readCalendar = async (...said: Parameters<typeof read>): Promise<ReturnType<typeof read>> =>
  (await import('./read.ts')).readCalendar(...said)
