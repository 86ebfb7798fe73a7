import { dropConferences } from './conferences.ts'
import { nextValues } from './counters.ts'
import { forgetEditing } from './forget-editing.ts'
import { nameMembers } from './member-names.ts'
import { closeConsole } from './sessions.ts'
import { isPostgres } from './statement.ts'
import type { MemberTable, SpaceTable } from './tables/people.ts'
import type { Read, Tx } from './tx.ts'

export const findSpace = (db: Read, id: string): Promise<SpaceTable | undefined> =>
  db.selectFrom('spaces').selectAll().where('id', '=', id).executeTakeFirst()

/** Every space that the program is in. */
export const allSpaces = (db: Read): Promise<SpaceTable[]> =>
  db.selectFrom('spaces').selectAll().where('left_at', 'is', null).orderBy('id').execute()

/** Stores a space, or brings its name, zone and moderators' address up to date. */
export async function putSpace(tx: Tx, space: Omit<SpaceTable, 'left_at'>): Promise<void> {
  const { id, made_at, ...rest } = space
  await tx
    .insertInto('spaces')
    .values({ ...space, left_at: null })
    .onConflict((c) => c.column('id').doUpdateSet(rest))
    .execute()
}

/** Stores a space that is seen for the first time; false when it is known. */
export async function makeSpace(tx: Tx, space: Omit<SpaceTable, 'left_at'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('spaces')
    .values({ ...space, left_at: null })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The space, nobody else's to change until commit. */
export const holdSpace = (tx: Tx, id: string): Promise<SpaceTable | undefined> =>
  tx
    .updateTable('spaces')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

export async function changeSpace(
  tx: Tx,
  id: string,
  change: Partial<Omit<SpaceTable, 'id' | 'platform'>>,
): Promise<void> {
  await tx.updateTable('spaces').set(change).where('id', '=', id).execute()
}

/** Ends every subscription and every key to the API of a space and takes back what waits for it; deletes its settings, drafts, suggestions, webhooks, conferences and dates. */
export async function emptySpace(tx: Tx, space: string, now: string): Promise<void> {
  await tx.deleteFrom('subscriptions').where('space', '=', space).execute()
  await tx
    .updateTable('deliveries')
    .set({ state: 'withdrawn', settled_at: now })
    .where('space', '=', space)
    .where('state', '=', 'waiting')
    .execute()
  await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('space', '=', space)
    .where('revoked_at', 'is', null)
    .execute()
  await dropConferences(tx, space)
  await closeConsole(tx, space)
  await forgetEditing(tx, space)
  for (const table of ['space_settings', 'drafts', 'suggestions', 'webhooks'] as const)
    await tx.deleteFrom(table).where('space', '=', space).execute()
}

export const findMember = (db: Read, space: string, user: string): Promise<MemberTable | undefined> =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .selectAll('members')
    .where('identities.space', '=', space)
    .where('identities.user', '=', user)
    .executeTakeFirst()

/** The names of members by id, also by an id of before a link; those without a name are left out. */
export async function namesOfMembers(db: Read, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const linked = await db
    .selectFrom('linked')
    .innerJoin('members', 'members.id', 'linked.member')
    .select(['linked.was as id', 'members.name'])
    .where('linked.was', 'in', ids)
    .execute()
  const own = await db.selectFrom('members').select(['id', 'name']).where('id', 'in', ids).execute()
  const rows = [...linked, ...own]
  return new Map(rows.flatMap(({ id, name }) => (name ? [[id, name]] : [])))
}

/** Every member of a space with the platform's id, by name. */
export const membersOf = (db: Read, space: string): Promise<(MemberTable & { user: string })[]> =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .selectAll('members')
    .select('identities.user')
    .where('identities.space', '=', space)
    .orderBy('members.name')
    .limit(500)
    .execute()

/** The member, who on PostgreSQL cannot be erased until commit: erasing waits for what she does at the same moment, or the other way round. */
const stayingMember = (tx: Tx, space: string, user: string): Promise<MemberTable | undefined> =>
  tx
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .selectAll('members')
    .where('identities.space', '=', space)
    .where('identities.user', '=', user)
    .$if(isPostgres(tx), (query) => query.forKeyShare('members'))
    .executeTakeFirst()

/** Makes the member of an identity on first sight; a second press at the same moment finds the first one's. */
export async function makeMember(
  tx: Tx,
  space: string,
  user: string,
  fresh: Omit<MemberTable, 'id'>,
): Promise<MemberTable> {
  const found = await stayingMember(tx, space, user)
  if (found) return found
  const member: MemberTable = { id: `m${await nextValues(tx, 'members', 1)}`, ...fresh }
  // The counter's row is locked from here on, so whoever raced us has either committed or waits.
  const raced = await findMember(tx, space, user)
  if (raced) return raced
  await tx.insertInto('members').values(member).execute()
  await tx.insertInto('identities').values({ space, user, member: member.id }).execute()
  if (member.name) await nameMembers(tx, [member.id])
  return member
}

export async function changeMember(
  tx: Tx,
  id: string,
  change: Partial<Omit<MemberTable, 'id' | 'made_at'>>,
): Promise<void> {
  await tx.updateTable('members').set(change).where('id', '=', id).execute()
  if (change.name !== undefined) await nameMembers(tx, [id])
}
