import type { Instant } from '@cme-commons/core'
import type { KeptAnswerTable } from './tables/access.ts'
import type { Read, Tx } from './tx.ts'

/** What was answered to the request that a token sent under this key; nothing when it is new. */
export const keptAnswer = (db: Read, token: string, key: string): Promise<KeptAnswerTable | undefined> =>
  db.selectFrom('kept_answers').selectAll().where('token', '=', token).where('key', '=', key).executeTakeFirst()

/** Takes a key for a request, in the transaction of what it does: whoever sends it at the same moment waits. False when it is taken. */
export async function takeKey(
  tx: Tx,
  row: Pick<KeptAnswerTable, 'token' | 'key' | 'request' | 'space' | 'at'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('kept_answers')
    .values({ ...row, status: 0, headers: '{}', body: '' })
    .onConflict((c) => c.columns(['token', 'key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Writes down the answer under a key that was taken. */
export async function keepAnswer(
  tx: Tx,
  { token, key }: Pick<KeptAnswerTable, 'token' | 'key'>,
  answer: Pick<KeptAnswerTable, 'status' | 'headers' | 'body'>,
): Promise<void> {
  await tx.updateTable('kept_answers').set(answer).where('token', '=', token).where('key', '=', key).execute()
}

/** Forgets what was answered before `before`, at most `most` at once; answers how many. */
export async function forgetAnswers(tx: Tx, before: Instant, most = 500): Promise<number> {
  const old = await tx
    .selectFrom('kept_answers')
    .select(['token', 'key'])
    .where('at', '<', before)
    .limit(most)
    .execute()
  for (const { token, key } of old)
    await tx.deleteFrom('kept_answers').where('token', '=', token).where('key', '=', key).execute()
  return old.length
}

/** Forgets the answers to a member's own tokens, and those that name her. */
export async function forgetAnswersAbout(tx: Tx, member: string): Promise<void> {
  await tx
    .deleteFrom('kept_answers')
    .where((e) =>
      e.or([
        e('token', 'in', e.selectFrom('tokens').select('id').where('member', '=', member)),
        e('body', 'like', `%"${member}"%`),
      ]),
    )
    .execute()
}
