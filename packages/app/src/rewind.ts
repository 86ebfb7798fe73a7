import { type Instant, type Schedule, slotAfter } from '@cme-commons/core'
import { allAudiences, changeAudience, forgetAfter, type Tx } from '@cme-commons/db'

/** Takes the try-out back to `now` from a time that was ahead: what happened meanwhile is undone, and will happen again. */
export async function rewind(tx: Tx, now: Instant): Promise<void> {
  await forgetAfter(tx, now)
  for (const { id, schedule } of await allAudiences(tx)) {
    await changeAudience(tx, id, { next_at: slotAfter(JSON.parse(schedule) as Schedule, now), upto: null, after: '' })
  }
}
