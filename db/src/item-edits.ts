import { type ItemEdit, UNEDITED } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import { indexEdited } from './item-words.ts'
import { run } from './statement.ts'
import type { ItemEditTable, ItemHistoryTable } from './tables/editing.ts'
import type { Read, Tx } from './tx.ts'

/** What a space changed about an item; all null where it changed nothing. */
export async function editOf(db: Read, space: string, item: string): Promise<ItemEdit> {
  return (await editsFor(db, space, [item])).get(item) ?? UNEDITED
}

/** What a space changed about these items, by item; those that it left alone are not there. */
export async function editsFor(db: Read, space: string, items: readonly string[]): Promise<Map<string, ItemEditTable>> {
  if (items.length === 0) return new Map()
  const query = db.selectFrom('item_edits').selectAll().where('space', '=', space)
  const rows = await query.where('item', 'in', items).execute()
  return new Map(rows.map((row) => [row.item, row]))
}

/** The items that a space shows under one of these, with which. */
export const shownIn = (db: Read, space: string, items: readonly string[]): Promise<ItemEditTable[]> =>
  items.length === 0
    ? Promise.resolve([])
    : db.selectFrom('item_edits').selectAll().where('space', '=', space).where('shown_in', 'in', items).execute()

/** Changes an item in a space, and writes down who did, when, what and why. Answers the number of that line. */
export async function putEdit(
  tx: Tx,
  edit: ItemEditTable,
  line: Pick<ItemHistoryTable, 'at' | 'changed_by' | 'said' | 'what' | 'why'> & { before: ItemEdit },
): Promise<number> {
  const { space, item, ...after } = edit
  const seq = await nextValues(tx, 'item-history')
  const { before, ...who } = line
  await tx
    .insertInto('item_edits')
    .values(edit)
    .onConflict((c) => c.columns(['space', 'item']).doUpdateSet(after))
    .execute()
  await tx
    .insertInto('item_history')
    .values({ seq, space, item, ...who, before: JSON.stringify(before), after: JSON.stringify(after) })
    .execute()
  await indexAgain(tx, [item])
  return seq
}

/** A line of history with the name of who did it. */
export type ItemHistoryRow = ItemHistoryTable & { name: string | null; title: string }

/** What a space changed about an item, or about all, the latest first; `before` is the number of the last line seen. */
export function editHistory(
  db: Read,
  { space, item, before, limit = 20 }: { space?: string; item?: string; before?: number; limit?: number },
): Promise<ItemHistoryRow[]> {
  let query = db
    .selectFrom('item_history')
    .innerJoin('items', 'items.id', 'item_history.item')
    .leftJoin('members', 'members.id', 'item_history.changed_by')
    .selectAll('item_history')
    .select(['members.name', 'items.title'])
  if (space !== undefined) query = query.where('item_history.space', '=', space)
  if (item !== undefined) query = query.where('item_history.item', '=', item)
  if (before !== undefined) query = query.where('item_history.seq', '<', before)
  return query.orderBy('item_history.seq', 'desc').limit(limit).execute()
}

/** The number of the last change of any item in any space, 0 before the first. */
export async function newestEdit(db: Read): Promise<number> {
  const { rows } = await run<{ seq: number | null }>(db, 'select max(seq) as seq from item_history', [])
  return rows[0]?.seq ?? 0
}

export const editLine = (db: Read, seq: number): Promise<ItemHistoryTable | undefined> =>
  db.selectFrom('item_history').selectAll().where('seq', '=', seq).executeTakeFirst()

/** Writes down why, on a line that is there. */
export async function sayWhy(tx: Tx, seq: number, why: string): Promise<void> {
  await tx.updateTable('item_history').set({ why }).where('seq', '=', seq).execute()
}

/** What spaces changed about items with numbers in (since, upto], with the labels that these have. */
export const editsSince = (db: Read, since: number, upto: number) =>
  db
    .selectFrom('item_edits as e')
    .innerJoin('items as i', 'i.id', 'e.item')
    .selectAll('e')
    .select([
      'i.id',
      'i.seq',
      'i.topic as of_topic',
      'i.body as of_body',
      'i.region as of_region',
      'i.space as of_space',
    ])
    .select(['i.tracks as of_tracks', 'i.action as of_action', 'i.action_date as of_date'])
    .where('i.seq', '>', since)
    .where('i.seq', '<=', upto)
    .where('i.old', '=', 0)
    .execute()

/** The items that a space has pinned beyond `now`. */
export const pinnedIn = async (db: Read, space: string, now: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('item_edits')
    .select('item')
    .where('space', '=', space)
    .where('pinned_until', '>', now)
    .where('hidden', '=', 0)
    .where('shown_in', 'is', null)
    .orderBy('pinned_until')
    .limit(20)
    .execute()
  return rows.map(({ item }) => item)
}

const BESIDE = 300

/** The titles of items with numbers close to one, as far as a space shows them by themselves. */
export async function titlesAround(db: Read, space: string, seq: number) {
  const unseen = db
    .selectFrom('item_edits')
    .select('item')
    .where('space', '=', space)
    .where((e) => e.or([e('hidden', '=', 1), e('shown_in', 'is not', null)]))
  const near = db
    .selectFrom('items')
    .select(['id', 'seq', 'title', 'published'])
    .where((e) => e.or([e('space', 'is', null), e('space', '=', space)]))
    .where('topic', '!=', 'off-topic')
    .where('id', 'not in', unseen)
    .limit(BESIDE)
  const before = await near.where('seq', '<', seq).orderBy('seq', 'desc').execute()
  return [...before, ...(await near.where('seq', '>', seq).orderBy('seq').execute())]
}

/** Puts items back to what they were at `now`. */
export async function forgetEditsAfter(tx: Tx, now: string): Promise<void> {
  const later = await tx.selectFrom('item_history').selectAll().where('at', '>', now).orderBy('seq', 'desc').execute()
  for (const { space, item, before } of later) {
    const was: ItemEdit = JSON.parse(before)
    await tx.updateTable('item_edits').set(was).where('space', '=', space).where('item', '=', item).execute()
  }
  await tx.deleteFrom('item_history').where('at', '>', now).execute()
  await indexAgain(tx, [...new Set(later.map(({ item }) => item))])
}

/** Forgets all edits of a space, with their history. */
export async function forgetEditsOf(tx: Tx, space: string): Promise<void> {
  const edits = await tx.deleteFrom('item_edits').where('space', '=', space).returning('item').execute()
  await tx.deleteFrom('item_history').where('space', '=', space).execute()
  await indexAgain(
    tx,
    edits.map(({ item }) => item),
  )
}

const AT_ONCE = 500

async function indexAgain(tx: Tx, items: readonly string[]): Promise<void> {
  for (let i = 0; i < items.length; i += AT_ONCE) {
    const rows = await tx
      .selectFrom('items')
      .selectAll()
      .where('id', 'in', items.slice(i, i + AT_ONCE))
      .execute()
    for (const row of rows) await indexEdited(tx, row)
  }
}
