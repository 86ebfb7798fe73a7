import { nextValues } from './counters.ts'
import type { MemberTable, SpaceTable } from './tables/people.ts'
import type { Read, Tx } from './tx.ts'

export const findSpace = (db: Read, id: string): Promise<SpaceTable | undefined> =>
  db.selectFrom('spaces').selectAll().where('id', '=', id).executeTakeFirst()

export const allSpaces = (db: Read): Promise<SpaceTable[]> =>
  db.selectFrom('spaces').selectAll().orderBy('id').execute()

/** Stores a space, or brings its name, zone and moderators' address up to date. */
export async function putSpace(tx: Tx, space: SpaceTable): Promise<void> {
  const { id, made_at, ...rest } = space
  await tx
    .insertInto('spaces')
    .values(space)
    .onConflict((c) => c.column('id').doUpdateSet(rest))
    .execute()
}

export const findMember = (db: Read, space: string, user: string): Promise<MemberTable | undefined> =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .selectAll('members')
    .where('identities.space', '=', space)
    .where('identities.user', '=', user)
    .executeTakeFirst()

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

/** Makes the member of an identity on first sight; a second press at the same moment finds the first one's. */
export async function makeMember(
  tx: Tx,
  space: string,
  user: string,
  fresh: Omit<MemberTable, 'id'>,
): Promise<MemberTable> {
  const found = await findMember(tx, space, user)
  if (found) return found
  const member: MemberTable = { id: `m${await nextValues(tx, 'members', 1)}`, ...fresh }
  // The counter's row is locked from here on, so whoever raced us has either committed or waits.
  const raced = await findMember(tx, space, user)
  if (raced) return raced
  await tx.insertInto('members').values(member).execute()
  await tx.insertInto('identities').values({ space, user, member: member.id }).execute()
  return member
}

export async function changeMember(
  tx: Tx,
  id: string,
  change: Partial<Omit<MemberTable, 'id' | 'made_at'>>,
): Promise<void> {
  await tx.updateTable('members').set(change).where('id', '=', id).execute()
}
