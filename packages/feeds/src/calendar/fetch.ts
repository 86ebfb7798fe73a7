import type { Trouble } from '@cme-commons/core'
import { fetchDocument } from '../fetch.ts'
import { allowed, lookupAll } from '../guard.ts'
import type { ReaderOptions, Validators } from '../types.ts'
import { readCalendar } from './lazy.ts'
import { MOST_CALENDAR_BYTES, type Problem } from './lines.ts'
import type { ReadCalendar } from './read.ts'

/** One reading of a calendar at an address. Store `validators` only after its dates are stored; `movedTo` as in a `Reading`. */
export type CalendarReading =
  | { kind: 'unchanged'; validators: Validators; movedTo?: string; maxAge?: number }
  | { kind: 'calendar'; calendar: ReadCalendar; validators: Validators; movedTo?: string; maxAge?: number }
  | { kind: 'problems'; problems: Problem[] }
  | { kind: 'trouble'; trouble: Trouble }

/** The address of a calendar as it can be fetched: `webcal:` is how programs write `https:`. */
export const calendarAddress = (said: string): string => said.trim().replace(/^webcals?:\/\//i, 'https://')

/** Reads the calendar at an address, under the same guard as feeds; days and times that name no zone are those of `zone`. Never rejects. */
export async function fetchCalendar(
  address: string,
  { zone, validators = {} }: { zone: string; validators?: Validators },
  { userAgent, allow = [], totalMs = 20_000, lookup = lookupAll }: ReaderOptions,
  signal?: AbortSignal,
): Promise<CalendarReading> {
  const fetching = { userAgent, allow: allowed(allow), lookup, totalMs, maxBytes: MOST_CALENDAR_BYTES }
  const found = await fetchDocument(calendarAddress(address), validators, fetching, signal)
  if (found.kind === 'trouble') return found
  const where = { validators: found.validators, movedTo: found.movedTo, maxAge: found.maxAge }
  if (found.kind === 'same') return { kind: 'unchanged', ...where }
  const read = await readCalendar(found.body.bytes, { zone, contentType: found.contentType })
  return 'problems' in read
    ? { kind: 'problems', problems: read.problems }
    : { kind: 'calendar', calendar: read.calendar, ...where }
}
