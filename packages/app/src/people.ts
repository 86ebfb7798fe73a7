import {
  type Actor,
  homeCard,
  nextDigest,
  pathOf,
  type Reply,
  tracksCard,
  unknownNameCard,
  type Visitor,
} from '@cme-commons/core'
import {
  changeMember,
  findSpace,
  type MemberTable,
  makeMember,
  progressOfMember,
  subscriptionAt,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { findNamed } from './names.ts'
import { subscriptionOf } from './rows.ts'

/** The member who acts, made on first sight with what her platform told about her. */
export async function memberOf({ tx, now, actor }: Ctx): Promise<MemberTable> {
  const member = await makeMember(tx, actor.space, actor.user, {
    name: actor.name ?? null,
    track: null,
    region: null,
    zone: actor.zone ?? null,
    made_at: now,
  })
  const changed = {
    ...(actor.name && actor.name !== member.name ? { name: actor.name } : {}),
    ...(actor.zone && !member.zone ? { zone: actor.zone } : {}),
  }
  if (Object.keys(changed).length > 0) await changeMember(tx, member.id, changed)
  return { ...member, ...changed }
}

/** The zone that times are told in: the member's own, else the space's. */
export async function zoneOf({ tx, actor }: Ctx, member: MemberTable): Promise<string> {
  return member.zone ?? (await findSpace(tx, actor.space))?.zone ?? 'UTC'
}

export const userAddress = (actor: Actor): string => `user:${actor.user}`

/** What this person can do next. */
export async function home(ctx: Ctx): Promise<Reply> {
  return { say: homeCard(await visitor(ctx), ctx.content), private: true }
}

export async function tracks(ctx: Ctx): Promise<Reply> {
  return { say: tracksCard(await visitor(ctx), ctx.content), private: true }
}

/** Chooses a track by id or name. A digest she set up stays as it is. */
export async function chooseTrack(ctx: Ctx, said: string): Promise<Reply> {
  const track = findNamed(ctx.content.tracks, said)
  if (!track) return { refuse: 'unknown-name', say: unknownNameCard(said, 'track', { do: 'tracks' }) }
  await changeMember(ctx.tx, (await memberOf(ctx)).id, { track: track.id })
  return { ...(await home(ctx)), update: true } as Reply
}

export async function chooseRegion(ctx: Ctx, said: string): Promise<Reply> {
  const region = findNamed(ctx.content.regions, said)
  if (!region) return { refuse: 'unknown-name', say: unknownNameCard(said, 'region', { do: 'tracks' }) }
  await changeMember(ctx.tx, (await memberOf(ctx)).id, { region: region.id })
  return { ...(await home(ctx)), update: true } as Reply
}

async function visitor(ctx: Ctx): Promise<Visitor> {
  const member = await memberOf(ctx)
  const row = await subscriptionAt(ctx.tx, ctx.actor.space, userAddress(ctx.actor))
  const own = row && subscriptionOf(row)
  return {
    name: member.name ?? undefined,
    track: member.track ?? undefined,
    region: member.region ?? undefined,
    subscribed: own !== undefined,
    next: own && !own.paused ? nextDigest(own) : undefined,
    ...(await pathOfVisitor(ctx, member)),
  }
}

async function pathOfVisitor({ tx, content }: Ctx, { id, track }: MemberTable): Promise<Pick<Visitor, 'path'>> {
  const { started, steps } = await progressOfMember(tx, id)
  if (!started) return {}
  const records = steps.map(({ step, begun_at, done_at }) => ({ step, begun: begun_at, done: done_at ?? undefined }))
  const { parts, next } = pathOf(content.onboarding, track ?? undefined, records)
  const sum = (of: 'done' | 'total') => parts.reduce((all, part) => all + part[of], 0)
  return { path: { done: sum('done'), total: sum('total'), next: next?.name } }
}
