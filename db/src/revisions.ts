import { nextValues } from './counters.ts'
import { indexEdited, moveWords } from './item-words.ts'
import type { ItemOriginTable, ItemRevisionTable, ItemTable } from './tables/news.ts'
import type { Read, Tx } from './tx.ts'

/** So many versions of an item are kept; a page that changes each hour fills no disk. */
const MOST_KEPT = 20

/** The hashes of the items among these whose words are this source's, by item. */
export async function originsOf(db: Read, source: string, items: readonly string[]): Promise<Map<string, string>> {
  if (items.length === 0) return new Map()
  const rows = await db
    .selectFrom('item_origins')
    .select(['item', 'hash'])
    .where('item', 'in', items)
    .where('source', '=', source)
    .execute()
  return new Map(rows.map(({ item, hash }) => [item, hash]))
}

/** Notes whose words new items have. */
export async function addOrigins(tx: Tx, origins: readonly ItemOriginTable[]): Promise<void> {
  if (origins.length > 0)
    await tx
      .insertInto('item_origins')
      .values([...origins])
      .onConflict((c) => c.column('item').doNothing())
      .execute()
}

/**
 * Changes what an item says and is about, and keeps what it said before. With `tell` it becomes news again: it gets a new number, which
 * digests and lists go by; its id stays.
 */
export async function revise(
  tx: Tx,
  before: ItemTable,
  change: Partial<ItemTable>,
  { at, hash, tell }: { at: string; hash: string; tell: boolean },
): Promise<void> {
  const { id: item, seq: old, title, text } = before
  const seq = tell ? await nextValues(tx, 'items') : old
  const after = { ...before, ...change, seq, ...(tell ? { old: 0 } : {}) }
  await tx
    .insertInto('item_revisions')
    .values({ item, at, title, text, told: tell ? 1 : 0 })
    .onConflict((c) => c.doNothing())
    .execute()
  await tx.updateTable('item_origins').set({ hash }).where('item', '=', item).execute()
  await tx.updateTable('items').set(after).where('id', '=', item).execute()
  if (seq !== old) await moveWords(tx, old)
  await indexEdited(tx, after)
  await dropOldest(tx, item)
}

async function dropOldest(tx: Tx, item: string) {
  const kept = await tx
    .selectFrom('item_revisions')
    .select('at')
    .where('item', '=', item)
    .orderBy('at', 'desc')
    .offset(MOST_KEPT)
    .limit(1)
    .executeTakeFirst()
  if (kept) await tx.deleteFrom('item_revisions').where('item', '=', item).where('at', '<=', kept.at).execute()
}

/** The last revision of each of these items that has one. */
export async function lastRevisions(db: Read, items: readonly string[]): Promise<Map<string, ItemRevisionTable>> {
  if (items.length === 0) return new Map()
  const rows = await db.selectFrom('item_revisions').selectAll().where('item', 'in', items).orderBy('at').execute()
  return new Map(rows.map((row) => [row.item, row]))
}

/** What an item said before each of its changes, the last change first. */
export const revisionsOf = (db: Read, item: string): Promise<ItemRevisionTable[]> =>
  db.selectFrom('item_revisions').selectAll().where('item', '=', item).orderBy('at', 'desc').execute()
