import { sql } from 'kysely'
import { nextValues } from './counters.ts'
import type { SuggestionTable } from './tables/suggestions.ts'
import type { Read, Tx } from './tx.ts'

/** A suggestion with the name of who made it. */
export type SuggestionRow = SuggestionTable & { name: string | null }

const withMember = (db: Read) =>
  db
    .selectFrom('suggestions')
    .innerJoin('members', 'members.id', 'suggestions.member')
    .selectAll('suggestions')
    .select('members.name')

/** Adds a suggestion; nothing when the same page waits in this space already. */
export async function addSuggestion(
  tx: Tx,
  made: Pick<SuggestionTable, 'space' | 'member' | 'href' | 'link' | 'title' | 'why' | 'at'>,
): Promise<SuggestionTable | undefined> {
  const id = `sug${await nextValues(tx, 'suggestions')}`
  return tx
    .insertInto('suggestions')
    .values({ id, ...made, state: 'open', decided_by: null, decided_at: null, reason: null, item: null })
    .onConflict((c) => c.columns(['space', 'link']).where('state', '=', sql.lit('open')).doNothing())
    .returningAll()
    .executeTakeFirst()
}

export const suggestionById = (db: Read, id: string): Promise<SuggestionRow | undefined> =>
  withMember(db).where('suggestions.id', '=', id).executeTakeFirst()

/** The page as it waits in a space. */
export const openSuggestion = (db: Read, space: string, link: string): Promise<SuggestionTable | undefined> =>
  db
    .selectFrom('suggestions')
    .selectAll()
    .where('space', '=', space)
    .where('link', '=', link)
    .where('state', '=', 'open')
    .executeTakeFirst()

/** What waits for the moderators of a space, the longest waiting first. */
export const openSuggestions = (db: Read, space: string, limit = 50): Promise<SuggestionRow[]> =>
  withMember(db)
    .where('suggestions.space', '=', space)
    .where('suggestions.state', '=', 'open')
    .orderBy('suggestions.at')
    .orderBy('suggestions.id')
    .limit(limit)
    .execute()

/** How many suggestions of a member wait in a space. */
export async function countOpen(db: Read, space: string, member: string): Promise<number> {
  const row = await db
    .selectFrom('suggestions')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('space', '=', space)
    .where('member', '=', member)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Decides on a suggestion that is still open; false when somebody was faster. */
export async function decideSuggestion(
  tx: Tx,
  id: string,
  decision: Pick<SuggestionTable, 'state' | 'decided_by' | 'decided_at'> &
    Partial<Pick<SuggestionTable, 'title' | 'reason' | 'item'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('suggestions')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Notes which item an approved suggestion is. */
export async function becameItem(tx: Tx, id: string, item: string): Promise<void> {
  await tx.updateTable('suggestions').set({ item }).where('id', '=', id).execute()
}

/** Undoes what a clock that was ahead brought. */
export async function forgetSuggestionsAfter(tx: Tx, now: string): Promise<void> {
  await tx.deleteFrom('suggestions').where('at', '>', now).execute()
  await tx
    .updateTable('suggestions')
    .set({ state: 'open', decided_by: null, decided_at: null, reason: null, item: null })
    .where('decided_at', '>', now)
    .execute()
}
