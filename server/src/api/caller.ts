import { SCOPES, type Scope } from '@cme-commons/core'
import { inTx, noteUse, noteworthy, type TokenTable, tokenByHash, userIn } from '@cme-commons/db'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { hashOfSecret } from '../secrets.ts'
import type { ApiHouse } from './house.ts'

/** Who asks: the space and, if it is somebody's own, the member of her token, with everything that its scopes open. */
export type Caller = { space: string; member: string | undefined; token: TokenTable; may(scope: Scope): boolean }

/** What every answer to a caller carries: nobody keeps it, and another caller gets another. */
export const privateHeaders = { 'Cache-Control': 'private, no-store', Vary: 'Authorization, Accept' } as const

/** The caller of a request, or the 401 that says what is wrong with its token. */
export async function callerOf(
  c: Context,
  house: Pick<ApiHouse, 'db' | 'now' | 'log' | 'gate'>,
): Promise<Caller | Response> {
  const known = await tokenOf(c, house)
  // Who has no token that holds is counted by the address, or trying out tokens would cost nothing.
  const beyond = house.gate?.count(c, 'wrong' in known ? undefined : known.token.id)
  if (beyond) return beyond
  if ('wrong' in known) return unauthorized(c, known.wrong, known.sent)
  const { token } = known
  const now = house.now()
  if (noteworthy(token, now)) await note(house, token, now)
  const scopes = SCOPES.filter((scope) => token.scopes.split(',').includes(scope))
  return {
    space: token.space,
    member: token.member ?? undefined,
    token,
    // Each scope opens what those before it open.
    may: (scope) => scopes.some((one) => SCOPES.indexOf(one) >= SCOPES.indexOf(scope)),
  }
}

/** The token of a request, if it holds; else what is wrong, and whether one was `sent` at all. */
async function tokenOf(
  c: Context,
  { db, now }: Pick<ApiHouse, 'db' | 'now'>,
): Promise<{ token: TokenTable } | { wrong: string; sent: boolean }> {
  const said = c.req.header('authorization')
  if (said === undefined)
    return {
      wrong:
        'This needs a token: send it as `Authorization: Bearer cme_…`. Your operator makes one with `cme token add`.',
      sent: false,
    }
  const [, secret] = /^bearer +(cme_[\w-]{43})$/i.exec(said.trim()) ?? []
  const token = secret && (await tokenByHash(db.read, hashOfSecret(secret)))
  if (!token) return { wrong: 'This token is not known here: send it whole, as `Bearer cme_…`.', sent: true }
  if (token.revoked_at !== null) return { wrong: 'This token was ended: ask your operator for another.', sent: true }
  if (token.expires_at <= now()) return { wrong: 'This token has expired: ask your operator for another.', sent: true }
  return { token }
}

/** A use that cannot be noted (a full disk) is no reason to refuse an answer. */
async function note({ db, log }: Pick<ApiHouse, 'db' | 'log'>, { id }: TokenTable, now: string) {
  await inTx(db, (tx) => noteUse(tx, id, now)).catch((error) =>
    log.error({ err: error, token: id }, 'the use of a token could not be noted'),
  )
}

/** `wrong` when a token came that is none: RFC 6750 tells that apart from none at all. */
function unauthorized(c: Context, detail: string, wrong = false): Response {
  const challenge = `Bearer realm="cme-commons"${wrong ? ', error="invalid_token"' : ''}`
  return problem(c, 401, detail, { headers: { 'WWW-Authenticate': challenge } })
}

/** What one is told whose token lacks a scope. */
export const beyondScopeDetail = (scope: Scope): string =>
  `This needs a token with the scope ${scope}: ask your operator for one.`

/** The 403 for a token that is good, but not for this. */
export const beyondScope = (c: Context, scope: Scope): Response =>
  problem(c, 403, beyondScopeDetail(scope), {
    headers: { 'WWW-Authenticate': `Bearer realm="cme-commons", error="insufficient_scope", scope="${scope}"` },
  })

/**
 * What of a member a caller may see: all that is her own, or as a moderator what she did in the caller's space (`within`); nothing of
 * anybody else.
 */
export async function viewOf(
  { db }: Pick<ApiHouse, 'db'>,
  caller: Caller,
  member: string,
): Promise<{ within?: string } | undefined> {
  if (caller.member === member) return {}
  if (!caller.may('moderate')) return undefined
  return (await userIn(db.read, caller.space, member)) !== undefined ? { within: caller.space } : undefined
}
