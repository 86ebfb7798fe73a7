import type { Person } from './links.ts'
import { identitiesOf, memberById } from './my-data.ts'
import { type Progressed, progressRows } from './progress.ts'
import { isPostgres } from './statement.ts'
import type { CompanyTable } from './tables/company.ts'
import type { LinkedTable } from './tables/links.ts'
import type { MemberTable } from './tables/people.ts'
import type { Tx } from './tx.ts'

/** What a member had before she was linked: rows, where linking changes them, and the ids of what only gets another owner. */
export type Brought = Progressed & {
  member: MemberTable
  company: CompanyTable | null
  documents: string[]
  suggestions: string[]
  roles: string[]
  tokens: string[]
  reviewed: string[]
  digest: { paused: number; snoozed_until: string | null } | null
}

/** Both members, whom on PostgreSQL nobody can refer to until commit: what either presses at the same moment waits. */
export async function holdMembers(tx: Tx, ids: readonly string[]): Promise<MemberTable[]> {
  return tx
    .selectFrom('members')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .$if(isPostgres(tx), (query) => query.forUpdate())
    .execute()
}

/** Notes what a member who has one identity brings into a link. Whoever is linked already keeps the note of before. */
export async function noteBrought(tx: Tx, member: string, now: string): Promise<void> {
  for (const { space, user } of await identitiesOf(tx, member)) {
    const row = {
      space,
      user_id: user,
      member,
      was: member,
      linked_at: now,
      home: 0,
      before: JSON.stringify(await brought(tx, member, { space, user })),
    }
    await tx
      .insertInto('linked')
      .values(row)
      .onConflict((c) => c.columns(['space', 'user_id']).doNothing())
      .execute()
  }
}

async function brought(tx: Tx, member: string, { space, user }: Person): Promise<Brought> {
  const ids = async (table: 'documents' | 'suggestions' | 'roles' | 'tokens') =>
    (await tx.selectFrom(table).select('id').where('member', '=', member).execute()).map(({ id }) => id)
  const reviewed = await tx.selectFrom('reviews').select('id').where('reviewer', '=', member).execute()
  const company = await tx.selectFrom('company').selectAll().where('member', '=', member).executeTakeFirst()
  const digest = await tx
    .selectFrom('subscriptions')
    .select(['paused', 'snoozed_until'])
    .where('space', '=', space)
    .where('address', '=', `user:${user}`)
    .executeTakeFirst()
  return {
    ...(await progressRows(tx, member)),
    member: (await memberById(tx, member))!,
    company: company ?? null,
    documents: await ids('documents'),
    suggestions: await ids('suggestions'),
    roles: await ids('roles'),
    tokens: await ids('tokens'),
    reviewed: reviewed.map(({ id }) => id),
    digest: digest ?? null,
  }
}

export const broughtBy = ({ before }: LinkedTable): Brought => JSON.parse(before) as Brought
