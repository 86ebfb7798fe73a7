import { DAY, digestCard, type Instant, type Knowledge, plus, type Work } from '@cme-commons/core'
import { type Delivery, type FinalState, findDigest, findSubscription, giveBack, post, type Tx } from '@cme-commons/db'
import { keptDigest } from './digests.ts'
import { subscriptionOf } from './rows.ts'

const KEPT = 50
/** More than a digest shows at once (`Filter.max`). */
const SHOWN = 100

/**
 * Makes the card of a delivery as it goes out, or says why nobody wants it any more: asked in the transaction that claims it. Readers
 * who share a digest share the reading of it.
 */
export function unpacker(content: Knowledge, site?: string) {
  const kept = new Map<string, NonNullable<Awaited<ReturnType<typeof keptDigest>>>>()
  return async (tx: Tx, { effect }: Pick<Delivery, 'effect'>, now: Instant): Promise<Work | { skip: string }> => {
    if (effect.kind === 'message') return { card: effect.card }
    if (effect.kind === 'role') return { role: effect.role }
    const row = await findSubscription(tx, effect.subscription)
    if (!row) return { skip: 'The subscription was stopped.' }
    if (row.paused === 1) return { skip: 'The subscription is paused.' }
    if (row.snoozed_until !== null && row.snoozed_until > now) return { skip: 'The subscription is snoozed.' }
    const found = kept.get(effect.digest) ?? (await keptDigest(tx, effect.digest, site, SHOWN))
    if (!found) return { skip: 'The digest is not kept any more.' }
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(effect.digest, found)
    return { card: digestCard(found.digest, found.items, content, subscriptionOf(row)) }
  }
}

const LATE = '/late'

/**
 * What follows when a delivery has come to its end: a digest that never arrived gives its items to the next one; where that one is on
 * its way already, it is tried once more by itself.
 */
export async function settled(tx: Tx, delivery: Delivery, state: FinalState, now: Instant): Promise<void> {
  const { effect, key, lane, to, quiet } = delivery
  if (effect.kind !== 'digest' || state === 'done') return
  const digest = await findDigest(tx, effect.digest)
  if (!digest || (await giveBack(tx, effect.subscription, digest.since, digest.upto))) return
  if (state === 'skipped' || key.endsWith(LATE)) return
  await post(tx, now, [{ key: key + LATE, lane, to, effect, due: now, expires: plus(now, 7 * DAY), quiet }])
}
