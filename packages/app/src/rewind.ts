import { type Instant, type Schedule, slotAfter } from '@cme-commons/core'
import {
  allAudiences,
  changeAudience,
  deliverAgainAfter,
  deliveriesAfter,
  findDigest,
  forgetAfter,
  startBefore,
  type Tx,
} from '@cme-commons/db'
import { rewindConferences } from './conferences/rewind.ts'
import { rewindDocuments } from './onboarding/rewind.ts'

/** Takes the try-out back to `now` from a time that was ahead: what happened meanwhile is undone, and will happen again. */
export async function rewind(tx: Tx, now: Instant): Promise<void> {
  // What was told ahead of time has not been told: the earliest of it decides where each reader goes on.
  for (const { effect } of await deliveriesAfter(tx, now)) {
    if (effect.kind !== 'digest') continue
    const digest = await findDigest(tx, effect.digest)
    if (digest) await startBefore(tx, effect.subscription, digest.since)
  }
  await forgetAfter(tx, now)
  await rewindConferences(tx, now)
  await deliverAgainAfter(tx, now)
  await rewindDocuments(tx, now)
  for (const { id, schedule } of await allAudiences(tx)) {
    await changeAudience(tx, id, { next_at: slotAfter(JSON.parse(schedule) as Schedule, now), upto: null, after: '' })
  }
}
