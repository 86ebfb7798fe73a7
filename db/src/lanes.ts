import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { heldBack } from './quarantine.ts'
import type { Read, Tx } from './tx.ts'

export const laneLease = (lane: string): string => `lane/${lane}`

/** SQL: true for a delivery that would overtake an earlier one to the same address which has to be tried again. */
export const overtaking = (d: string): string => `exists (
    select 1 from address_heads h join deliveries f on f.key = h.key
    where h.lane = ${d}.lane and h.address = ${d}.address and h.key <> ${d}.key and f.state in ('waiting', 'sending'))`

/** Nothing of this lane goes out before `until`; a longer pause stands. */
export async function pauseLane(tx: Tx, lane: string, until: Instant, why?: string): Promise<void> {
  await tx
    .insertInto('lane_pauses')
    .values({ lane, until, why: why ?? null })
    .onConflict((c) =>
      c
        .column('lane')
        .doUpdateSet({ until, why: why ?? null })
        .where('lane_pauses.until', '<', until),
    )
    .execute()
}

/** Lets a paused lane go on at once. */
export async function resumeLane(tx: Tx, lane: string): Promise<void> {
  await tx.deleteFrom('lane_pauses').where('lane', '=', lane).execute()
}

/** Until when a lane is paused. */
export async function pauseOf(read: Read, lane: string, now: Instant): Promise<Instant | undefined> {
  const row = await read
    .selectFrom('lane_pauses')
    .select('until')
    .where('lane', '=', lane)
    .where('until', '>', now)
    .executeTakeFirst()
  return row?.until
}

/** When somebody can next do something for a lane. */
export type LaneTime = { lane: string; at: Instant }

/**
 * For each lane with open deliveries (or for one) the earliest time at which working it makes sense, earliest first: when a row is due
 * that may go, a pause ends, or the hold of a holder that is gone runs out.
 */
export async function laneTimes(read: Read, lane?: string): Promise<LaneTime[]> {
  const lanes =
    lane !== undefined
      ? sql`with lanes (lane) as (select cast(${lane} as text))`
      : sql`with recursive lanes (lane) as (
          select min(lane) from deliveries where state = 'waiting'
          union all
          select (select min(d.lane) from deliveries d where d.state = 'waiting' and d.lane > lanes.lane)
          from lanes where lanes.lane is not null)`
  const { rows } = await sql<{ lane: string; due: Instant | null; paused: Instant | null; held: Instant | null }>`
    ${lanes} select lane,
      (select d.due_at from deliveries d where d.state = 'waiting' and d.lane = lanes.lane and not ${sql.raw(overtaking('d'))}
        and not ${sql.raw(heldBack('d'))}
        order by d.due_at limit 1) as due,
      (select until from lane_pauses p where p.lane = lanes.lane) as paused,
      (select until from leases l where l.name = 'lane/' || lanes.lane) as held
    from lanes where lane is not null`.execute(read)
  const left = await sql<LaneTime>`
    select lane, min(lease_until) as at from deliveries where state = 'sending' group by lane`.execute(read)
  const times = new Map<string, Instant>()
  for (const { lane, due, paused, held } of rows)
    if (due) times.set(lane, [due, paused ?? due, held ?? due].sort().at(-1)!)
  for (const row of left.rows)
    if ((lane === undefined || row.lane === lane) && row.at < (times.get(row.lane) ?? '~')) times.set(row.lane, row.at)
  return [...times].map(([lane, at]) => ({ lane, at })).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** Lanes that somebody can work now. */
export async function lanesDue(read: Read, now: Instant): Promise<string[]> {
  return (await laneTimes(read)).filter(({ at }) => at <= now).map(({ lane }) => lane)
}

/** Whether somebody is at a lane right now. */
export async function anyLaneHeld(read: Read, now: Instant): Promise<boolean> {
  const row = await read
    .selectFrom('leases')
    .select('name')
    .where('name', 'like', laneLease('%'))
    .where('until', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

/** When the next lane, or this one, can be worked. */
export async function nextDue(read: Read, lane?: string): Promise<Instant | undefined> {
  return (await laneTimes(read, lane))[0]?.at
}
