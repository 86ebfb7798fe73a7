import { quietUntil } from '../delivery/quiet.ts'
import type { Schedule } from '../people/subscription.ts'
import { atWall, DAY, type Day, dayIn, HOUR, type Instant, plus, wallClock } from '../time.ts'

/** What a member can say about being kept company, and about being left alone. */
export type CompanyAction =
  | { do: 'stop' }
  | { do: 'thanks' }
  | { do: 'nudges.stop' }
  | { do: 'reminders.stop' }
  | { do: 'nudges.snooze' }
  | { do: 'nudges.resume' }

/**
 * What decides whether a member hears from us on her way. `since` is day 0: when she was first met, or when she began her pathway; `did`
 * is when she first did something after that, or after her snooze. `quiet` is as deliveries carry it (`20:00-07:00 America/Chicago`).
 */
export type Company = {
  since: Instant
  zone: string
  quiet?: string
  welcomed?: Instant
  did?: Instant
  nudged?: Instant
  snoozedUntil?: Instant
  stopped?: Instant
}

/** What she gets next, if nothing happens: at `at`, and not any more from `until` on. `held`: quiet hours keep it back. */
export type Touch = { what: 'welcome' | 'nudge'; day: Day; at: Instant; until: Instant; held: boolean }

const NUDGE_DAY = 3
/** The first day on which a nudge of day 3 is too late. */
const NUDGE_ENDS = 7
const TEN = '10:00'
const SNOOZE_DAYS = 7
/** When nobody says otherwise, nothing of this comes in the evening and at night. */
export const nightIn = (zone: string): string => `20:00-08:00 ${zone}`

const dayAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10)
const startOf = (day: Day, zone: string): Instant => atWall(day, '00:00', zone)

/**
 * The next touch whose window is still open at `now`: none of day 0 and day 3 is sent after day 6. Who stopped it, or did something, gets
 * none; a welcome that came as late as day 3 is no nudge's forerunner but stands in its place.
 */
export function nextTouch(company: Company, now: Instant): Touch | undefined {
  const { since, zone, welcomed, did, nudged, snoozedUntil, stopped } = company
  if (stopped !== undefined || did !== undefined) return undefined
  const met = dayIn(since, zone)
  const day3 = dayAfter(met, NUDGE_DAY)
  const untilOf = (day: Day) => startOf(dayAfter(day, NUDGE_ENDS - NUDGE_DAY), zone)
  if (welcomed === undefined) {
    const until = untilOf(day3)
    // Within the hour she is still there, whatever the time of day.
    return now < until ? { what: 'welcome', day: met, at: since, until, held: now > plus(since, HOUR) } : undefined
  }
  if (nudged !== undefined || (snoozedUntil === undefined && dayIn(welcomed, zone) >= day3)) return undefined
  const day = snoozedUntil === undefined ? day3 : dayIn(snoozedUntil, zone)
  const until = untilOf(day)
  const ten = atWall(day, TEN, zone)
  const at = quietUntil(company.quiet ?? nightIn(zone), ten) ?? ten
  return now < until ? { what: 'nudge', day, at, until, held: true } : undefined
}

/** The stretch of time in which those began who are due for the nudge of day 3 in a zone at `now`: `from` inclusive to `to` exclusive. */
export function nudgeStretch(now: Instant, zone: string): { from: Instant; to: Instant } {
  const today = dayIn(now, zone)
  const from = startOf(dayAfter(today, 1 - NUDGE_ENDS), zone)
  const last = now < atWall(today, TEN, zone) ? dayAfter(today, -1) : today
  return { from, to: startOf(dayAfter(last, 1 - NUDGE_DAY), zone) }
}

/** The same for one day's nudge, whatever the time. */
export const nudgedOn = (day: Day, zone: string): { from: Instant; to: Instant } => ({
  from: startOf(dayAfter(day, -NUDGE_DAY), zone),
  to: startOf(dayAfter(day, 1 - NUDGE_DAY), zone),
})

/** When the nudge comes for someone who began at `since`, quiet hours aside. */
export const nudgeAt = (since: Instant, zone: string): Instant =>
  atWall(dayAfter(dayIn(since, zone), NUDGE_DAY), TEN, zone)

/** The end of a snooze: in the morning of the same weekday of the next week. */
export const inAWeek = (now: Instant, zone: string): Instant =>
  atWall(dayAfter(dayIn(now, zone), SNOOZE_DAYS), TEN, zone)

/** How long after its time the moderators' list is still sent. */
const LIST_LASTS = 3 * DAY

/** When moderators get the list of who has stalled: Mondays at nine in the zone of their space. */
export const listSchedule = (zone: string): Schedule => ({ cadence: 'weekly', day: 1, at: '09:00', zone })

/** The list that is to be sent at `now`, if any: an outage of three days is caught up, what is older is not. */
export function listDue(now: Instant, zone: string): { slot: Instant; until: Instant } | undefined {
  const { dayOfWeek } = wallClock(now, zone)
  const monday = dayAfter(dayIn(now, zone), 1 - dayOfWeek)
  const slot = atWall(monday, '09:00', zone)
  const until = plus(slot, LIST_LASTS)
  return slot <= now && now < until ? { slot, until } : undefined
}

/**
 * Whoever did nothing since before `before` has stalled on the day of the list: seven days by the calendar. `fresh`: those who moved
 * last from then on were not on the list of the week before.
 */
export function stalledBefore(slot: Instant, zone: string): { before: Instant; fresh: Instant } {
  const day = dayIn(slot, zone)
  return { before: startOf(dayAfter(day, -6), zone), fresh: startOf(dayAfter(day, -13), zone) }
}
