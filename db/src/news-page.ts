import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { ItemTable } from './tables/news.ts'
import type { Read } from './tx.ts'

/** Ids of the content; several of one kind mean any of them. `before` is the number of the last item of the page before. */
export type NewsQuery = {
  topics?: readonly string[]
  bodies?: readonly string[]
  regions?: readonly string[]
  tracks?: readonly string[]
  since?: string
  before?: number
  limit: number
}

/** A news item with its sources by name, as one who reads from outside needs it. */
export type NewsRow = Omit<ItemTable, 'old' | 'space'> & {
  /** When its source changed it last. */
  updated: string | null
  sources: { id: string; name: string; href: string | null }[]
}

/** Code points of its text that an item brings in a page: whole texts would make a page of megabytes. */
export const PAGE_TEXT = 1_001

/** Everybody's items that match, newest first by their number, in one statement; off-topic ones never. Of each text the first `PAGE_TEXT`. */
export async function newsPage(db: Read, query: NewsQuery): Promise<NewsRow[]> {
  const parameters = parametersOf(query)
  const { rows } = await db.executeQuery<Joined>({ ...compiled(db, query), parameters })
  return grouped(rows)
}

/** Everybody's items by number, in the order of the numbers, as a page has them or with `whole` texts; those that are gone are left out. */
export async function newsNumbered(db: Read, numbers: readonly number[], whole?: 'whole'): Promise<NewsRow[]> {
  if (numbers.length === 0) return []
  const text = whole ? sql<string>`item.text` : beginning
  const rows = grouped(await withSources(db, text).where('item.seq', 'in', numbers).execute())
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return numbers.flatMap((seq) => bySeq.get(seq) ?? [])
}

/** One item by its id; an off-topic one is not found. */
export async function newsItem(db: Read, id: string): Promise<NewsRow | undefined> {
  return grouped(await withSources(db, sql<string>`item.text`).where('item.id', '=', id).execute())[0]
}

/** Building and compiling takes longer than running: done once for each shape, which is all but the values. */
const shapes = new WeakMap<Read, Map<string, CompiledQuery<Joined>>>()
const MOST_SHAPES = 500

function compiled(db: Read, query: NewsQuery): CompiledQuery<Joined> {
  const { topics = [], bodies = [], regions = [], tracks = [], since, before, limit } = query
  const shape = `${topics.length} ${bodies.length} ${regions.length} ${tracks.length} ${!since} ${before === undefined} ${limit}`
  const known = shapes.get(db) ?? new Map<string, CompiledQuery<Joined>>()
  shapes.set(db, known)
  const found = known.get(shape)
  if (found) return found
  if (known.size >= MOST_SHAPES) known.clear()
  const made = withSources(db, beginning).where('item.seq', 'in', pageOf(db, query)).compile()
  known.set(shape, made)
  return made
}

/** The numbers of the items, found in the index of the labels alone. The conditions stand in the order of `parametersOf`. */
function pageOf(db: Read, { topics, bodies, regions, tracks, since, before, limit }: NewsQuery) {
  let page = db
    .selectFrom('items')
    .select('seq')
    .where('topic', '!=', OFF_TOPIC)
    .where('space', 'is', null)
    .orderBy('seq', 'desc')
    .limit(sql.lit(limit))
  if (topics?.length) page = page.where('topic', 'in', topics)
  if (bodies?.length) page = page.where('body', 'in', bodies)
  if (regions?.length) page = page.where('region', 'in', regions)
  if (tracks?.length) page = page.where((e) => e.or(tracks.map((track) => e('tracks', 'like', among(track)))))
  if (since) page = page.where('published', '>=', since)
  if (before !== undefined) page = page.where('seq', '<', before)
  return page
}

const parametersOf = ({ topics = [], bodies = [], regions = [], tracks = [], since, before }: NewsQuery): unknown[] => [
  ...topics,
  ...bodies,
  ...regions,
  ...tracks.map(among),
  ...(since ? [since] : []),
  ...(before === undefined ? [] : [before]),
]

const among = (track: string): string => `%,${track},%`

const OFF_TOPIC = sql.lit('off-topic')
const beginning = sql<string>`substr(item.text, 1, ${sql.lit(PAGE_TEXT)})`

const withSources = (db: Read, text: RawBuilder<string>) =>
  db
    .selectFrom('items as item')
    .leftJoin('item_links as l', 'l.item', 'item.id')
    .leftJoin('sources as s', 's.id', 'l.source')
    .select(['item.id', 'item.seq', 'item.title', text.as('text'), 'item.link', 'item.published', 'item.seen'])
    .select(['item.sample', 'item.topic', 'item.body', 'item.region', 'item.tracks', 'item.action'])
    .select(['item.action_date', 'item.why', 'l.source', 'l.href', 's.name'])
    .select(sql<string | null>`(select max(at) from item_revisions where item_revisions.item = item.id)`.as('updated'))
    .where('item.topic', '!=', OFF_TOPIC)
    .where('item.space', 'is', null)
    .orderBy('item.seq', 'desc')
    .orderBy('l.source')

type Joined = Omit<NewsRow, 'sources'> & { source: string | null; href: string | null; name: string | null }

/** Rows of one item stand together, one for each of its sources. */
function grouped(rows: readonly Joined[]): NewsRow[] {
  const items: NewsRow[] = []
  let last: NewsRow | undefined
  for (const row of rows) {
    if (last?.id !== row.id) {
      last = Object.assign(row, { sources: [] })
      items.push(last)
    }
    if (row.source !== null) last.sources.push({ id: row.source, name: row.name ?? row.source, href: row.href })
  }
  return items
}
