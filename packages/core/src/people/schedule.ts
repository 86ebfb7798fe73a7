import type { Temporal } from 'temporal-polyfill'
import { atWall, type Instant, wallClock } from '../time.ts'
import type { Schedule, Subscription } from './subscription.ts'

/** The first slot of the schedule after `after`, moved to the end of quiet hours when it falls into them. */
export function slotAfter(schedule: Schedule, after: Instant): Instant {
  const today = wallClock(after, schedule.zone).toPlainDate()
  // Only quiet hours move a slot into the next day.
  let day = schedule.quiet ? today.subtract({ days: 1 }) : today
  for (let tried = 0; tried < 70; tried++, day = day.add({ days: 1 })) {
    if (!falls(schedule, day)) continue
    const slot = outOfQuiet(atWall(day.toString(), schedule.at, schedule.zone), schedule)
    if (slot > after) return slot
  }
  throw new Error(`No slot within 70 days for ${JSON.stringify(schedule)}`)
}

/** When a subscription's next digest comes, if there is news by then: its next slot, or the first after its snooze. */
export const nextDigest = ({
  next,
  snoozedUntil,
  schedule,
}: Pick<Subscription, 'next' | 'snoozedUntil' | 'schedule'>): Instant =>
  snoozedUntil !== undefined && snoozedUntil > next ? slotAfter(schedule, snoozedUntil) : next

/** The newest slot at or before `now`, given one that is: what an outage missed is caught up by one digest, not by many. */
export function newestSlot(schedule: Schedule, slot: Instant, now: Instant): Instant {
  for (let next = slotAfter(schedule, slot); next <= now; next = slotAfter(schedule, slot)) slot = next
  return slot
}

function falls(schedule: Schedule, day: Temporal.PlainDate): boolean {
  switch (schedule.cadence) {
    case 'daily':
      return true
    case 'weekdays':
      return day.dayOfWeek <= 5
    case 'weekly':
      return day.dayOfWeek === (schedule.day ?? 1)
    case 'monthly':
      return day.day === Math.min(schedule.day ?? 1, day.daysInMonth)
  }
}

/** `at` itself, or the end of the quiet hours it falls into. */
export function outOfQuiet(at: Instant, { quiet, zone }: Pick<Schedule, 'quiet' | 'zone'>): Instant {
  if (!quiet || quiet.from === quiet.to) return at
  const wall = wallClock(at, zone)
  const time = wall.toPlainTime().toString({ smallestUnit: 'minute' })
  const overnight = quiet.from > quiet.to
  const inside = overnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to
  if (!inside) return at
  const day = wall.toPlainDate()
  const ends = overnight && time >= quiet.from ? day.add({ days: 1 }) : day
  return atWall(ends.toString(), quiet.to, zone)
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `every Monday at 08:00 (America/Chicago)`. */
export function scheduleInWords(schedule: Schedule): string {
  const days = {
    daily: 'every day',
    weekdays: 'every weekday',
    weekly: `every ${WEEKDAYS[(schedule.day ?? 1) - 1]}`,
    monthly: (schedule.day ?? 1) >= 31 ? 'on the last day of each month' : `on day ${schedule.day ?? 1} of each month`,
  }
  return `${days[schedule.cadence]} at ${schedule.at} (${schedule.zone})`
}
