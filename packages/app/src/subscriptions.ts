import {
  DAY,
  dayIn,
  type Filter,
  type Instant,
  plus,
  type Schedule,
  type Subscription,
  slotAfter,
} from '@cme-commons/core'
import {
  addSubscription,
  changeSubscription,
  dropSubscription,
  findMember,
  findSpace,
  findSubscription,
  homeOf,
  newestSeq,
  noteDeed,
  putAudience,
  standApart,
  subscriptionAt,
  type Tx,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { hashOf } from './digest-maker.ts'
import { laneOf } from './lanes.ts'
import { memberOf, ownSubscription, zoneOf } from './people.ts'
import { subscriptionOf } from './rows.ts'

export type Found = { found: Subscription } | { missing: 'gone' | 'moderators-only' | 'none' }

/** The subscription an action means: the one it names, if it is the actor's to change, else her own. */
export async function theirs({ tx, actor }: Ctx, id?: string): Promise<Found> {
  const row = id ? await findSubscription(tx, id) : await ownSubscription(tx, actor)
  if (!row) return { missing: id ? 'gone' : 'none' }
  const found = subscriptionOf(row)
  if ('channel' in found.to) {
    if (row.space !== actor.space) return { missing: 'gone' }
    return actor.moderator ? { found } : { missing: 'moderators-only' }
  }
  const here = row.space === actor.space && found.to.user === actor.user
  if (id && !here && (row.member ?? '') !== (await findMember(tx, actor.space, actor.user))?.id)
    return { missing: 'gone' }
  // Who has several sides has one digest, whichever of them an old button speaks of.
  const own = id ? await ownSubscription(tx, actor) : row
  return own ? { found: subscriptionOf(own) } : { missing: 'none' }
}

/** A subscription that was asked for; `fresh` when it was not there before. */
export type Started = { subscription: Subscription; fresh: boolean }

/** A member's first order: Mondays at eight in her own zone, her track, her region and what concerns everyone. */
export async function startOwn(ctx: Ctx): Promise<Started> {
  const member = await memberOf(ctx)
  const filter = startFilter(member.track ? [member.track] : [], member.region)
  await noteDeed(ctx.tx, member.id, ctx.now)
  const home = await homeOf(ctx.tx, { space: ctx.actor.space, user: ctx.actor.user })
  const at = { space: home.space, address: `user:${home.user}` }
  return start(ctx, at, filter, startSchedule(await zoneOf(ctx, member)), member.id)
}

/** A channel's first order: everything, on Mondays at eight in the zone of its space; in the moderator's where nobody set one. */
export async function startHere(ctx: Ctx, channel: string): Promise<Started> {
  const set = (await findSpace(ctx.tx, ctx.actor.space))?.zone ?? 'UTC'
  const zone = set === 'UTC' ? await zoneOf(ctx, await memberOf(ctx)) : set
  const at = { space: ctx.actor.space, address: `channel:${channel}` }
  return start(ctx, at, startFilter([], null), startSchedule(zone), null)
}

const startFilter = (tracks: string[], region: string | null): Filter => ({
  bodies: [],
  topics: [],
  regions: region && region !== 'intl' ? [region, 'intl'] : [],
  tracks,
  muted: [],
  max: 8,
})
const startSchedule = (zone: string): Schedule => ({ cadence: 'weekly', day: 1, at: '08:00', zone })

async function start(
  ctx: Ctx,
  at: { space: string; address: string },
  filter: Filter,
  schedule: Schedule,
  member: string | null,
): Promise<Started> {
  const { tx, now } = ctx
  const { address } = at
  const existing = await subscriptionAt(tx, at.space, address)
  if (existing) return { subscription: subscriptionOf(existing), fresh: false }
  const space = await findSpace(tx, at.space)
  if (!space || space.left_at !== null)
    throw new Error(`The space ${at.space} is not known; the platform's set-up registers it first`)
  const audience = await joinAudience(tx, space.id, filter, schedule, now)
  const row = {
    space: space.id,
    lane: laneOf(space),
    address,
    member,
    audience,
    cursor: await newestSeq(tx),
    paused: 0,
    snoozed_until: null,
    quiet: quietOf(schedule),
    even_empty: 0,
    made_at: now,
  }
  await addSubscription(tx, row)
  return { subscription: subscriptionOf((await subscriptionAt(tx, at.space, address))!), fresh: true }
}

/** Joins those who get the same at the same time in a space; answers which audience that is. */
export async function joinAudience(
  tx: Tx,
  space: string,
  filter: Filter,
  schedule: Schedule,
  now: Instant,
): Promise<string> {
  const id = `a${hashOf(JSON.stringify([space, filter, schedule]))}`
  await putAudience(tx, {
    id,
    space,
    filter: JSON.stringify(filter),
    schedule: JSON.stringify(schedule),
    next_at: slotAfter(schedule, now),
    cursor: await newestSeq(tx),
  })
  return id
}

/** Quiet hours as subscriptions and deliveries carry them. */
export const quietOf = ({ quiet, zone }: Schedule): string | null =>
  quiet ? `${quiet.from}-${quiet.to} ${zone}` : null

const reread = async (tx: Tx, id: string): Promise<Subscription> => subscriptionOf((await findSubscription(tx, id))!)

/** Changes what comes or when. What was told already stays told. */
export async function reorder(
  { tx, now }: Ctx,
  subscription: Subscription,
  change: { filter?: Filter; schedule?: Schedule },
): Promise<Subscription> {
  const { id, space, filter, schedule } = { ...subscription, ...change }
  await standApart(tx, id)
  const audience = await joinAudience(tx, space, filter, schedule, now)
  await changeSubscription(tx, id, { audience, quiet: quietOf(schedule) })
  return reread(tx, id)
}

export async function snooze({ tx }: Ctx, { id }: Subscription, until: Instant): Promise<Subscription> {
  await standApart(tx, id)
  await changeSubscription(tx, id, { snoozed_until: until, paused: 0 })
  return reread(tx, id)
}

export async function pause({ tx }: Ctx, { id }: Subscription, paused: boolean): Promise<Subscription> {
  await standApart(tx, id)
  await changeSubscription(tx, id, { paused: paused ? 1 : 0, snoozed_until: null })
  return reread(tx, id)
}

/** Whether a digest says so when there is nothing in it. */
export async function sayEmpty({ tx }: Ctx, { id }: Subscription, say: boolean): Promise<Subscription> {
  await changeSubscription(tx, id, { even_empty: say ? 1 : 0 })
  return reread(tx, id)
}

export const stop = ({ tx }: Ctx, subscription: Subscription): Promise<void> => dropSubscription(tx, subscription.id)

/** `14`, `14d`, `2w` or `2027-01-10` as the start of the day on which a snooze ends, at most a year away; nothing for what is none of these. */
export function snoozeEnd(
  said: string,
  now: Instant,
  zone: string,
  midnight: (day: string, zone: string) => Instant,
): Instant | undefined {
  const [, count, unit] = /^(\d{1,3})\s*(d|days?|w|weeks?)?$/i.exec(said.trim()) ?? []
  const until = count
    ? midnight(dayIn(plus(now, Number(count) * (unit?.toLowerCase().startsWith('w') ? 7 : 1) * DAY), zone), zone)
    : /^\d{4}-\d{2}-\d{2}$/.test(said.trim()) && !Number.isNaN(Date.parse(said.trim()))
      ? midnight(said.trim(), zone)
      : undefined
  return until && until > now && until <= plus(now, 366 * DAY) ? until : undefined
}
