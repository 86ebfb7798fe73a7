import { mayModerate } from '@cme-commons/app'
import { type Actor, CONSOLE_IDLE, CONSOLE_LASTS, type Instant, MINUTE, plus } from '@cme-commons/core'
import {
  addConsoleSession,
  audit,
  type ConsoleSessionTable,
  changeConsoleSession,
  consoleSession,
  endConsole,
  findMember,
  findSpace,
  inTx,
  type MemberTable,
  type SpaceTable,
  spendConsoleLink,
} from '@cme-commons/db'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { hashOfSecret, newKey } from '../secrets.ts'
import type { ConsoleHouse } from './house.ts'

/** A moderator at her console: who she is, where, and the secret that her forms carry. Times are told in `zone`. */
export type Visitor = {
  session: ConsoleSessionTable
  member: MemberTable
  space: SpaceTable
  actor: Actor
  zone: string
}

/** A secret is exchanged for a new one after so long, and the one before holds so much longer for what is on its way. */
const TURNS = 15 * MINUTE
const GRACE = MINUTE

const isSecure = (site: string): boolean => site.startsWith('https://')
const nameOf = (site: string): string => `${isSecure(site) ? '__Host-' : ''}cme-console`

export function giveCookie(c: Context, { site }: ConsoleHouse, secret: string): void {
  const maxAge = secret === '' ? 0 : CONSOLE_LASTS / 1000
  setCookie(c, nameOf(site), secret, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(site), maxAge })
}

const secretOf = (c: Context, { site }: ConsoleHouse): string | undefined => {
  const given = getCookie(c, nameOf(site))
  return given && /^[\w-]{43}$/.test(given) ? given : undefined
}

/** Spends a link and signs its person in with a secret that was never seen before; nothing when it opens nothing (any more). */
export async function signIn(c: Context, house: ConsoleHouse, key: string): Promise<boolean> {
  const now = house.real()
  const secret = newKey()
  const old = await found(c, house)
  const done = await inTx(house.db, async (tx) => {
    const link = await spendConsoleLink(tx, hashOfSecret(key), house.now())
    if (!link) return false
    const person = { space: link.space, user: link.user_id }
    const member = await findMember(tx, person.space, person.user)
    if (!member || !(await mayModerate(tx, person, link.platform === 1))) return false
    if (old) await endConsole(tx, { space: old.space, user: old.user_id }, old.id)
    await addConsoleSession(tx, {
      ...{ hash: hashOfSecret(secret), csrf: newKey(), browser: browserOf(c.req.header('user-agent')) },
      ...{ space: link.space, user_id: link.user_id, platform: link.platform },
      ...{ made_at: now, seen_at: now, turned_at: now, expires_at: plus(now, CONSOLE_LASTS) },
    })
    await audit(tx, { at: house.now(), space: link.space, actor: member.id, what: 'console.in', detail: '' })
    return true
  })
  if (done) giveCookie(c, house, secret)
  return done
}

const found = async (c: Context, house: ConsoleHouse): Promise<ConsoleSessionTable | undefined> => {
  const secret = secretOf(c, house)
  return secret === undefined ? undefined : consoleSession(house.db.read, hashOfSecret(secret))
}

/** Who asks, if she is signed in and moderates at this moment. Notes the use, and exchanges the secret when it is time. */
export async function visitorOf(c: Context, house: ConsoleHouse): Promise<Visitor | undefined> {
  const session = await found(c, house)
  if (!session) return undefined
  const now = house.real()
  const person = { space: session.space, user: session.user_id }
  if (session.expires_at <= now || session.seen_at <= plus(now, -CONSOLE_IDLE)) return undefined
  const space = await findSpace(house.db.read, session.space)
  const member = await findMember(house.db.read, person.space, person.user)
  const stolen = usedTwice(session, hashOfSecret(secretOf(c, house)!), now)
  if (!space || space.left_at !== null || !member || stolen || !(await stillMay(house, session, space.platform))) {
    await inTx(house.db, (tx) => endConsole(tx, person, session.id))
    return undefined
  }
  await keepFresh(c, house, session, now)
  const actor = {
    ...person,
    ...(member.name ? { name: member.name } : {}),
    moderator: session.platform === 1,
  }
  return { session, member, space, actor, zone: member.zone ?? space.zone }
}

/** By a role that is kept here, or by her platform, which is asked where it can be. */
async function stillMay(house: ConsoleHouse, session: ConsoleSessionTable, platform: string): Promise<boolean> {
  const person = { space: session.space, user: session.user_id }
  if (await mayModerate(house.db.read, person, false)) return true
  return session.platform === 1 && (await house.moderates(platform, person)) !== false
}

/** A secret that was exchanged, and whose follower was used, comes again: somebody else has it. */
const usedTwice = (session: ConsoleSessionTable, hash: string, now: Instant): boolean =>
  session.before === hash && session.proven === 1 && session.turned_at <= plus(now, -GRACE)

async function keepFresh(c: Context, house: ConsoleHouse, session: ConsoleSessionTable, now: Instant): Promise<void> {
  const hash = hashOfSecret(secretOf(c, house)!)
  const newer = session.hash === hash
  const stale = session.turned_at <= plus(now, -TURNS) || (!newer && session.turned_at <= plus(now, -GRACE))
  const secret = stale ? newKey() : undefined
  const change = {
    ...(session.seen_at <= plus(now, -MINUTE) ? { seen_at: now } : {}),
    ...(newer && session.before !== null && session.proven === 0 && !secret ? { proven: 1 } : {}),
    ...(secret ? { hash: hashOfSecret(secret), before: hash, proven: 0, turned_at: now, seen_at: now } : {}),
  }
  if (Object.keys(change).length === 0) return
  const changed = await inTx(house.db, (tx) => changeConsoleSession(tx, session, change))
  if (secret && changed) giveCookie(c, house, secret)
}

const BROWSERS = [
  ['Edge', /\bEdg/],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone or iPad', /\b(iPhone|iPad)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const

/** A browser in a few words, so that its owner knows it again: nothing of what it said itself. */
function browserOf(agent = ''): string {
  const named = (list: readonly (readonly [string, RegExp])[]) => list.find(([, mark]) => mark.test(agent))?.[0]
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)]
  return browser || system ? [browser ?? 'A browser', system && `on ${system}`].filter(Boolean).join(' ') : 'A browser'
}
