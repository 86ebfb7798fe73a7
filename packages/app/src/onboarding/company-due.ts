import {
  type Company,
  DAY,
  type Instant,
  isZone,
  listDue,
  nextTouch,
  nightIn,
  nudgeStretch,
  plus,
  stalledBefore,
  type Touch,
} from '@cme-commons/core'
import {
  type CompanyTable,
  clocksWaiting,
  type Db,
  findSpace,
  firstSnoozed,
  firstUnwelcomed,
  firstWaiting,
  inTx,
  listKey,
  listZones,
  type NewDelivery,
  post,
  quietHours,
  type Read,
  type SpaceTable,
  spacesWithStalled,
  type Tx,
  takeSnoozed,
  takeUnwelcomed,
  takeWaiting,
} from '@cme-commons/db'
import type { Wake } from '../due.ts'
import { laneOf } from '../lanes.ts'
import { toOf } from '../rows.ts'

/** How many members one transaction plans: short enough that a press never waits behind it. */
const STRETCH = 30

/** The longest that any window is open, with room for zones. */
const OPEN = 8 * DAY

/** The zone of a clock: a zone's name, or that of a space. What this machine does not know counts as UTC. */
export async function zoneOfClock(db: Read, clock: string): Promise<string> {
  const zone = clock.startsWith('space/') ? (await findSpace(db, clock.slice('space/'.length)))?.zone : clock
  return zone && isZone(zone) ? zone : 'UTC'
}

export const companyAs = (row: CompanyTable, zone: string, quiet?: string | null): Company => ({
  since: row.since,
  zone,
  ...(quiet ? { quiet } : {}),
  ...(row.welcomed_at ? { welcomed: row.welcomed_at } : {}),
  ...(row.did_at ? { did: row.did_at } : {}),
  ...(row.nudged_at ? { nudged: row.nudged_at } : {}),
  ...(row.snoozed_until ? { snoozedUntil: row.snoozed_until } : {}),
  ...(row.stopped_at ? { stopped: row.stopped_at } : {}),
})

/** The times in which somebody was met, and snoozes ended, who may be due for a welcome or a nudge at `now`. */
export const openAt = (now: Instant) => ({ from: plus(now, -OPEN), to: plus(now, 1) })

/**
 * Plans every welcome, nudge and moderators' list that is due at `now`, one short transaction after another; answers how many it took.
 * Who is due is found by index alone, and noted in the transaction that promises it, so that whoever plans at the same moment, or again
 * after a crash, promises nothing twice.
 */
export async function planCompany(db: Db, now: Instant, wake: Wake, stop?: AbortSignal): Promise<number> {
  let steps = 0
  const all = async (step: (tx: Tx) => Promise<number>) => {
    while (!stop?.aborted && (await inTx(db, step)) > 0) steps++
  }
  if (await firstUnwelcomed(db.read, openAt(now)))
    await all(async (tx) => touch(tx, 'welcome', await takeUnwelcomed(tx, openAt(now), now, STRETCH), now, wake))
  for (const clock of await clocksWaiting(db.read)) {
    const due = nudgeStretch(now, await zoneOfClock(db.read, clock))
    if (await firstWaiting(db.read, clock, due))
      await all(async (tx) => touch(tx, 'nudge', await takeWaiting(tx, clock, due, now, STRETCH), now, wake))
  }
  if (await firstSnoozed(db.read, openAt(now)))
    await all(async (tx) => touch(tx, 'nudge', await takeSnoozed(tx, openAt(now), now, STRETCH), now, wake))
  for (const zone of (await listZones(db.read)).filter(isZone)) {
    const due = listDue(now, zone)
    if (!due) continue
    const of = { slot: due.slot, before: stalledBefore(due.slot, zone).before }
    for (const space of await spacesWithStalled(db.read, zone, of, false)) {
      if (stop?.aborted) break
      await inTx(db, (tx) => postList(tx, space, due, now, wake))
      steps++
    }
  }
  return steps
}

/** Promises a touch to those who were taken, if it is still useful to them; answers how many were taken. */
async function touch(
  tx: Tx,
  what: Touch['what'],
  taken: readonly CompanyTable[],
  now: Instant,
  wake: Wake,
): Promise<number> {
  const zones = new Map<string, string>()
  for (const [id, rows] of Map.groupBy(taken, (row) => row.space)) {
    const space = await findSpace(tx, id)
    if (!space || space.left_at !== null) continue
    const quiet = await quietHours(
      tx,
      id,
      rows.map(({ address }) => address),
    )
    const deliveries: NewDelivery[] = []
    for (const row of rows) {
      const { member, address, clock } = row
      const zone = zones.get(clock) ?? (await zoneOfClock(tx, clock))
      zones.set(clock, zone)
      const before = what === 'welcome' ? { ...row, welcomed_at: null } : { ...row, nudged_at: null }
      const next = nextTouch(companyAs(before, zone, quiet.get(address)), now)
      if (next?.what !== what) continue
      deliveries.push({
        key: what === 'welcome' ? `company/${member}/welcome` : `company/${member}/day3/${next.day}`,
        lane: laneOf(space),
        to: { space: id, ...toOf(address) },
        effect: { kind: 'company', touch: what, member },
        due: next.at < now ? now : next.at,
        expires: next.until,
        ...(next.held ? { quiet: quiet.get(address) ?? nightIn(zone) } : {}),
      })
    }
    await post(tx, now, deliveries)
    const first = deliveries.map(({ due }) => due).sort()[0]
    if (first) await wake(tx, laneOf(space), first)
  }
  return taken.length
}

async function postList(tx: Tx, space: SpaceTable, due: { slot: Instant; until: Instant }, now: Instant, wake: Wake) {
  const { slot, until } = due
  const lane = laneOf(space)
  const to = { space: space.id, ...toOf(space.moderators!) }
  const effect = { kind: 'stalled' as const, slot }
  await post(tx, now, [{ key: listKey(space.id, slot), lane, to, effect, due: slot, expires: until }])
  await wake(tx, lane, slot)
}
