import {
  type DeliveryAction,
  type DeliveryStory,
  deliveryCard,
  type Effect,
  type FormReply,
  goneCard,
  type Instant,
  partInWords,
} from '@cme-commons/core'
import {
  audit,
  changeSubscription,
  conferenceChannelAt,
  type Delivery,
  deliveryOf,
  dropDelivery,
  findConferenceChannel,
  findDigest,
  findMember,
  findSubscription,
  quarantined,
  type Read,
  sendAgain,
  standApart,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'

const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Deliveries are for moderators',
    blocks: [{ kind: 'text', text: ['What came to you is in this chat. Something is missing? Ask a moderator.'] }],
    buttons: [{ label: 'My digest', style: 'primary', act: { do: 'digest' } }],
  },
}
const gone: FormReply = { refuse: 'gone', say: goneCard('There is no such delivery in this community.') }

/** Answers the moderators of a space about one of its deliveries. */
export async function deliveryReply(ctx: Ctx, { do: verb, key }: DeliveryAction): Promise<FormReply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const found = await deliveryOf(ctx.tx, key)
  if (!found || found.to.space !== ctx.actor.space) return gone
  if (verb === 'delivery.retry') return retry(ctx, found)
  if (verb === 'delivery.drop') return drop(ctx, found)
  return shown(ctx, key)
}

async function shown(ctx: Ctx, key: string, says?: string): Promise<FormReply> {
  const found = (await deliveryOf(ctx.tx, key))!
  const story = await deliveryStory(ctx.tx, found)
  return {
    say: deliveryCard({ ...story, ...(says ? { says } : {}) }),
    private: true,
    ...(says ? { update: true } : {}),
  }
}

/** A delivery as moderators may read it: of what goes to a member in private they learn the kind, not the words. */
export async function deliveryStory(db: Read, found: Delivery): Promise<DeliveryStory> {
  const { key, to, effect, state, attempts, made, due, settled, expires, quiet, trouble, doubt, twice } = found
  const since = await quarantined(db)
  const title = 'channel' in to ? titleOf(effect) : undefined
  const cannot = await hindrance(db, found)
  return {
    ...{ key, what: effect.kind, to: await nameOf(db, to), state, attempts, made, due, doubt },
    ...(title ? { title } : {}),
    ...(settled ? { settled } : {}),
    ...(expires ? { expires } : {}),
    ...(quiet ? { quiet } : {}),
    ...(trouble ? { trouble } : {}),
    ...(twice ? { twice } : {}),
    ...(since && state === 'waiting' && due <= since ? { held: true } : {}),
    ...(cannot ? { cannot } : {}),
  }
}

/** What of a delivery to a channel tells it from others of its kind. */
export const titleOf = (effect: Effect): string | undefined =>
  effect.kind === 'message' ? effect.card.title : effect.kind === 'channel' ? partInWords(effect.part) : undefined

/** Whom it goes to: a member by name, a channel of a conference by its own, any other channel by the platform's id. */
export async function nameOf(db: Read, to: Delivery['to']): Promise<string> {
  if ('channel' in to) {
    const fresh = /^new\/([^/]+)/.exec(to.channel)?.[1]
    const row = await (fresh ? findConferenceChannel(db, fresh) : conferenceChannelAt(db, to.space, to.channel))
    return `#${row && row.forum !== to.channel ? row.name : to.channel}`
  }
  return (await findMember(db, to.space, to.user))?.name ?? (to.user === 'erased' ? 'a former member' : to.user)
}

/** Why a delivery that ended is not sent again: that of a digest whose reader has its items otherwise, or wants none. */
async function hindrance(db: Read, { effect, state }: Delivery): Promise<string | undefined> {
  if (effect.kind !== 'digest' || (state !== 'dead' && state !== 'expired')) return undefined
  const subscription = await findSubscription(db, effect.subscription)
  if (!subscription) return 'This digest was stopped, so it is not sent again.'
  if (subscription.paused === 1) return 'This digest is paused: once it goes on, the items come with the next one.'
  const digest = await findDigest(db, effect.digest)
  if (!digest) return 'This digest is not kept any more; its items come with the next one.'
  return subscription.cursor === digest.since
    ? undefined
    : 'Its items came with a later digest, or are on their way with one.'
}

async function retry(ctx: Ctx, found: Delivery): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const { effect, key } = found
  if (effect.kind === 'digest') await standApart(tx, effect.subscription)
  const cannot = await hindrance(tx, found)
  if (cannot) return shown(ctx, key, cannot)
  if (!(await sendAgain(tx, key, now))) return shown(ctx, key, 'It had not failed any more, so nothing was changed.')
  if (effect.kind === 'digest') {
    const digest = (await findDigest(tx, effect.digest))!
    await changeSubscription(tx, effect.subscription, { cursor: digest.upto })
  }
  await note(ctx, 'delivery.retried', found, now, actor.space)
  return shown(ctx, key, 'It is sent again now.')
}

async function drop(ctx: Ctx, found: Delivery): Promise<FormReply> {
  const { tx, now, actor } = ctx
  if (!(await dropDelivery(tx, found.key, now)))
    return shown(ctx, found.key, 'It had gone out, so nothing was changed.')
  await note(ctx, 'delivery.dropped', found, now, actor.space)
  return shown(ctx, found.key, 'It was dropped.')
}

/** The audit tells what kind it was, never whose. */
async function note(ctx: Ctx, what: string, { effect }: Delivery, at: Instant, space: string): Promise<void> {
  await audit(ctx.tx, { at, space, actor: (await memberOf(ctx)).id, what, detail: effect.kind })
}
