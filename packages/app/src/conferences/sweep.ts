import {
  atWall,
  closesAt,
  DEFAULT_DAYS,
  DEFAULT_MINUTES,
  dayAfter,
  type Instant,
  isZone,
  MINUTE,
  morningsBetween,
  plus,
  windowsOf,
} from '@cme-commons/core'
import {
  clocksFollowing,
  type DateTable,
  datesAtInstants,
  datesOnDays,
  leadsSet,
  minutesFollowing,
  type Read,
  sessionsBetween,
} from '@cme-commons/db'
import { dateOf, leadsOf } from './rows.ts'

/** A date whose reminder opened for those who go by one clock, or by so many minutes; without either, for everybody. */
export type Opening = { date: DateTable; clock?: string; minutes?: string }

/** The zone of a clock, and the days that it names; none for who goes by the policy of the space. What this machine does not know counts as UTC. */
export function readClock(clock: string): { zone: string; days: number[] | undefined } {
  const [zone = '', days = ''] = clock.split(' ')
  return { zone: isZone(zone) ? zone : 'UTC', days: leadsOf(days) }
}

/** Every lead that may be meant where a follow names none: the defaults and what spaces set. */
export async function leadsMeant(db: Read): Promise<{ days: number[]; minutes: number[] }> {
  const set = await leadsSet(db)
  const of = (session: boolean) =>
    set.filter(({ kind }) => (kind === 'session') === session).flatMap(({ leads }) => leadsOf(leads) ?? [])
  return {
    days: [...new Set([...DEFAULT_DAYS, ...of(false)])],
    minutes: [...new Set([...DEFAULT_MINUTES, ...of(true)])],
  }
}

/**
 * The dates of which a reminder opened after `after` and until `now`, and for whom. Each zone has one morning a day, so that mostly there is
 * nothing to ask; dates are then found by their day, never by looking at all of them.
 */
export async function* openings(db: Read, after: Instant, now: Instant): AsyncGenerator<Opening> {
  const meant = await leadsMeant(db)
  const mornings = new Map<string, ReturnType<typeof morningsBetween>>()
  for (const clock of await clocksFollowing(db)) {
    const { zone, days } = readClock(clock)
    if (!mornings.has(zone)) mornings.set(zone, morningsBetween(after, now, zone))
    const opened = mornings.get(zone)
    if (!opened) continue
    const seen = new Set<string>()
    for (const lead of days ?? meant.days) {
      const [from, to] = [dayAfter(opened.from, lead), dayAfter(opened.to, lead)]
      const instants = { from: atWall(from, '00:00', zone), to: atWall(dayAfter(to, 1), '00:00', zone) }
      for (const date of [...(await datesOnDays(db, { from, to })), ...(await datesAtInstants(db, instants))]) {
        if (seen.has(date.id) || !isOpen(date, days ?? meant.days, zone, now)) continue
        seen.add(date.id)
        yield { date, clock }
      }
    }
  }
  for (const minutes of await minutesFollowing(db)) {
    const leads = leadsOf(minutes) ?? meant.minutes
    const seen = new Set<string>()
    for (const lead of leads) {
      const stretch = { from: plus(after, lead * MINUTE), to: plus(now, lead * MINUTE) }
      for (const date of await sessionsBetween(db, stretch)) {
        if (seen.has(date.id) || closesAt(dateOf(date)) <= now) continue
        seen.add(date.id)
        yield { date, minutes }
      }
    }
  }
}

/** Whether any window of a date is open: after an outage most of what opened is over. */
const isOpen = (row: DateTable, leads: readonly number[], zone: string, now: Instant): boolean =>
  windowsOf(dateOf(row), leads, zone).some(({ opens, until }) => opens <= now && now < until)
