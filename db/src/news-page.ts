import { type ExpressionBuilder, sql } from 'kysely'
import type { ItemTable } from './tables/news.ts'
import type { Tables } from './tables.ts'
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
export type NewsRow = Omit<ItemTable, 'old'> & { sources: { id: string; name: string; href: string | null }[] }

/** Items that match, newest first by their number, in one statement; off-topic ones never. */
export async function newsPage(db: Read, query: NewsQuery): Promise<NewsRow[]> {
  const rows = await withSources(db, (items) => {
    let page = items.orderBy('seq', 'desc').limit(sql.lit(query.limit))
    if (query.topics?.length) page = page.where('topic', 'in', query.topics)
    if (query.bodies?.length) page = page.where('body', 'in', query.bodies)
    if (query.regions?.length) page = page.where('region', 'in', query.regions)
    if (query.tracks?.length) page = page.where((e) => ofTracks(e, query.tracks!))
    if (query.since) page = page.where('published', '>=', query.since)
    if (query.before !== undefined) page = page.where('seq', '<', query.before)
    return page
  })
  return grouped(rows)
}

/** One item by its id; an off-topic one is not found. */
export async function newsItem(db: Read, id: string): Promise<NewsRow | undefined> {
  return grouped(await withSources(db, (items) => items.where('id', '=', id)))[0]
}

const ofTracks = (e: ExpressionBuilder<Tables, 'items'>, tracks: readonly string[]) =>
  e.or(tracks.map((track) => e('tracks', 'like', `%,${track},%`)))

const onTopic = (db: Read) =>
  db
    .selectFrom('items')
    .select(['id', 'seq', 'title', 'text', 'link', 'published', 'seen', 'sample'])
    .select(['topic', 'body', 'region', 'tracks', 'action', 'action_date', 'why'])
    .where('topic', '!=', 'off-topic')

const withSources = (db: Read, narrow: (items: ReturnType<typeof onTopic>) => ReturnType<typeof onTopic>) =>
  db
    .selectFrom(narrow(onTopic(db)).as('item'))
    .leftJoin('item_links as l', 'l.item', 'item.id')
    .leftJoin('sources as s', 's.id', 'l.source')
    .selectAll('item')
    .select(['l.source', 'l.href', 's.name'])
    .orderBy('item.seq', 'desc')
    .orderBy('l.source')
    .execute()

type Joined = Omit<ItemTable, 'old'> & { source: string | null; href: string | null; name: string | null }

/** Rows of one item stand together, one for each of its sources. */
function grouped(rows: readonly Joined[]): NewsRow[] {
  const items: NewsRow[] = []
  for (const { source, href, name, ...item } of rows) {
    let last = items.at(-1)
    if (last?.id !== item.id) {
      last = { ...item, sources: [] }
      items.push(last)
    }
    if (source !== null) last.sources.push({ id: source, name: name ?? source, href })
  }
  return items
}
