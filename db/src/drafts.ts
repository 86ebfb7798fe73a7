import { nextValues } from './counters.ts'
import type { DraftTable } from './tables/settings.ts'
import type { Read, Tx } from './tx.ts'

/** Keeps what a member prepared in the place of what she prepared before, under a new id, and answers that. */
export async function putDraft(tx: Tx, draft: Omit<DraftTable, 'id'>): Promise<string> {
  const id = `d${await nextValues(tx, 'drafts')}`
  const { body, at } = draft
  await tx
    .insertInto('drafts')
    .values({ ...draft, id })
    .onConflict((c) => c.columns(['space', 'member', 'kind']).doUpdateSet({ id, body, at }))
    .execute()
  return id
}

type DraftName = Pick<DraftTable, 'space' | 'member' | 'kind' | 'id'>

/** A member's draft; nothing when there is a newer one, or none. */
export const findDraft = (db: Read, { space, member, kind, id }: DraftName): Promise<DraftTable | undefined> =>
  db
    .selectFrom('drafts')
    .selectAll()
    .where('space', '=', space)
    .where('member', '=', member)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst()

/** Takes a member's draft away and answers it: of two presses one gets it. Nothing when there is a newer one, or none. */
export const takeDraft = (tx: Tx, { space, member, kind, id }: DraftName): Promise<DraftTable | undefined> =>
  tx
    .deleteFrom('drafts')
    .where('space', '=', space)
    .where('member', '=', member)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

/** The draft of a kind that a member has, whatever its id. */
export const draftOf = (db: Read, { space, member, kind }: Omit<DraftName, 'id'>): Promise<DraftTable | undefined> =>
  db
    .selectFrom('drafts')
    .selectAll()
    .where('space', '=', space)
    .where('member', '=', member)
    .where('kind', '=', kind)
    .executeTakeFirst()
