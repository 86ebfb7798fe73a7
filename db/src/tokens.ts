import { type Instant, MINUTE, plus } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { TokenTable } from './tables/access.ts'
import type { Read, Tx } from './tx.ts'

export async function addToken(tx: Tx, token: Omit<TokenTable, 'id' | 'used_at' | 'revoked_at'>): Promise<TokenTable> {
  return tx
    .insertInto('tokens')
    .values({ id: `tok${await nextValues(tx, 'tokens')}`, ...token, used_at: null, revoked_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The token with this hash, whatever its state. The index compares hashes, never secrets, so that time tells nothing of them. */
export const tokenByHash = (read: Read, hash: string): Promise<TokenTable | undefined> =>
  read.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()

/** All tokens, or those of a space, the latest first; `user` is what the platform calls the member. */
export function listTokens(read: Read, space?: string): Promise<(TokenTable & { user: string | null })[]> {
  let query = read
    .selectFrom('tokens')
    .selectAll('tokens')
    .select((e) =>
      e
        .selectFrom('identities')
        .select((i) => i.fn.min('identities.user').as('user'))
        .whereRef('identities.member', '=', 'tokens.member')
        .whereRef('identities.space', '=', 'tokens.space')
        .as('user'),
    )
  if (space !== undefined) query = query.where('tokens.space', '=', space)
  return query.orderBy('tokens.made_at', 'desc').orderBy('tokens.id', 'desc').limit(500).execute()
}

export const tokensOfMember = (read: Read, member: string): Promise<TokenTable[]> =>
  read.selectFrom('tokens').selectAll().where('member', '=', member).orderBy('made_at').execute()

/** Ends a token and answers it; nothing when there is none, or it was ended before. */
export const revokeToken = (tx: Tx, id: string, now: Instant): Promise<TokenTable | undefined> =>
  tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()

/** Ends every token of a member in a space that opens more than what is her own; answers how many. */
export async function endModeratorTokens(tx: Tx, space: string, member: string, now: Instant): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('space', '=', space)
    .where('member', '=', member)
    .where('revoked_at', 'is', null)
    .where((e) => e.or([e('scopes', 'like', '%moderate%'), e('scopes', 'like', '%admin%')]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Whether a use at `now` has to be noted: once a minute is enough, so that reading does not become writing. */
export const noteworthy = ({ used_at }: TokenTable, now: Instant): boolean =>
  used_at === null || used_at <= plus(now, -MINUTE)

export async function noteUse(tx: Tx, id: string, now: Instant): Promise<void> {
  await tx.updateTable('tokens').set({ used_at: now }).where('id', '=', id).execute()
}
