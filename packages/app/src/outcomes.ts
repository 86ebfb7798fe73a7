import { type Card, DAY, digestCard, type Instant, type Knowledge, plus, restCard, type Work } from '@cme-commons/core'
import {
  type Delivery,
  type FinalState,
  findDigest,
  findSubscription,
  giveBack,
  newestEdit,
  post,
  type Tx,
} from '@cme-commons/db'
import { amiss } from './amiss.ts'
import { channelSettled, troubleIn } from './channels/settled.ts'
import { channelWork } from './channels/work.ts'
import { conferenceCardOf, isOfConferences } from './conferences/cards.ts'
import { introductionMade } from './conferences/introductions-cards.ts'
import { questionMade } from './conferences/questions-cards.ts'
import { recapOfferMade } from './conferences/recap-due.ts'
import { keptDigest } from './digests.ts'
import { nothingNew } from './nothing-new.ts'
import { companyCard, stalledCard } from './onboarding/company-card.ts'
import { subscriptionOf } from './rows.ts'
import { stopAt } from './stopped.ts'
import { webhookCall, webhookSettled } from './webhooks.ts'

type Unpacked = Pick<Delivery, 'effect' | 'to' | 'made'>

const KEPT = 50
/** More than a digest and the messages below it show (`Filter.max` each). */
const SHOWN = 100
const THREAD = 3

type Kept = NonNullable<Awaited<ReturnType<typeof keptDigest>>>

/**
 * Makes the card of a delivery as it goes out, or says why nobody wants it any more: asked in the transaction that claims it. Readers
 * who share a digest share the reading of it, until moderators edit something.
 */
export function unpacker(content: Knowledge, site?: string) {
  const kept = new Map<string, Kept>()
  return async (tx: Tx, delivery: Unpacked, now: Instant): Promise<Work | { skip: string }> => {
    const { effect } = delivery
    if (effect.kind === 'message') return { card: effect.card }
    if (effect.kind === 'role') return { role: effect.role }
    if (effect.kind === 'company') return companyCard(tx, effect, delivery, now, content)
    if (effect.kind === 'stalled') return stalledCard(tx, effect, delivery, content)
    if (effect.kind === 'webhook') return webhookCall(tx, effect, site)
    if (effect.kind === 'channel') return channelWork(tx, effect, delivery.to, now, site)
    if ('round' in effect) return introductionMade(tx, effect, content)
    if (effect.kind === 'recap-offer') return recapOfferMade(tx, effect.edition)
    if ('question' in effect) return questionMade(tx, effect)
    if (isOfConferences(effect)) return conferenceCardOf(tx, effect, delivery, now, content)
    if (effect.kind === 'nothing-new') return nothingNew(tx, effect, now)
    const row = await findSubscription(tx, effect.subscription)
    if (!row) return { skip: 'The subscription was stopped.' }
    if (row.paused === 1) return { skip: 'The subscription is paused.' }
    if (row.snoozed_until !== null && row.snoozed_until > now) return { skip: 'The subscription is snoozed.' }
    const name = `${effect.digest} ${delivery.to.space} ${await newestEdit(tx)}`
    const found =
      kept.get(name) ?? (await keptDigest(tx, effect.digest, { site, most: SHOWN, space: delivery.to.space }))
    if (!found) return { skip: 'The digest is not kept any more.' }
    if (found.items.length === 0) return { skip: 'The moderators hid all that was in it.' }
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(name, found)
    const card = digestCard(found.digest, found.items, content, subscriptionOf(row))
    return 'channel' in delivery.to ? { card, thread: belowIt(found, content) } : { card }
  }
}

/** What a channel's digest has no room for goes into its thread, so that nobody has to ask for it; the rest is a press away. */
function belowIt({ digest, items }: Kept, content: Knowledge): Card[] {
  const page = digest.filter.max
  const pages = Math.min(THREAD, Math.ceil((items.length - page) / page))
  return Array.from({ length: Math.max(0, pages) }, (_, i) => restCard(digest, items, page * (i + 1), content))
}

const LATE = '/late'

/**
 * What follows when a delivery has come to its end: a digest that never arrived gives its items to the next one; where that one is on
 * its way already, it is tried once more by itself. An address that takes nothing more has its digests paused.
 */
export async function settled(tx: Tx, delivery: Delivery, state: FinalState, now: Instant): Promise<void> {
  const { effect, key, lane, to, quiet } = delivery
  if (effect.kind === 'channel') return channelSettled(tx, delivery, state, now)
  if (effect.kind === 'webhook') return webhookSettled(tx, delivery, state, now)
  if (state === 'done') {
    if (effect.kind === 'reminder' && 'channel' in to) await troubleIn(tx, to, null)
    return
  }
  if (effect.kind !== 'digest') {
    if (!delivery.gone || !('channel' in to)) return
    const say = delivery.trouble ?? 'The platform refused it.'
    await troubleIn(tx, to, say)
    return amiss(tx, to.space, { channel: to.channel, say }, now)
  }
  const digest = await findDigest(tx, effect.digest)
  const given = !digest || (await giveBack(tx, effect.subscription, digest.since, digest.upto))
  if (delivery.gone) await stopAt(tx, effect.subscription, delivery, now)
  if (given) return
  if (state === 'skipped' || key.endsWith(LATE)) return
  await post(tx, now, [{ key: key + LATE, lane, to, effect, due: now, expires: plus(now, 7 * DAY), quiet }])
}
