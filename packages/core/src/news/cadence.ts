import { spread } from '../delivery/backoff.ts'
import { DAY, HOUR, type Instant, MINUTE, plus } from '../time.ts'
import type { Trouble } from './trouble.ts'

/** No source is read more often than the first, nor less often than the second. */
export const SHORTEST = 15 * MINUTE
export const LONGEST = DAY

/** How long half of what a source published counts. */
const HALF = 14 * DAY

/** How many times a source is read for each item it brings. */
const READS_AN_ITEM = 20

/**
 * How busy a source is (`SourceTable.pace`) after it brought `items`: what it brought before counts half after 14 days, an item that it
 * brought now 1,000. Needs no look at the archive, whatever its size.
 */
export function paceAfter(pace: number, since: Instant | null, now: Instant, items: number): number {
  const passed = since ? Math.max(0, Date.parse(now) - Date.parse(since)) : 0
  return Math.round(pace * 2 ** (-passed / HALF) + items * 1000)
}

/**
 * Milliseconds until a source is read again by its own pace: twenty readings for each item, from a quarter of an hour to a day. A tenth
 * less or not by its name, so that sources which began together come apart and stay so.
 */
export function intervalOf(source: string, pace: number): number {
  const itemsADay = (pace / 1000) * (Math.LN2 / (HALF / DAY))
  const own = itemsADay > 0 ? DAY / (itemsADay * READS_AN_ITEM) : LONGEST
  const clamped = Math.min(LONGEST, Math.max(SHORTEST, own))
  return Math.max(SHORTEST, Math.round(clamped * (1 - spread(source) / 10)))
}

/** In hours: a feed may leave out a weekend, or all days but one. */
const WEEK = 7 * 24

/** Hours (0 to 23, UTC) and weekdays (0 is Sunday) in which a feed asks not to be read. */
export type Skip = { hours: readonly number[]; days: readonly number[] }

/** The first moment from `at` on that the feed does not want left out, be it days away; as it is when that leaves nothing in a week. */
export function afterSkipped(at: Instant, skip: Skip | undefined): Instant {
  if (!skip) return at
  const skipped = (moment: Instant) => {
    const date = new Date(moment)
    return skip.hours.includes(date.getUTCHours()) || skip.days.includes(date.getUTCDay())
  }
  if (!skipped(at)) return at
  for (let hour = 1; hour <= WEEK; hour++) {
    const next = `${plus(at, hour * HOUR).slice(0, 13)}:00:00.000Z`
    if (!skipped(next)) return next
  }
  return at
}

/** What passes by itself, usually soon. */
const PASSING: readonly Trouble['kind'][] = ['dns', 'connect', 'timeout', 'http-5xx', 'rate-limited']

/**
 * Milliseconds for which a failing source is left alone: doubled with each failure up to a day, from a quarter of an hour for what passes
 * by itself and from an hour for what a person has to mend; longer when the server asks for it.
 */
export function leftAlone({ kind, retryAfter = 0 }: Trouble, failures: number): number {
  const first = PASSING.includes(kind) ? SHORTEST : HOUR
  return Math.min(LONGEST, Math.max(first * 2 ** Math.min(failures - 1, 10), retryAfter * 1000))
}

/** Milliseconds for which a whole host is left alone, when the answer of one of its sources asks for it; 0 when not. */
export const hostLeftAlone = (trouble: Trouble, failures: number): number =>
  trouble.status === 429 || trouble.status === 503 ? leftAlone(trouble, failures) : 0

/** After how many failures in a row moderators are told: at once of what will not mend by itself. */
export const toldAfter = ({ kind }: Trouble): number => (kind === 'gone' || kind === 'page-changed' ? 1 : 3)

/** How many readings in a row must be sent on for good before the new address is kept. */
export const MOVED_AFTER = 3
