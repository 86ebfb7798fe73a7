import {
  dayIn,
  type Instant,
  isZone,
  listDue,
  listSchedule,
  nextTouch,
  nightIn,
  nudgeAt,
  nudgedOn,
  nudgeStretch,
  plus,
  quietUntil,
  slotAfter,
  stalledBefore,
} from '@cme-commons/core'
import {
  clocksWaiting,
  countForList,
  firstSnoozed,
  firstWaiting,
  listZones,
  type Read,
  snoozedTogether,
  spacesWithStalled,
  type Together,
  unwelcomedTogether,
  waitingTogether,
} from '@cme-commons/db'
import { openAt, zoneOfClock } from './company-due.ts'

/** A touch, or a list for moderators, that will be sent if nobody does anything; `names` is how many a list tells of. */
export type CompanyAhead = {
  at: Instant
  what: 'welcome' | 'nudge' | 'stalled'
  space: string
  to: string[]
  readers: number
  names?: number
}

/** When something of this is due next, after `now`. */
export async function nextCompany(db: Read, now: Instant): Promise<Instant | undefined> {
  const times: (Instant | undefined)[] = [await firstSnoozed(db, { from: plus(now, 1), to: '~' })]
  for (const clock of await clocksWaiting(db)) {
    const zone = await zoneOfClock(db, clock)
    const since = await firstWaiting(db, clock, { from: nudgeStretch(now, zone).to, to: '~' })
    if (since) times.push(nudgeAt(since, zone))
  }
  for (const zone of (await listZones(db)).filter(isZone)) {
    const slot = slotAfter(listSchedule(zone), now)
    if ((await spacesWithStalled(db, zone, { slot, before: stalledBefore(slot, zone).before })).length > 0)
      times.push(slot)
  }
  return times.filter((at) => at !== undefined && at > now).sort()[0]
}

/** Everything of this that will be sent from `now` until `until`, at most about `most`. */
export async function companyAhead(db: Read, now: Instant, until: Instant, most: number): Promise<CompanyAhead[]> {
  const ahead: CompanyAhead[] = []
  const add = (what: CompanyAhead['what'], at: Instant, { space, to, readers }: Together) =>
    ahead.push({ at: at < now ? now : at, what, space, to, readers })
  const nudge = (ten: Instant, zone: string, group: Together) => {
    const at = quietUntil(group.quiet ?? nightIn(zone), ten) ?? ten
    if (at <= until) add('nudge', at, group)
  }
  for (const group of await unwelcomedTogether(db, openAt(now))) {
    const touch = nextTouch({ since: group.at, zone: await zoneOfClock(db, group.clock) }, now)
    if (touch) add('welcome', now, group)
  }
  for (const clock of await clocksWaiting(db)) {
    const zone = await zoneOfClock(db, clock)
    const { from: oldest } = nudgeStretch(now, zone)
    for (
      let since = await firstWaiting(db, clock, { from: oldest, to: '~' });
      since && nudgeAt(since, zone) <= until && ahead.length < most;
    ) {
      const day = dayIn(nudgeAt(since, zone), zone)
      const { from, to } = nudgedOn(day, zone)
      for (const group of await waitingTogether(db, clock, { from, to }, day <= dayIn(now, zone)))
        nudge(nudgeAt(since, zone), zone, group)
      since = await firstWaiting(db, clock, { from: to, to: '~' })
    }
  }
  for (const group of await snoozedTogether(db, { from: openAt(now).from, to: plus(until, 1) })) {
    const zone = await zoneOfClock(db, group.clock)
    const quiet = group.quiet ? { quiet: group.quiet } : {}
    const touch = nextTouch({ since: now, welcomed: now, snoozedUntil: group.at, zone, ...quiet }, now)
    if (touch && touch.at <= until) add('nudge', touch.at, group)
  }
  for (const zone of (await listZones(db)).filter(isZone)) {
    let slot = listDue(now, zone)?.slot ?? slotAfter(listSchedule(zone), now)
    for (; slot <= until && ahead.length < most; slot = slotAfter(listSchedule(zone), slot)) {
      const list = { slot, before: stalledBefore(slot, zone).before }
      for (const { id, moderators } of await spacesWithStalled(db, zone, list, false)) {
        const names = await countForList(db, id, list, most)
        ahead.push({ at: slot < now ? now : slot, what: 'stalled', space: id, to: [moderators!], readers: 1, names })
      }
    }
  }
  return ahead
}
