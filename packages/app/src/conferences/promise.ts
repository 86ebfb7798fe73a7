import { type ConferenceDate, type Instant, quietFor } from '@cme-commons/core'
import { type FollowTable, findSpace, type NewDelivery, post, revive, type SpaceTable, type Tx } from '@cme-commons/db'
import type { Wake } from '../due.ts'
import { laneOf } from '../lanes.ts'
import { toOf } from '../rows.ts'
import { followOf } from './rows.ts'

/** A delivery that still needs its lane. */
export type Promised = Omit<NewDelivery, 'lane' | 'to'> & { space: string; address: string }

/** Promises deliveries to addresses of any spaces, those of spaces that were left aside, and wakes who delivers. What was taken back waits again. */
export async function promise(tx: Tx, all: readonly Promised[], now: Instant, wake: Wake): Promise<void> {
  const spaces = new Map<string, SpaceTable | undefined>()
  const deliveries: NewDelivery[] = []
  for (const { space: id, address, ...rest } of all) {
    if (!spaces.has(id)) spaces.set(id, await findSpace(tx, id))
    const space = spaces.get(id)
    if (!space || space.left_at !== null) continue
    deliveries.push({ ...rest, lane: laneOf(space), to: { space: id, ...toOf(address) } })
  }
  if (deliveries.length === 0) return
  const added = await post(tx, now, deliveries)
  if (added < deliveries.length)
    await revive(
      tx,
      deliveries.map(({ key }) => key),
    )
  for (const lane of new Set(deliveries.map((one) => one.lane))) await wake(tx, lane, now)
}

/** The hours in which a follow gets nothing about a kind of date, as a delivery carries them. */
export function quietOf(row: FollowTable, kind: ConferenceDate['kind']): { quiet?: string } {
  const quiet = quietFor(kind, followOf(row))
  return quiet ? { quiet } : {}
}
