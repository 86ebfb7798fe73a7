import type { Instant } from '@cme-commons/core'
import type { NoteTable } from './tables/bots.ts'
import type { Read, Tx } from './tx.ts'

/** The value a bot keeps under a name. */
export async function noteOf(db: Read, platform: string, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('notes')
    .select('value')
    .where('platform', '=', platform)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Every note of a bot whose name begins so. */
export const notesUnder = (db: Read, platform: string, prefix: string): Promise<NoteTable[]> =>
  db
    .selectFrom('notes')
    .selectAll()
    .where('platform', '=', platform)
    .where('name', '>=', prefix)
    .where('name', '<', `${prefix}\u{10ffff}`)
    .orderBy('name')
    .execute()

export async function putNote(tx: Tx, note: NoteTable): Promise<void> {
  const { platform, name, ...rest } = note
  await tx
    .insertInto('notes')
    .values({ platform, name, ...rest })
    .onConflict((c) => c.columns(['platform', 'name']).doUpdateSet(rest))
    .execute()
}

export async function dropNote(tx: Tx, platform: string, name: string): Promise<void> {
  await tx.deleteFrom('notes').where('platform', '=', platform).where('name', '=', name).execute()
}

/** Forgets what the bots kept about a space, or about a person on it. */
export async function dropNotesAbout(tx: Tx, about: { space: string } | { user: string }): Promise<void> {
  const drop = tx.deleteFrom('notes')
  await ('space' in about
    ? drop.where('space', '=', about.space)
    : drop.where('member_user', '=', about.user)
  ).execute()
}

/** True for the first who says that `id` arrived; whoever says it again, also at the same moment, gets false. */
export async function arrived(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('arrivals')
    .values({ id, at: now })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Forgets what arrived before `before`, at most `most` at once; answers how many. */
export async function forgetArrivals(tx: Tx, before: Instant, most = 500): Promise<number> {
  const old = tx.selectFrom('arrivals').select('id').where('at', '<', before).orderBy('at').limit(most)
  return Number((await tx.deleteFrom('arrivals').where('id', 'in', old).executeTakeFirst()).numDeletedRows)
}
