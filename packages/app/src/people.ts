import {
  type Actor,
  homeCard,
  nextDigest,
  type Path,
  pathOf,
  type Reply,
  tracksCard,
  unknownNameCard,
  type Visitor,
} from '@cme-commons/core'
import {
  changeMember,
  findMember,
  findSpace,
  homeOf,
  type MemberTable,
  type Met,
  makeMember,
  markFinished,
  meet,
  type ProgressRows,
  progressOfMember,
  type Read,
  type SubscriptionRow,
  setClock,
  subscriptionAt,
  type Tx,
} from '@cme-commons/db'
import { ownDates } from './conferences/own-dates.ts'
import type { Ctx } from './ctx.ts'
import { findNamed } from './names.ts'
import { subscriptionOf } from './rows.ts'

/** The member who acts, made on first sight with what her platform told about her. */
export async function memberOf(ctx: Ctx): Promise<MemberTable> {
  const { tx, now, actor } = ctx
  const found = await findMember(tx, actor.space, actor.user)
  const fresh = { name: actor.name ?? null, track: null, region: null, zone: actor.zone ?? null, made_at: now }
  const member = found ?? (await makeMember(tx, actor.space, actor.user, fresh))
  // Whoever runs the place is no newcomer to it.
  if (!found && !actor.moderator) await meet(tx, metOf(ctx, member), now)
  const { name } = actor
  const renamed = name && name !== member.name && (member.name === null || (await isHome(tx, actor)))
  const changed = {
    ...(renamed ? { name } : {}),
    ...(actor.zone && !member.zone ? { zone: actor.zone } : {}),
  }
  if (Object.keys(changed).length > 0) await changeMember(tx, member.id, changed)
  if (changed.zone) await setClock(tx, member.id, changed.zone)
  return { ...member, ...changed }
}

/** Who has several sides is known by the name she has where she is written to. */
async function isHome(tx: Tx, { space, user }: Actor): Promise<boolean> {
  const home = await homeOf(tx, { space, user })
  return home.space === space && home.user === user
}

/** The member as she is met here. */
export const metOf = ({ actor: { space, user } }: Ctx, { id, zone }: MemberTable): Met => ({
  member: id,
  space,
  user,
  zone,
})

/** The zone that times are told in: the member's own, else the space's. */
export async function zoneOf({ tx, actor }: Ctx, member: MemberTable): Promise<string> {
  return member.zone ?? (await findSpace(tx, actor.space))?.zone ?? 'UTC'
}

export const userAddress = (actor: Actor): string => `user:${actor.user}`

/** The digest of who acts: of all her sides, the one that she chose to be written to. */
export async function ownSubscription(tx: Read, { space, user }: Actor): Promise<SubscriptionRow | undefined> {
  const home = await homeOf(tx, { space, user })
  return subscriptionAt(tx, home.space, `user:${home.user}`)
}

/** So many of her dates stand on the first card. */
const HOME_DATES = 3

/** What this person can do next. */
export async function home(ctx: Ctx): Promise<Reply> {
  const who = await visitor(ctx)
  // This card is the welcome then, and no other is sent.
  if (!who.track && !who.subscribed && !ctx.actor.moderator)
    await meet(ctx.tx, metOf(ctx, await memberOf(ctx)), ctx.now, true)
  return { say: homeCard(who, ctx.content), private: true }
}

export async function tracks(ctx: Ctx): Promise<Reply> {
  return { say: tracksCard(await visitor(ctx), ctx.content), private: true }
}

export async function chooseRegion(ctx: Ctx, said: string): Promise<Reply> {
  const region = findNamed(ctx.content.regions, said)
  if (!region) return { refuse: 'unknown-name', say: unknownNameCard(said, 'region', { do: 'tracks' }) }
  await changeMember(ctx.tx, (await memberOf(ctx)).id, { region: region.id })
  return { ...(await home(ctx)), update: true } as Reply
}

async function visitor(ctx: Ctx): Promise<Visitor> {
  const member = await memberOf(ctx)
  const row = await ownSubscription(ctx.tx, ctx.actor)
  const own = row && subscriptionOf(row)
  return {
    name: member.name ?? undefined,
    track: member.track ?? undefined,
    region: member.region ?? undefined,
    subscribed: own !== undefined,
    ...(ctx.actor.moderator ? { moderator: true } : {}),
    next: own && !own.paused ? nextDigest(own) : undefined,
    ...(await pathOfVisitor(ctx, member)),
    dates: await ownDates(ctx, HOME_DATES),
    zone: await zoneOf(ctx, member),
    now: ctx.now,
  }
}

/** Keeps since when nothing of her pathway is left; choosing another track may open it again. */
export async function keepFinished(ctx: Ctx, member: string, rows: ProgressRows, { next }: Path): Promise<void> {
  const finished = rows.started !== undefined && next === undefined
  if (finished !== (rows.finished !== undefined)) await markFinished(ctx.tx, member, finished, ctx.now)
}

async function pathOfVisitor(ctx: Ctx, { id, track }: MemberTable): Promise<Pick<Visitor, 'path'>> {
  const rows = await progressOfMember(ctx.tx, id)
  if (!rows.started) return {}
  const records = rows.steps.map(({ step, begun_at, done_at }) => ({
    step,
    begun: begun_at,
    done: done_at ?? undefined,
  }))
  const path = pathOf(ctx.content.onboarding, track ?? undefined, records)
  await keepFinished(ctx, id, rows, path)
  const { parts, next } = path
  const sum = (of: 'done' | 'total') => parts.reduce((all, part) => all + part[of], 0)
  return { path: { done: sum('done'), total: sum('total'), next: next?.name } }
}
