import { membersBeginning } from './member-names.ts'
import type { MemberTable } from './tables/people.ts'
import type { Read } from './tx.ts'

export type KnownMember = Pick<MemberTable, 'id' | 'name' | 'track' | 'made_at'>

const inSpace = (db: Read, space: string) =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .select(['members.id', 'members.name', 'members.track', 'members.made_at'])
    .distinct()
    .where('identities.space', '=', space)

/** A member of a space by our own id. */
export const memberIn = (db: Read, space: string, id: string): Promise<KnownMember | undefined> =>
  inSpace(db, space).where('identities.member', '=', id).limit(1).executeTakeFirst()

/** The members of a space of whose names a word begins with `said`, by name; whose id on the platform it is comes alone. */
export async function membersNamed(db: Read, space: string, said: string, limit: number): Promise<KnownMember[]> {
  const exact = await inSpace(db, space).where('identities.user', '=', said).execute()
  if (exact.length > 0) return exact
  const found = await membersBeginning(db, space, said, limit)
  if (found.length === 0) return []
  return inSpace(db, space)
    .where('identities.member', 'in', found)
    .orderBy('members.name')
    .orderBy('members.id')
    .limit(limit)
    .execute()
}
