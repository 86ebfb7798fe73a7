import {
  atWall,
  closesAt,
  dayAfter,
  dayIn,
  type Instant,
  leadsFor,
  MINUTE,
  MORNING,
  plus,
  quietFor,
  quietUntil,
  windowsOf,
} from '@cme-commons/core'
import {
  clocksFollowing,
  type DateTable,
  datesAtInstants,
  datesOnDays,
  followersTogether,
  minutesFollowing,
  nextDates,
  type Read,
  sessionsBetween,
} from '@cme-commons/db'
import { audiencesOf, policyBook } from './audience.ts'
import { dateOf, leadsOf, quietOfText } from './rows.ts'
import { leadsMeant, readClock } from './sweep.ts'
import { nextUsual } from './usual.ts'

/** A reminder that will be sent if nothing changes. */
export type ReminderAhead = { at: Instant; what: 'reminder'; space: string; to: string[]; readers: number }

type Going = { leads: readonly number[]; own: boolean; zone: string; together: { clock?: string; minutes?: string } }

/** When a reminder opens next after `now`. */
export async function nextReminder(db: Read, now: Instant): Promise<Instant | undefined> {
  const meant = await leadsMeant(db)
  const times: Instant[] = []
  for (const clock of await clocksFollowing(db)) {
    const { zone, days } = readClock(clock)
    const today = dayIn(now, zone)
    // The last morning that has come: what opens later belongs to a later day.
    const last = atWall(today, MORNING, zone) <= now ? today : dayAfter(today, -1)
    for (const lead of days ?? meant.days) {
      const day = dayAfter(last, lead)
      const instant = atWall(dayAfter(day, 1), '00:00', zone)
      for (const row of await nextDates(db, { day, instant, session: '~' }))
        times.push(...windowsOf(dateOf(row), [lead], zone).map(({ opens }) => opens))
    }
  }
  for (const minutes of await minutesFollowing(db))
    for (const lead of leadsOf(minutes) ?? meant.minutes) {
      const rows = await nextDates(db, { day: '~', instant: '~', session: plus(now, lead * MINUTE) })
      times.push(...rows.map((row) => plus(closesAt(dateOf(row)), -lead * MINUTE)))
    }
  times.push(...[await nextUsual(db, now)].filter((at) => at !== undefined))
  return times.filter((at) => at > now).sort()[0]
}

/** Everything of this that will be sent from `now` until `until`, at most about `most`. What is due already is in the ledger. */
export async function remindersAhead(db: Read, now: Instant, until: Instant, most: number): Promise<ReminderAhead[]> {
  const meant = await leadsMeant(db)
  const ahead: ReminderAhead[] = []
  const policies = policyBook(db)
  /** `own` leads are the followers' own; others hold where the policy of their space has them. */
  const add = async (row: DateTable, { leads, own, zone, together }: Going) => {
    const date = dateOf(row)
    for (const { opens, lead } of windowsOf(date, leads, zone)) {
      if (opens <= now || opens > until || ahead.length >= most) continue
      for (const audience of audiencesOf(row))
        for (const group of await followersTogether(db, audience, together, { kind: date.kind, before: opens })) {
          const there = own ? leads : leadsFor(date.kind, {}, await policies(group.space, date.kind))
          if (!there.includes(Number.parseInt(lead, 10))) continue
          const quiet = quietFor(date.kind, { zone: group.zone, ...quietOfText(group.quiet) })
          const at = (quiet && quietUntil(quiet, opens)) ?? opens
          ahead.push({ at, what: 'reminder', space: group.space, to: group.to, readers: group.readers })
        }
    }
  }
  for (const clock of await clocksFollowing(db)) {
    const { zone, days } = readClock(clock)
    const leads = days ?? meant.days
    const from = dayAfter(dayIn(now, zone), Math.min(...leads, 0))
    const to = dayAfter(dayIn(until, zone), Math.max(...leads, 0))
    const instants = { from: atWall(from, '00:00', zone), to: atWall(dayAfter(to, 1), '00:00', zone) }
    for (const row of [...(await datesOnDays(db, { from, to })), ...(await datesAtInstants(db, instants))])
      await add(row, { leads, own: days !== undefined, zone, together: { clock } })
  }
  for (const minutes of await minutesFollowing(db)) {
    const leads = leadsOf(minutes) ?? meant.minutes
    const longest = Math.max(...leads, 0)
    for (const row of await sessionsBetween(db, { from: now, to: plus(until, longest * MINUTE) }))
      await add(row, { leads, own: minutes !== '', zone: 'UTC', together: { minutes } })
  }
  return ahead
}
