import { nextValues } from './counters.ts'
import { asEdited, type Edited, isShown, numbersIn } from './edited-items.ts'
import { indexItems } from './item-words.ts'
import { lastRevisions } from './revisions.ts'
import type { DigestTable, ItemLinkTable, ItemRevisionTable, ItemTable, SourceTable } from './tables/news.ts'
import type { ItemTwinTable } from './tables/suggestions.ts'
import type { Read, Tx } from './tx.ts'

/** An item with where it was seen, and what it said before its last change; asked for by a space, as that has it. */
export type ItemRow = ItemTable & { links: ItemLinkTable[]; before?: ItemRevisionTable } & Edited

/**
 * What a reader may ask of the archive: ids of the content. `before` is the number of the last item of the page before; `space` whose
 * own items are shown with those that everybody sees.
 */
export type ItemQuery = {
  topic?: string
  body?: string
  region?: string
  track?: string
  since?: string
  before?: number
  limit: number
  sample?: boolean
  space?: string
}

const wanted = (db: Read, query: Omit<ItemQuery, 'limit' | 'before'>) => {
  let select = db.selectFrom('items').where('topic', '!=', 'off-topic')
  if (query.topic) select = select.where('topic', '=', query.topic)
  if (query.body) select = select.where('body', '=', query.body)
  if (query.region) select = select.where('region', '=', query.region)
  if (query.track) select = select.where('tracks', 'like', `%,${query.track},%`)
  if (query.since) select = select.where('published', '>=', query.since)
  return select
}

/** Items that match, newest first by their number; off-topic ones never. With a space as that has them. */
export async function listItems(db: Read, query: ItemQuery): Promise<ItemRow[]> {
  const { space, topic, body, region, track, since, before, limit } = query
  if (space) {
    const only = (id?: string) => (id ? [id] : [])
    const labels = { topics: only(topic), bodies: only(body), regions: only(region), tracks: only(track) }
    return itemsNumbered(db, await numbersIn(db, space, { ...labels, since, before, limit }), space)
  }
  let select = wanted(db, query).selectAll().where('space', 'is', null).orderBy('seq', 'desc').limit(limit)
  if (before !== undefined) select = select.where('seq', '<', before)
  return withLinks(db, await select.execute())
}

/** An item by its id, as `space` has it; one that a space has for itself only when it is that. What it does not show is found all the same. */
export async function findItem(db: Read, id: string, space?: string): Promise<ItemRow | undefined> {
  const rows = await withLinks(db, await db.selectFrom('items').selectAll().where('id', '=', id).execute())
  const [item] = space === undefined ? rows : await asEdited(db, space, rows)
  return item && (item.space === null || item.space === space) ? item : undefined
}

/** Items by id, in the order of the ids; those that are gone are left out, and those that the space does not show. */
export async function itemsById(db: Read, ids: readonly string[], space?: string | null): Promise<ItemRow[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('items').selectAll().where('id', 'in', ids).execute()
  const byId = new Map((await asIn(db, space, await withLinks(db, rows))).map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const asIn = async (db: Read, space: string | null | undefined, rows: ItemRow[]): Promise<ItemRow[]> =>
  space ? (await asEdited(db, space, rows)).filter(isShown) : rows

/** Items by number, in the order of the numbers; those that are gone are left out, and those that the space does not show. */
export async function itemsNumbered(db: Read, numbers: readonly number[], space?: string): Promise<ItemRow[]> {
  if (numbers.length === 0) return []
  const found = await db.selectFrom('items').selectAll().where('seq', 'in', numbers).execute()
  const rows = await asIn(db, space, await withLinks(db, found))
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return numbers.flatMap((seq) => bySeq.get(seq) ?? [])
}

/** An item's labels without its words: all that choosing and ordering a digest needs. */
export type LabelRow = Pick<
  ItemTable,
  'id' | 'seq' | 'topic' | 'body' | 'region' | 'tracks' | 'action' | 'action_date' | 'space'
>

/** New news of all spaces with numbers over `since` up to `upto`, neither old at first read nor off topic: the newest `limit` of them. */
export const labelsSince = (db: Read, since: number, upto: number, limit: number): Promise<LabelRow[]> =>
  wanted(db, {})
    .select(['id', 'seq', 'topic', 'body', 'region', 'tracks', 'action', 'action_date', 'space'])
    .where('seq', '>', since)
    .where('seq', '<=', upto)
    .where('old', '=', 0)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()

/** Which spaces have had an item with a number in (since, upto] before, as a suggestion of their own. */
export const twinsSince = (db: Read, since: number, upto: number): Promise<ItemTwinTable[]> =>
  db
    .selectFrom('item_twins')
    .innerJoin('items', 'items.id', 'item_twins.item')
    .selectAll('item_twins')
    .where('items.seq', '>', since)
    .where('items.seq', '<=', upto)
    .execute()

async function withLinks(db: Read, rows: ItemTable[]): Promise<ItemRow[]> {
  if (rows.length === 0) return []
  const links = await db
    .selectFrom('item_links')
    .selectAll()
    .where(
      'item',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('source')
    .execute()
  const byItem = Map.groupBy(links, (link) => link.item)
  const revisions = await lastRevisions(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, links: byItem.get(row.id) ?? [], before: revisions.get(row.id) }))
}

/** The highest item number given out so far, 0 before the first. */
export async function newestSeq(db: Read): Promise<number> {
  const row = await db.selectFrom('items').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq ?? 0
}

/** Makes ingesting wait its turn, so that two sources with one story find each other's item. */
export async function holdItems(tx: Tx): Promise<void> {
  await nextValues(tx, 'items', 0)
}

/** A stored item under one of its names; `ours` when `source` brought it, too. */
export type NamedItem = Pick<ItemTable, 'title' | 'body' | 'published'> & { item: string; ours: boolean }

/** The items under any of the names, of one source or (scope '') of all. */
export async function itemsNamed(
  tx: Read,
  scope: string,
  source: string,
  names: readonly string[],
): Promise<Map<string, NamedItem>> {
  if (names.length === 0) return new Map()
  const rows = await tx
    .selectFrom('item_names')
    .innerJoin('items', 'items.id', 'item_names.item')
    .leftJoin('item_links', (join) =>
      join.onRef('item_links.item', '=', 'items.id').on('item_links.source', '=', source),
    )
    .select(['item_names.name', 'item_names.item', 'item_links.source as ours'])
    .select(['items.title', 'items.body', 'items.published'])
    .where('item_names.source', '=', scope)
    .where('item_names.name', 'in', names)
    .execute()
  return new Map(rows.map(({ name, ours, ...item }) => [name, { ...item, ours: ours !== null }]))
}

/** Stores new items in the order given; numbers follow the order in which transactions commit. */
export async function addItems(tx: Tx, items: readonly Omit<ItemTable, 'id' | 'seq'>[]): Promise<ItemTable[]> {
  if (items.length === 0) return []
  const first = await nextValues(tx, 'items', items.length)
  const rows = items.map((item, i) => ({ id: `i${first + i}`, seq: first + i, ...item }))
  await tx.insertInto('items').values(rows).execute()
  await indexItems(tx, rows)
  return rows
}

/** The scope under which a space's own items are named. */
export const ownScope = (space: string): string => `space/${space}`

/** Notes of new items which spaces have had a page with one of their names before, so that those are not told twice. */
export async function addTwins(tx: Tx, named: readonly { item: string; names: readonly string[] }[]): Promise<void> {
  const items = new Map(named.flatMap(({ item, names }) => names.map((name) => [name, item] as const)))
  if (items.size === 0) return
  const own = await tx
    .selectFrom('item_names')
    .innerJoin('items', 'items.id', 'item_names.item')
    .select(['item_names.name', 'items.space'])
    .where('item_names.source', '>=', ownScope(''))
    .where('item_names.source', '<', `${ownScope('')}\u{10ffff}`)
    .where('item_names.name', 'in', [...items.keys()])
    .where('items.space', 'is not', null)
    .execute()
  const twins = own.map(({ name, space }) => ({ item: items.get(name)!, space: space! }))
  if (twins.length > 0)
    await tx
      .insertInto('item_twins')
      .values(twins)
      .onConflict((c) => c.doNothing())
      .execute()
}

/** Remembers names; one that named another item before (a title that is used again) names the newer one from now on. */
export async function addNames(
  tx: Tx,
  names: readonly { source: string; name: string; item: string }[],
): Promise<void> {
  const last = new Map(names.map((row) => [`${row.source} ${row.name}`, row]))
  if (last.size === 0) return
  await tx
    .insertInto('item_names')
    .values([...last.values()])
    .onConflict((c) => c.columns(['source', 'name']).doUpdateSet((eb) => ({ item: eb.ref('excluded.item') })))
    .execute()
}

/** At which address a source has each of these items. */
export async function hrefsOf(db: Read, source: string, items: readonly string[]): Promise<Map<string, string | null>> {
  if (items.length === 0) return new Map()
  const query = db.selectFrom('item_links').select(['item', 'href']).where('source', '=', source)
  const rows = await query.where('item', 'in', items).execute()
  return new Map(rows.map(({ item, href }) => [item, href]))
}

/** Notes that a source has an item at another address now: the item's own, where its words are this source's. */
export async function moveItem(tx: Tx, source: string, item: string, href: string, own: boolean): Promise<void> {
  await tx.updateTable('item_links').set({ href }).where('item', '=', item).where('source', '=', source).execute()
  if (own) await tx.updateTable('items').set({ link: href }).where('id', '=', item).execute()
}

export async function addLinks(tx: Tx, links: readonly ItemLinkTable[]): Promise<void> {
  if (links.length > 0)
    await tx
      .insertInto('item_links')
      .values([...links])
      .onConflict((c) => c.doNothing())
      .execute()
}

export const allSources = (db: Read): Promise<SourceTable[]> =>
  db.selectFrom('sources').selectAll().orderBy('id').execute()
export const findSource = (db: Read, id: string): Promise<SourceTable | undefined> =>
  db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst()
/** The sources that are on and due, longest waiting first; not those that are gone, nor pages that nobody has described. */
export const sourcesDue = (db: Read, now: string, limit: number): Promise<SourceTable[]> =>
  db
    .selectFrom('sources')
    .selectAll()
    .where('enabled', '=', 1)
    .where('url', 'is not', null)
    .where('muted_at', 'is', null)
    .where((e) => e.or([e('kind', '!=', 'page'), e('selectors', 'is not', null)]))
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Adds a source; one that is there already takes over `update` only. */
export async function putSource(tx: Tx, source: SourceTable, update: Partial<SourceTable> = {}): Promise<void> {
  const change = Object.keys(update).length > 0
  await tx
    .insertInto('sources')
    .values(source)
    .onConflict((c) => (change ? c.column('id').doUpdateSet(update) : c.column('id').doNothing()))
    .execute()
}

export async function changeSource(tx: Tx, id: string, change: Partial<SourceTable>): Promise<void> {
  await tx.updateTable('sources').set(change).where('id', '=', id).execute()
}

export const findDigest = (db: Read, id: string): Promise<DigestTable | undefined> =>
  db.selectFrom('digests').selectAll().where('id', '=', id).executeTakeFirst()

/** Keeps a digest; one that is kept already stays as it was. */
export async function addDigest(tx: Tx, digest: DigestTable): Promise<void> {
  await tx
    .insertInto('digests')
    .values(digest)
    .onConflict((c) => c.column('id').doNothing())
    .execute()
}
