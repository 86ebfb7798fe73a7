import { type Instant, type Knowledge, MINUTE, newestSlot, plus, type Schedule, slotAfter } from '@cme-commons/core'
import {
  type AudienceTable,
  changeAudience,
  cursorsDue,
  type Db,
  dropEmptyAudience,
  expire,
  holdDueAudience,
  inTx,
  keepApart,
  lanesOf,
  newestSeq,
  postDigests,
  rejoin,
  type Stretch,
  stretchEnd,
  type Tx,
} from '@cme-commons/db'
import { digestMaker } from './digest-maker.ts'
import { settled } from './outcomes.ts'
import { tellOfDigest } from './webhook-events.ts'

/** Wakes whoever delivers on a lane, in the transaction that made the work. */
export type Wake = (tx: Tx, lane: string, at: Instant) => Promise<void>

/** How many subscriptions, and how many digests, one transaction plans: short enough that a press never waits behind it. */
const STRETCH = 250
const DIGESTS = 10

/**
 * Plans everything that is due at `now`, one short transaction after another; answers how many it took. What expired unsent while
 * nobody worked ends first, so that the digests planned now bring its items.
 */
export async function planDigests(
  db: Db,
  now: Instant,
  content: Knowledge,
  wake: Wake,
  stop?: AbortSignal,
): Promise<number> {
  const plan = planner(content, wake)
  let steps = 0
  while (!stop?.aborted && (await inTx(db, (tx) => endExpired(tx, now)))) steps++
  while (!stop?.aborted && (await inTx(db, (tx) => plan(tx, now)))) steps++
  return steps
}

async function endExpired(tx: Tx, now: Instant): Promise<boolean> {
  const expired = await expire(tx, now, STRETCH)
  for (const delivery of expired) await settled(tx, delivery, 'expired', now)
  return expired.length > 0
}

/**
 * One step of planning: the next stretch of the first due audience. How far a slot has come stands in the audience's row, so that
 * another process, or this one after a crash, goes on behind it; the key of each delivery makes it once whatever happens.
 */
function planner(content: Knowledge, wake: Wake) {
  const makeDigest = digestMaker(content)

  return async (tx: Tx, now: Instant): Promise<boolean> => {
    const audience = await holdDueAudience(tx, now)
    if (!audience) return false
    const schedule = JSON.parse(audience.schedule) as Schedule
    // A slot that was begun is finished as it was begun; a later one comes after it.
    const slot = audience.upto === null ? newestSlot(schedule, audience.next_at, now) : audience.next_at
    const upto = audience.upto ?? (await newestSeq(tx))
    const next = slotAfter(schedule, slot)
    const step = await nextStep(tx, audience, slot)
    if (!step) {
      await changeAudience(tx, audience.id, {
        next_at: next,
        cursor: Math.max(upto, audience.cursor),
        upto: null,
        after: '',
      })
      await dropEmptyAudience(tx, audience.id)
      return true
    }
    await planStretch(tx, audience, step, upto, { expires: plus(next, -MINUTE), now })
    await changeAudience(tx, audience.id, { next_at: slot, upto, after: step.stretch.last })
    return true
  }

  async function planStretch(
    tx: Tx,
    audience: AudienceTable,
    { stretch, groups }: Step,
    upto: number,
    times: { expires: Instant; now: Instant },
  ) {
    let posted = false
    const others: string[] = []
    for (const { cursor, readers } of groups) {
      const since = cursor ?? audience.cursor
      const digest = await makeDigest(tx, audience, since, upto, times.now)
      if (!digest) {
        if ((await postDigests(tx, stretch, cursor, undefined, times)) > 0) posted = true
        continue
      }
      posted = true
      // Who got another digest for this slot already (a clock was set back, a filter changed) keeps this one's items for the next.
      const added = await postDigests(tx, stretch, cursor, digest, times)
      if (added > 0) await tellOfDigest(tx, stretch, digest, times.now, wake)
      if (added < readers) others.push(...(await keepApart(tx, stretch, cursor, digest, since)))
    }
    if (groups.some(({ cursor }) => cursor !== null)) await rejoin(tx, stretch, upto, others)
    if (posted) for (const lane of await lanesOf(tx, stretch)) await wake(tx, lane, stretch.slot)
  }
}

type Step = { stretch: Stretch; groups: Awaited<ReturnType<typeof cursorsDue>> }

/** The next subscriptions to plan, nothing after the last: fewer where each was told something else and needs a digest of her own. */
async function nextStep(tx: Tx, { id, after }: AudienceTable, slot: Instant): Promise<Step | undefined> {
  for (let size = STRETCH; ; size = Math.max(DIGESTS, Math.ceil(size / 3))) {
    const last = await stretchEnd(tx, id, after, size)
    if (last === undefined) return undefined
    const stretch = { audience: id, after, last, slot }
    const groups = await cursorsDue(tx, stretch)
    if (groups.length <= DIGESTS || size === DIGESTS) return { stretch, groups }
  }
}
