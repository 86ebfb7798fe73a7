import { listed, SUGGESTED } from '@cme-commons/core'
import { sql } from 'kysely'
import { editsFor, shownIn } from './item-edits.ts'
import { relabelledBy, shownBy } from './relabelled.ts'
import type { ItemEditTable } from './tables/editing.ts'
import type { ItemLinkTable, ItemTable } from './tables/news.ts'
import type { Read } from './tx.ts'

/** An item as a space has it: `edit` is what its moderators changed, `unedited` the item without that. */
export type Edited = { edit?: ItemEditTable; unedited?: ItemTable }
type Linked = ItemTable & { links: ItemLinkTable[] }

/** How deep items that are shown under others are followed. */
const DEEP = 5

/** Items as their space has them: with its labels and words, and the links of those that are shown under them. */
export async function asEdited<T extends Linked>(db: Read, space: string, rows: readonly T[]): Promise<(T & Edited)[]> {
  const ids = rows.map(({ id }) => id)
  const edits = await editsFor(db, space, ids)
  const under = await linksUnder(db, space, ids)
  if (edits.size === 0 && under.size === 0) return [...rows]
  return rows.map((row) => {
    const edit = edits.get(row.id)
    const others = under.get(row.id) ?? []
    if (!edit) return others.length > 0 ? { ...row, links: distinct([...row.links, ...others]) } : row
    const off = new Set(listed(edit.split_off).map((entry) => entry.slice(0, entry.indexOf('='))))
    const { links, ...bare } = row
    return {
      ...relabelledBy(row, edit),
      title: edit.title ?? row.title,
      links: distinct([...links.filter(({ source }) => !off.has(source)), ...others]),
      edit,
      unedited: bare as unknown as ItemTable,
    }
  })
}

const distinct = (links: readonly ItemLinkTable[]): ItemLinkTable[] => [
  ...new Map(links.map((link) => [`${link.source} ${link.href}`, link])).values(),
]

/** Not those that a space does not show by themselves. */
export const isShown = ({ edit }: Edited): boolean => !edit || shownBy(edit)

/** The links of all that is shown under these items, by item. */
async function linksUnder(db: Read, space: string, items: readonly string[]): Promise<Map<string, ItemLinkTable[]>> {
  const top = new Map<string, string>()
  let level = items
  for (let deep = 0; deep < DEEP && level.length > 0; deep++) {
    const below = await shownIn(db, space, level)
    for (const { item, shown_in } of below) top.set(item, top.get(shown_in!) ?? shown_in!)
    level = below.map(({ item }) => item)
  }
  if (top.size === 0) return new Map()
  const rows = await db
    .selectFrom('items')
    .leftJoin('item_links', 'item_links.item', 'items.id')
    .select(['items.id', 'items.link', 'item_links.source', 'item_links.href'])
    .where('items.id', 'in', [...top.keys()])
    .orderBy('items.seq')
    .execute()
  const links = rows.map(({ id, link, source, href }) => ({
    item: id,
    source: source ?? SUGGESTED.id,
    href: href ?? link,
  }))
  return Map.groupBy(links, ({ item }) => top.get(item)!)
}

/** What may be asked of the news by labels: ids of the content, several of one kind mean any of them. */
export type Labelled = {
  topics?: readonly string[]
  bodies?: readonly string[]
  regions?: readonly string[]
  tracks?: readonly string[]
  since?: string
  before?: number
  limit: number
}

/**
 * The numbers of the items that a space has and that match, newest first: those that nobody edited there by the index of labels, and
 * beside them the few that were.
 */
export async function numbersIn(db: Read, space: string, query: Labelled): Promise<number[]> {
  const { topics, bodies, regions, tracks, since, before, limit } = query
  const label = (name: 'topic' | 'region' | 'body') => sql.ref<string>(`items.${name}`)
  const changed = (name: 'topic' | 'region' | 'body' | 'tracks') =>
    sql<string>`coalesce(${sql.ref(`item_edits.${name}`)}, ${sql.ref(`items.${name}`)})`
  // By number, so that whoever looks for labels reads their index alone.
  const edited = db
    .selectFrom('items as known')
    .select('known.seq')
    .where('known.id', 'in', db.selectFrom('item_edits').select('item').where('item_edits.space', '=', space))
  const base = db
    .selectFrom('items')
    .select('items.seq')
    .where((e) => e.or([e('items.space', 'is', null), e('items.space', '=', space)]))
    .$if(since !== undefined, (q) => q.where('items.published', '>=', since!))
    .$if(before !== undefined, (q) => q.where('items.seq', '<', before!))
  const plain = base
    .orderBy('items.seq', 'desc')
    .limit(limit)
    .where('items.topic', '!=', 'off-topic')
    .where('items.seq', 'not in', edited)
    .$if(!!topics?.length, (q) => q.where(label('topic'), 'in', topics!))
    .$if(!!bodies?.length, (q) => q.where(label('body'), 'in', bodies!))
    .$if(!!regions?.length, (q) => q.where(label('region'), 'in', regions!))
    .$if(!!tracks?.length, (q) => q.where((e) => e.or(tracks!.map((one) => e('items.tracks', 'like', `%,${one},%`)))))
  const own = base
    .innerJoin('item_edits', (join) =>
      join.onRef('item_edits.item', '=', 'items.id').on('item_edits.space', '=', space),
    )
    .where('item_edits.hidden', '=', 0)
    .where('item_edits.shown_in', 'is', null)
    .where(changed('topic'), '!=', 'off-topic')
    .$if(!!topics?.length, (q) => q.where(changed('topic'), 'in', topics!))
    .$if(!!bodies?.length, (q) => q.where(changed('body'), 'in', bodies!))
    .$if(!!regions?.length, (q) => q.where(changed('region'), 'in', regions!))
    .$if(!!tracks?.length, (q) =>
      q.where((e) => e.or(tracks!.map((one) => e(changed('tracks'), 'like', `%,${one},%`)))),
    )
  const found = [...(await plain.execute()), ...(await own.execute())].map(({ seq }) => seq)
  return found.sort((a, b) => b - a).slice(0, limit)
}
