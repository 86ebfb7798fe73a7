import { DAY, type Instant, plus, type Scope } from '@cme-commons/core'
import { addToken, type Db, inTx } from '@cme-commons/db'
import { hashOfSecret, newSecret } from '../../server/src/secrets.ts'

type Wanted = { space?: string; member?: string; scope?: Scope; days?: number }

/** Makes a token and answers its name and its secret. */
export async function tokenFor(db: Db, now: Instant, { space = 'try', member, scope = 'progress', days = 90 }: Wanted) {
  const secret = newSecret()
  const row = {
    space,
    member: member ?? null,
    scopes: scope,
    made_by: 'test',
    made_at: now,
    expires_at: plus(now, days * DAY),
  }
  const { id } = await inTx(db, (tx) => addToken(tx, { hash: hashOfSecret(secret), ...row }))
  return { id, secret, headers: { authorization: `Bearer ${secret}` } }
}
