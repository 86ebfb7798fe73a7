import {
  atWall,
  type ConferenceDate,
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
  reminderInWords,
  windowsOf,
} from '@cme-commons/core'
import {
  type ChannelDecisionTable,
  clocksFollowing,
  type DateTable,
  datesAtInstants,
  datesOnDays,
  decisionsOf,
  followAt,
  followersTogether,
  minutesFollowing,
  nextDates,
  type Read,
  sessionsBetween,
} from '@cme-commons/db'
import { nextChannel } from '../channels/ahead.ts'
import { audiencesOf, policyBook } from './audience.ts'
import { nextRound } from './introductions-due.ts'
import { nextRecap } from './recap-due.ts'
import { dateOf, keyUnder, leadsOf, quietOfText, reminderKey } from './rows.ts'
import { leadsMeant, readClock } from './sweep.ts'
import { nextUsual } from './usual.ts'

/** A reminder that will be sent if nothing changes. */
export type ReminderAhead = {
  at: Instant
  what: 'reminder'
  space: string
  to: string[]
  readers: number
  title?: string
  decision?: 'hold' | 'skip'
}

type Going = { leads: readonly number[]; own: boolean; zone: string; together: { clock?: string; minutes?: string } }

/** When a reminder opens next after `now`, or something of a conference channel does. */
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
  times.push(
    ...[
      await nextUsual(db, now),
      await nextChannel(db, now),
      await nextRound(db, now),
      await nextRecap(db, now),
    ].filter((at) => at !== undefined),
  )
  return times.filter((at) => at > now).sort()[0]
}

/** Everything of this that will be sent from `now` until `until`, at most about `most`. What is due already is in the ledger. */
export async function remindersAhead(db: Read, now: Instant, until: Instant, most: number): Promise<ReminderAhead[]> {
  const meant = await leadsMeant(db)
  const ahead: ReminderAhead[] = []
  const policies = policyBook(db)
  const decisions = await decisionsOf(db)
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
          const apart = await decidedIn(db, decisions, { date, lead, group, scope: audience.scope })
          for (const { address, decision } of apart)
            if (decision !== 'now')
              ahead.push({
                at,
                what: 'reminder',
                space: group.space,
                to: [address],
                readers: 1,
                title: reminderInWords(date, lead),
                decision,
              })
          const to = group.to.filter((one) => !apart.some(({ address }) => address === one))
          const readers = group.readers - apart.length
          // Of what goes to a member in private it is not told which date it is.
          const open = to.every((one) => one.startsWith('channel:'))
          const title = open ? { title: reminderInWords(date, lead) } : {}
          if (readers > 0) ahead.push({ at, what: 'reminder', space: group.space, to, readers, ...title })
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

type Group = Awaited<ReturnType<typeof followersTogether>>[number]

/** Whom of a group moderators decided otherwise for: channels that get this reminder later, never, or had it already. */
async function decidedIn(
  db: Read,
  decisions: readonly ChannelDecisionTable[],
  { date, lead, group, scope }: { date: ConferenceDate; lead: string; group: Group; scope: string },
): Promise<{ address: string; decision: ChannelDecisionTable['decision'] }[]> {
  const found = []
  for (const { key, space, decision } of decisions) {
    const address = /^conference\/[^/]+\/[^/]+\/(channel:.+)\/[^/]+\/[^/]+$/.exec(key)?.[1]
    if (!address || space !== group.space || !key.startsWith(keyUnder(date.id, space, address))) continue
    if (key !== reminderKey(date, lead, { space, address })) continue
    const follow = await followAt(db, space, address, scope)
    if (follow && follow.zone === group.zone && follow.quiet === group.quiet) found.push({ address, decision })
  }
  return found
}
