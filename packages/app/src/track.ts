import { type Effect, type Reply, trackChosenCard, unknownNameCard } from '@cme-commons/core'
import {
  changeMember,
  findSpace,
  identitiesOf,
  lastUnder,
  nextValues,
  noteDeed,
  post,
  type SpaceTable,
  settingsOf,
  withdraw,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { laneOf } from './lanes.ts'
import { findNamed } from './names.ts'
import { home, memberOf, ownSubscription } from './people.ts'
import { subscriptionOf } from './rows.ts'

/**
 * Chooses a track by id or name, and shows what follows: the channel and the role that moderators tied to it, and her digest, which
 * stays as it is until she says otherwise.
 */
export async function chooseTrack(ctx: Ctx, said: string): Promise<Reply> {
  const track = findNamed(ctx.content.tracks, said)
  if (!track) return { refuse: 'unknown-name', say: unknownNameCard(said, 'track', { do: 'tracks' }) }
  const { id, track: before } = await memberOf(ctx)
  await changeMember(ctx.tx, id, { track: track.id })
  await noteDeed(ctx.tx, id, ctx.now)
  const space = await findSpace(ctx.tx, ctx.actor.space)
  const { trackChannels, trackRoles } = await settingsOf(ctx.tx, ctx.actor.space)
  const role = space?.platform === 'discord' ? trackRoles[track.id] : undefined
  await moveTrackRoles(ctx, id, track.id, before)
  const reply = await home(ctx)
  if (!('say' in reply)) return reply
  const chosen = {
    track: track.id,
    channel: trackChannels[track.id],
    role,
    digest: await digestElsewhere(ctx, track.id),
  }
  return { say: trackChosenCard(reply.say, chosen, ctx.content), private: true, update: true }
}

/** Gives a member the role of a track, and takes that of the one before, wherever on Discord she is. */
export async function moveTrackRoles(
  ctx: Ctx,
  member: string,
  track: string | null,
  before: string | null,
): Promise<void> {
  for (const { space: id, user, platform } of await identitiesOf(ctx.tx, member)) {
    const space = platform === 'discord' ? await findSpace(ctx.tx, id) : undefined
    if (!space || space.left_at !== null) continue
    const { trackRoles } = await settingsOf(ctx.tx, id)
    const roleOf = (track: string | null) => (track === null ? undefined : trackRoles[track])
    await moveRole(ctx, { space, user }, roleOf(track), roleOf(before))
  }
}

/** Her own digest, when it brings other tracks than this one. */
async function digestElsewhere({ tx, actor }: Ctx, track: string) {
  const row = await ownSubscription(tx, actor)
  const own = row && subscriptionOf(row)
  const { tracks = [] } = own?.filter ?? {}
  return own && tracks.length > 0 && !tracks.includes(track) ? { id: own.id, tracks } : undefined
}

/**
 * Promises the role of her track, and that she loses the one she had from us. What still waits of an earlier choice is taken back; the
 * same choice again promises nothing more.
 */
async function moveRole(
  { tx, now }: Ctx,
  { space, user }: { space: SpaceTable; user: string },
  give?: string,
  before?: string,
): Promise<void> {
  const prefix = `track-role/${space.id}/${user}/`
  const last = await lastUnder(tx, prefix)
  const had = last?.effect.kind === 'role' ? last.effect.role : undefined
  const stands = last !== undefined && ['waiting', 'sending', 'done'].includes(last.state)
  if (stands && had?.give === give) return
  const undone = last?.state === 'done' ? [] : (had?.take ?? [])
  const take = [...new Set([before, had?.give, ...undone])].filter((role) => role !== undefined && role !== give)
  if (!give && take.length === 0) return
  await withdraw(tx, prefix, now)
  const key = prefix + String(await nextValues(tx, 'track-roles')).padStart(10, '0')
  const effect: Effect = { kind: 'role', role: { ...(give ? { give } : {}), take: take as string[] } }
  await post(tx, now, [{ key, lane: laneOf(space), to: { space: space.id, user }, effect, due: now }])
}
