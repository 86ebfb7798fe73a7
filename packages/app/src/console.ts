import {
  CONSOLE_IDLE,
  CONSOLE_SECRET,
  type ConsoleAction,
  consoleCard,
  consoleEndedCard,
  consoleNeedsHttpsCard,
  type FormReply,
  LINK_OPENS,
  plus,
  type SignedIn,
} from '@cme-commons/core'
import { audit, consoleSessionsOf, endConsole, findMember, putConsoleLink, type Read, rolesOf } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'
import { newSecret } from './secret.ts'

/** Answers a moderator, in private: a link is a secret. */
export async function consoleReply(ctx: Ctx, action: ConsoleAction): Promise<FormReply> {
  if (action.do === 'console.end') return signOut(ctx, action.session)
  if (!ctx.actor.moderator) return consoleModeratorsOnly
  return { say: await linkCard(ctx), private: true }
}

/** Plain http is for this machine alone. */
const isSafe = (site: string): boolean =>
  site === '' || /^https:\/\//.test(site) || /^http:\/\/(localhost|\[::1\]|127(\.\d+){3})(:\d+)?(\/|$)/.test(site)

async function linkCard(ctx: Ctx) {
  const { tx, now, actor, site = '' } = ctx
  if (!isSafe(site)) return consoleNeedsHttpsCard
  await memberOf(ctx)
  return consoleCard(await consoleAddress(ctx, actor, !actor.appointed), await signedIn(tx, actor, now))
}

/** Makes a link with which a person signs in, once, and answers its address; `platform` when she moderates by what her platform says. */
export async function consoleAddress(
  { tx, now, site = '', random }: Pick<Ctx, 'tx' | 'now' | 'site' | 'random'>,
  { space, user }: { space: string; user: string },
  platform: boolean,
): Promise<string> {
  const { secret, hash } = newSecret({ random }, CONSOLE_SECRET)
  const times = { made_at: now, expires_at: plus(now, LINK_OPENS) }
  await putConsoleLink(tx, { hash, space, user_id: user, platform: platform ? 1 : 0, ...times })
  return `${site}/console/in?key=${secret}`
}

/** Where a person is signed in at `now`, the last used first. */
export async function signedIn(db: Read, person: { space: string; user: string }, now: string): Promise<SignedIn[]> {
  const rows = await consoleSessionsOf(db, person, { now, idle: plus(now, -CONSOLE_IDLE) })
  return rows.map(({ id, made_at, seen_at, browser }) => ({ id, since: made_at, seen: seen_at, browser }))
}

async function signOut(ctx: Ctx, session?: string): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const ended = await endConsole(tx, actor, session)
  const { id } = await memberOf(ctx)
  if (ended > 0) await audit(tx, { at: now, space: actor.space, actor: id, what: 'console.out', detail: `${ended}` })
  return { say: consoleEndedCard(ended, session !== undefined), private: true, update: true }
}

/**
 * Whether a person may use the console of a space right now: known there, and a moderator by a role that is kept here, or (`platform`) by
 * what her platform said when she asked for her link.
 */
export async function mayModerate(
  db: Read,
  { space, user }: { space: string; user: string },
  platform: boolean,
): Promise<boolean> {
  const member = await findMember(db, space, user)
  if (!member) return false
  return platform || (await rolesOf(db, space, member.id)).includes('moderator')
}

const consoleModeratorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'The console is for moderators',
    blocks: [
      {
        kind: 'text',
        text: ['It shows how this community is served. What is yours is in this chat, and a press away.'],
      },
    ],
    buttons: [{ label: 'What can I do next?', style: 'primary', act: { do: 'home' } }],
  },
}
