import {
  type Answers,
  CHANGES_ON_CARD,
  FOUND_AT_ONCE,
  type FormReply,
  findMemberForm,
  foundMembersCard,
  type GivenRole,
  goneCard,
  isRole,
  type Known,
  lastModeratorCard,
  memberRolesCard,
  type Reply,
  type Role,
  roleGivenCard,
  rolesCard,
  trackName,
} from '@cme-commons/core'
import {
  endByPlatform,
  endModeratorTokens,
  findSpace,
  giveRole,
  heldRoles,
  holdRole,
  type KnownMember,
  memberIn,
  membersNamed,
  type NamedRole,
  post,
  roleHistory,
  rolesOf,
  takeRole,
  userIn,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { laneOf } from './lanes.ts'
import { memberOf } from './people.ts'

/** The same press by who has the roles that are kept here, besides those that her platform knows of. */
export async function withRoles(ctx: Ctx): Promise<Ctx> {
  const { id } = await memberOf(ctx)
  const kept = await rolesOf(ctx.tx, ctx.actor.space, id)
  // In a channel every platform tells who moderates; in private not all do.
  if (!ctx.actor.moderator && ctx.actor.channel !== undefined) await endByPlatform(ctx.tx, ctx.actor)
  if (kept.length === 0) return ctx
  const { moderator = false, mentor = false } = ctx.actor
  const appointed = !moderator && kept.includes('moderator')
  return {
    ...ctx,
    actor: { ...ctx.actor, moderator: moderator || appointed, mentor: mentor || kept.includes('mentor'), appointed },
  }
}

const givenOf = ({ member, name, role, giver, at, taker, taken_at }: NamedRole): GivenRole => ({
  member,
  role,
  at,
  ...(name ? { name } : {}),
  ...(giver ? { by: giver } : {}),
  ...(taken_at ? { taken: { at: taken_at, ...(taker ? { by: taker } : {}) } } : {}),
})

/** Who has which role in the space, and what changed last. */
export async function showRoles({ tx, actor }: Ctx, from = 0): Promise<Reply> {
  const changes = await roleHistory(tx, actor.space, from, CHANGES_ON_CARD + 1)
  const more = changes.length > CHANGES_ON_CARD
  const held = (await heldRoles(tx, actor.space)).map(givenOf)
  const shown = changes.slice(0, CHANGES_ON_CARD).map(givenOf)
  return { say: rolesCard(held, shown, { from, more }), private: true }
}

/** Asks for a name, or finds the members that one speaks of: a part of it, or a mention as the chat writes it. */
export async function findMembers(ctx: Ctx, said?: string): Promise<Reply> {
  return said === undefined ? { ask: findMemberForm() } : found(ctx, said)
}

export const submitFind = (ctx: Ctx, answers: Answers): Promise<FormReply> =>
  found(ctx, typeof answers.name === 'string' ? answers.name : '')

async function found(ctx: Ctx, typed: string): Promise<FormReply> {
  const said = typed.trim()
  const [, mentioned] = /^<@!?([\w-]+)(?:\|[^>]*)?>$/.exec(said) ?? []
  const name = said.replace(/^@/, '')
  const rows = name === '' ? [] : await membersNamed(ctx.tx, ctx.actor.space, mentioned ?? name, FOUND_AT_ONCE + 1)
  const [only, other] = rows
  if (only && !other) return one(ctx, only)
  const shown = rows.slice(0, FOUND_AT_ONCE).map((row) => knownOf(ctx, row))
  return { say: foundMembersCard(said, shown, rows.length > FOUND_AT_ONCE), private: true }
}

const knownOf = ({ content }: Ctx, { id, name, track, made_at }: KnownMember): Known => ({
  member: id,
  seen: made_at,
  ...(name ? { name } : {}),
  ...(track ? { track: trackName(content, track) } : {}),
})

async function one(ctx: Ctx, row: KnownMember, said?: string): Promise<FormReply> {
  const held = (await heldRoles(ctx.tx, ctx.actor.space, row.id)).map(givenOf)
  return { say: memberRolesCard(knownOf(ctx, row), held, said), private: true, ...(said ? { update: true } : {}) }
}

const gone: FormReply = { refuse: 'gone', say: goneCard('There is no such member in this community.') }

export async function showMember(ctx: Ctx, id: string): Promise<Reply> {
  const row = await memberIn(ctx.tx, ctx.actor.space, id)
  return row ? one(ctx, row) : gone
}

/** Gives a role to a member of this space and tells her. Twice is once. */
export async function give(ctx: Ctx, id: string, role: string): Promise<Reply> {
  const row = await memberIn(ctx.tx, ctx.actor.space, id)
  if (!row || !isRole(role)) return gone
  const by = await memberOf(ctx)
  const given = await giveRole(ctx.tx, { space: ctx.actor.space, member: id, role, by: by.id }, ctx.now)
  if (!given) return one(ctx, row, `She is a ${role} already.`)
  await tellHer(ctx, id, role, given.id)
  return one(ctx, row, `She is a ${role} now, and is told so.`)
}

/** Takes a role away. The last one whom this product keeps as moderator stays, unless who takes it is one by her platform. */
export async function take(ctx: Ctx, id: string, role: string): Promise<Reply> {
  const row = await memberIn(ctx.tx, ctx.actor.space, id)
  if (!row || !isRole(role)) return gone
  const holders = await holdRole(ctx.tx, ctx.actor.space, role)
  if (role === 'moderator' && ctx.actor.appointed && holders.length === 1 && holders[0] === id)
    return { refuse: 'last-moderator', say: lastModeratorCard() }
  const by = await memberOf(ctx)
  if (!(await takeRole(ctx.tx, { space: ctx.actor.space, member: id, role, by: by.id }, ctx.now)))
    return one(ctx, row, `She was no ${role} any more.`)
  const ended = role === 'moderator' ? await endModeratorTokens(ctx.tx, ctx.actor.space, id, ctx.now) : 0
  if (ended > 0) return one(ctx, row, `She is no ${role} any more, and the tokens that opened more than her own ended.`)
  return one(ctx, row, `She is no ${role} any more.`)
}

async function tellHer({ tx, actor, now }: Ctx, member: string, role: Role, id: string): Promise<void> {
  const space = await findSpace(tx, actor.space)
  const user = await userIn(tx, actor.space, member)
  if (!space || !user) return
  const effect = { kind: 'message' as const, card: roleGivenCard(role, space.name) }
  const to = { space: space.id, user }
  await post(tx, now, [{ key: `role/${id}`, lane: laneOf(space), to, effect, due: now }])
}
