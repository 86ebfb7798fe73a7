import { type Instant, type Knowledge, MINUTE, newestSlot, plus, type Schedule, slotAfter } from '@cme-commons/core'
import {
  cursorsDue,
  type Db,
  dropEmptyAudience,
  holdDueAudience,
  inTx,
  lanesOf,
  markPlanned,
  moveAudience,
  newestSeq,
  postDigests,
  stretchEnd,
  type Tx,
} from '@cme-commons/db'
import { digestMaker } from './digest-maker.ts'

/** Wakes whoever delivers on a lane, in the transaction that made the work. */
export type Wake = (tx: Tx, lane: string, at: Instant) => Promise<void>

/** How many subscriptions one transaction plans: short enough that a press never waits behind it. */
const STRETCH = 1000

/** Plans everything that is due at `now`, one short transaction after another; answers how many it took. */
export async function planDigests(
  db: Db,
  now: Instant,
  content: Knowledge,
  wake: Wake,
  stop?: AbortSignal,
): Promise<number> {
  const plan = planner(content, wake)
  let steps = 0
  while (!stop?.aborted && (await inTx(db, (tx) => plan(tx, now)))) steps++
  return steps
}

/**
 * One step of planning: the next stretch of the first due audience. A slot is marked on each subscription with the digest it got,
 * so a step that is repeated, by us after a crash or by another process, finds nothing left to do.
 */
function planner(content: Knowledge, wake: Wake) {
  const makeDigest = digestMaker(content)
  let at = { audience: '', after: '', upto: 0 }

  return async (tx: Tx, now: Instant): Promise<boolean> => {
    const audience = await holdDueAudience(tx, now)
    if (!audience) return false
    if (at.audience !== audience.id) at = { audience: audience.id, after: '', upto: await newestSeq(tx) }
    const schedule = JSON.parse(audience.schedule) as Schedule
    const slot = newestSlot(schedule, audience.next_at, now)
    const next = slotAfter(schedule, slot)
    const last = await stretchEnd(tx, audience.id, at.after, STRETCH)
    if (last === undefined) {
      await moveAudience(tx, audience.id, next)
      await dropEmptyAudience(tx, audience.id)
      at = { audience: '', after: '', upto: 0 }
      return true
    }
    const stretch = { audience: audience.id, after: at.after, last, slot }
    let posted = false
    for (const cursor of await cursorsDue(tx, stretch)) {
      const digest = await makeDigest(tx, audience.filter, cursor, at.upto, now)
      if (!digest) continue
      await postDigests(tx, stretch, cursor, digest, { due: slot, expires: plus(next, -MINUTE), now })
      await markPlanned(tx, stretch, cursor, at.upto)
      posted = true
    }
    if (posted) for (const lane of await lanesOf(tx, stretch)) await wake(tx, lane, slot)
    at = { ...at, after: last }
    return true
  }
}
