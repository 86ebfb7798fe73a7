import {
  type Classifier,
  classify,
  compile,
  DAY,
  type Feed,
  type FeedItem,
  type Instant,
  type Knowledge,
  namesOf,
  plus,
  type Source,
  storyOf,
} from '@cme-commons/core'
import { addItems, addLinks, addNames, type ItemTable, itemsNamed, type SourceTable, type Tx } from '@cme-commons/db'
import { hashOf } from './digest-maker.ts'

/** Entries older than this at first sight are stored as old news, whatever brought them up again. */
const OLD_AFTER = 30 * DAY

/** One entry with every name it may be known by: in its own source, and across all sources. */
type Named = { entry: FeedItem; own: string[]; shared: string[] }

/** The entries of a document with their names, oldest first, so that numbers follow time. Pure: done before the transaction. */
export function nameEntries(feed: Feed): Named[] {
  const names = namesOf(feed.items)
  return feed.items
    .map((entry, i) => ({
      entry,
      own: names[i]!.map((name) => hashOf(name)),
      shared: [
        ...names[i]!.filter((name) => name.startsWith('link ')),
        ...(storyOf(entry.title, feed.title) ? [`story ${storyOf(entry.title, feed.title)}`] : []),
      ].map((name) => hashOf(name)),
    }))
    .sort((a, b) => (a.entry.published ?? '').localeCompare(b.entry.published ?? ''))
}

/**
 * Stores what is new among some entries of one source and says how many items that made. The same story from another source becomes
 * a second link of its item. What a source had at its first read is old news: archived, never announced.
 */
export async function ingest(
  tx: Tx,
  source: SourceTable,
  entries: readonly Named[],
  now: Instant,
  content: Knowledge,
): Promise<number> {
  const known = await itemsNamed(
    tx,
    source.id,
    entries.flatMap((entry) => entry.own),
  )
  const elsewhere = await itemsNamed(
    tx,
    '',
    entries.flatMap((entry) => entry.shared),
  )
  const fresh: Named[] = []
  const taken = new Map<string, string>()
  const names: { source: string; name: string; item: string }[] = []
  const links: { item: string; source: string; href: string | null }[] = []
  const remember = ({ entry, own, shared }: Named, item: string) => {
    names.push(
      ...own.map((name) => ({ source: source.id, name, item })),
      ...shared.map((name) => ({ source: '', name, item })),
    )
    links.push({ item, source: source.id, href: entry.link ?? null })
  }
  for (const named of entries) {
    const item = first(known, named.own) ?? first(elsewhere, named.shared)
    if (item) remember(named, item)
    else if (!named.own.some((name) => taken.has(name)) && !named.shared.some((name) => taken.has(name))) {
      for (const name of [...named.own, ...named.shared]) taken.set(name, name)
      fresh.push(named)
    }
  }
  const rows = await addItems(
    tx,
    fresh.map(({ entry }) => rowOf(entry, source, now, content)),
  )
  rows.forEach((row, i) => {
    remember(fresh[i]!, row.id)
  })
  await addNames(tx, names)
  await addLinks(tx, links)
  return rows.length
}

const first = (map: Map<string, string>, names: readonly string[]): string | undefined =>
  names.map((name) => map.get(name)).find((item) => item !== undefined)

const classifiers = new WeakMap<Knowledge, Classifier>()

/** The compiled words of the content, compiled once. */
function classifierOf(content: Knowledge): Classifier {
  const classifier = classifiers.get(content) ?? compile(content)
  classifiers.set(content, classifier)
  return classifier
}

function rowOf(entry: FeedItem, row: SourceTable, now: Instant, content: Knowledge): Omit<ItemTable, 'id' | 'seq'> {
  const said = entry.published ?? entry.updated ?? now
  const published = said > now ? now : said
  const source = content.sources.find((source) => source.id === row.id) ?? sourceOf(row)
  const labels = classify(
    classifierOf(content),
    { title: entry.title, text: entry.text, categories: entry.categories, source },
    published.slice(0, 10),
  )
  return {
    title: entry.title,
    text: entry.text,
    link: entry.link ?? null,
    published,
    seen: now,
    old: row.read_at === null || published < plus(now, -OLD_AFTER) ? 1 : 0,
    sample: row.sample,
    topic: labels.topic,
    body: labels.body ?? null,
    region: labels.region,
    tracks: `,${labels.tracks.join(',')},`,
    action: labels.actionRequired ? 1 : 0,
    action_date: labels.actionDate ?? null,
    why: JSON.stringify(labels.why),
  }
}

/** A source that an operator added, in the shape of the content's. */
const sourceOf = (row: SourceTable): Source => ({
  id: row.id,
  name: row.name,
  url: row.url ?? undefined,
  kind: 'feed',
  enabled: true,
  body: row.body ?? undefined,
  region: row.region ?? undefined,
  topic: row.topic ?? undefined,
  mixed: row.mixed === 1,
  sample: row.sample === 1,
  source: row.url ?? '',
  checked: '',
  confidence: 'uncertain',
})
