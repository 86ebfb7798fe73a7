import { sql } from 'kysely'
import type { Read, Tx } from './tx.ts'

/** How much of a name can be found, and from how many of its words on. */
const LONGEST = 80
const MOST_WORDS = 6
const MEMBERS_AT_ONCE = 200

/** A name as it is found: in small letters, without accents. */
const foldedName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s\p{P}\p{C}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)

/** What a name is found by: itself from each of its words on ("sara van berg", "van berg", "berg"). */
export function wordsOfName(name: string): string[] {
  const words = foldedName(name).split(' ').filter(Boolean)
  return [...new Set(words.slice(0, MOST_WORDS).map((_, i) => words.slice(i).join(' ')))]
}

/** Makes members findable by their names in each space that they are in; whoever was findable before is as she is now. */
export async function nameMembers(tx: Tx, members: readonly string[]): Promise<void> {
  for (let i = 0; i < members.length; i += MEMBERS_AT_ONCE) {
    const some = members.slice(i, i + MEMBERS_AT_ONCE)
    await tx.deleteFrom('member_names').where('member', 'in', some).execute()
    const known = await tx
      .selectFrom('identities')
      .innerJoin('members', 'members.id', 'identities.member')
      .select(['identities.space', 'identities.member', 'members.name'])
      .distinct()
      .where('identities.member', 'in', some)
      .where('members.name', 'is not', null)
      .execute()
    const rows = known.flatMap(({ space, member, name }) =>
      wordsOfName(name ?? '').map((word) => ({ space, word, member })),
    )
    if (rows.length > 0) await tx.insertInto('member_names').values(rows).execute()
  }
}

/** The first members of a space, in order of what was found, of whom a word of the name begins so; nobody for nothing. */
export async function membersBeginning(read: Read, space: string, said: string, limit: number): Promise<string[]> {
  const begins = foldedName(said)
  if (begins === '') return []
  // Somebody may be found by several of her words: so many rows hold enough members, whoever they are.
  const { rows } = await sql<{ member: string }>`select member from member_names
    where space = ${space} and word >= ${begins} and word < ${`${begins}\u{10ffff}`}
    order by word, member limit ${limit * MOST_WORDS}`.execute(read)
  return [...new Set(rows.map(({ member }) => member))].slice(0, limit)
}
