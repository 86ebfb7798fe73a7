import { setImmediate as breath } from 'node:timers/promises'
import {
  DAY,
  type Feed,
  type FeedItem,
  type Instant,
  isAnother,
  type Knowledge,
  type KnownBy,
  movedName,
  namesOf,
  plus,
  type ReadDay,
  storyOf,
  titleName,
} from '@cme-commons/core'
import {
  addItemDates,
  addItems,
  addLinks,
  addNames,
  addTwins,
  holdItems,
  type ItemTable,
  itemsNamed,
  type NamedItem,
  type Read,
  type SourceTable,
  type Tx,
} from '@cme-commons/db'
import { hashOf } from './digest-maker.ts'
import { labelColumns, relabelled } from './labels.ts'
import { changesAmong, rememberWords, reviseChanged, tooMany } from './revise.ts'
import { tellOfItems } from './webhook-events.ts'

/** Entries older than this at first sight are stored as old news, whatever brought them up again. */
export const OLD_AFTER = 30 * DAY

/** The same title elsewhere is the same story so long; later it is news again ("Call for abstracts is open"). */
const STORY_LASTS = 7 * DAY

/**
 * One entry with the names it is known by in its own source (`kept` are those it shall be known by should its guid turn out to be none; `moved`
 * when all of its addresses are others), by its link in all sources, and by its title in the others.
 */
export type Named = {
  entry: FeedItem
  own: string[]
  kept: string[]
  links: string[]
  moved?: string
  story?: string
}

/** So many entries are named, and so many labelled, before others get a turn of the event loop. */
const NAMED_AT_ONCE = 50
const LABELLED_AT_ONCE = 4

/** The entries of a document with their names, oldest first, so that numbers follow time. Done before the transaction. */
export async function nameEntries(feed: Feed, by: KnownBy = 'guid'): Promise<Named[]> {
  const names = namesOf(feed.items, by)
  const moved = feed.items.map((item) => movedName(item, feed.title))
  const times = Map.groupBy(moved, (name) => name)
  const named: Named[] = []
  for (const [i, entry] of feed.items.entries()) {
    if (i % NAMED_AT_ONCE === NAMED_AT_ONCE - 1) await breath()
    const story = storyOf(entry.title, feed.title)
    const own = names[i]!.map((name) => hashOf(name))
    const byGuid = names[i]!.every((name) => name.startsWith('guid '))
    named.push({
      entry,
      own,
      kept: byGuid ? [...own, hashOf(titleName(entry))] : own,
      ...(moved[i] && times.get(moved[i])!.length === 1 ? { moved: hashOf(moved[i]) } : {}),
      links: names[i]!.filter((name) => name.startsWith('link ')).map((name) => hashOf(name)),
      ...(story ? { story: hashOf(`story ${story}`) } : {}),
    })
  }
  const when = ({ entry }: Named): string => entry.published ?? entry.updated ?? ''
  // A feed without any dates has the newest first, as all do; a page was turned round when it was read.
  if (feed.format !== 'page' && named.every((one) => when(one) === '')) return named.reverse()
  return named.sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0))
}

/** New entries as they are stored, by entry. */
type MadeAhead = ReadonlyMap<FeedItem, ReturnType<typeof madeOf>>

/** Labels what is new among some entries: before the transaction that stores them, so that nobody waits for it behind them. */
export async function madeAhead(
  db: Read,
  source: SourceTable,
  entries: readonly Named[],
  now: Instant,
  content: Knowledge,
): Promise<MadeAhead> {
  const find = source.read_at === null ? () => undefined : await finder(db, source, entries, content)
  const made = new Map<FeedItem, ReturnType<typeof madeOf>>()
  for (const [i, named] of entries.entries()) {
    if (i % LABELLED_AT_ONCE === LABELLED_AT_ONCE - 1) await breath()
    if (!find(named, saidWhen(named.entry, now))) made.set(named.entry, madeOf(named.entry, source, now, content))
  }
  return made
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
  { ahead, redesigned = false }: { ahead?: MadeAhead; redesigned?: boolean } = {},
): Promise<number> {
  await holdItems(tx)
  const find = await finder(tx, source, entries, content)
  const fresh: Named[] = []
  const known = new Map<string, FeedItem>()
  const taken = new Set<string>()
  const names: { source: string; name: string; item: string }[] = []
  const links: { item: string; source: string; href: string | null }[] = []
  const remember = ({ entry, kept, links: shared, moved, story }: Named, item: string) => {
    names.push(...[...kept, ...(moved ? [moved] : [])].map((name) => ({ source: source.id, name, item })))
    names.push(...[...shared, ...(story ? [story] : [])].map((name) => ({ source: '', name, item })))
    links.push({ item, source: source.id, href: entry.link ?? null })
  }
  for (const named of entries) {
    const item = find(named, saidWhen(named.entry, now))
    if (item) {
      remember(named, item)
      known.set(item, named.entry)
    } else if (!named.own.some((name) => taken.has(name))) {
      for (const name of named.own) taken.add(name)
      fresh.push(named)
    }
  }
  const made = fresh.map(({ entry }) => ahead?.get(entry) ?? madeOf(entry, source, now, content))
  const rows = await addItems(
    tx,
    made.map(({ row }) => row),
  )
  await addItemDates(
    tx,
    now,
    rows.map(({ id }, i) => ({ item: id, days: made[i]!.days })),
  )
  await addTwins(
    tx,
    rows.map(({ id }, i) => ({ item: id, names: fresh[i]!.links })),
  )
  rows.forEach((row, i) => {
    remember(fresh[i]!, row.id)
  })
  await addNames(tx, names)
  await addLinks(tx, links)
  await rememberWords(tx, source.id, rows)
  await reviseChanged(tx, source, known, now, content, redesigned)
  await tellOfItems(tx, rows, now)
  return rows.length
}

/**
 * Finds the stored item that an entry is: by a name in its own source, by its link anywhere, by its title in another source. A link alone does not
 * make one item of two that differ in title and day, nor a title of what two bodies say.
 */
export async function finder(tx: Read, source: SourceTable, entries: readonly Named[], content: Knowledge) {
  const own = await itemsNamed(
    tx,
    source.id,
    source.id,
    entries.flatMap(({ own, moved }) => (moved ? [...own, moved] : own)),
  )
  const shared = await itemsNamed(
    tx,
    '',
    source.id,
    entries.flatMap(({ links, story }) => (story ? [...links, story] : links)),
  )
  const bodyOf = (entry: FeedItem, published: Instant) => relabelled(entry, source, published, content).body
  return ({ entry, own: names, links, moved, story }: Named, published: Instant): string | undefined => {
    const apart = (found: NamedItem) => Math.abs(Date.parse(found.published) - Date.parse(published))
    for (const name of names) {
      const found = own.get(name)
      const byLinkAlone = names.length > 1 && links.includes(name)
      if (found && !(byLinkAlone && isAnother(entry, found))) return found.item
    }
    for (const name of links) {
      const found = shared.get(name)
      const posted = found && !found.ours && apart(found) <= OLD_AFTER
      if (found && (posted || !isAnother(entry, found))) return found.item
    }
    if (moved && own.has(moved)) return own.get(moved)!.item
    const same = story ? shared.get(story) : undefined
    if (!same || same.ours || apart(same) > STORY_LASTS) return undefined
    const body = same.body && bodyOf(entry, published)
    return body && body !== same.body ? undefined : same.item
  }
}

/**
 * Whether so much of a document changed at once that nobody is told: a new design of the site, or a source that is read as if for the first
 * time. Asked before any of it is stored.
 */
export async function isRedesigned(
  db: Read,
  source: SourceTable,
  entries: readonly Named[],
  now: Instant,
  content: Knowledge,
): Promise<boolean> {
  if (source.read_at === null) return true
  const find = await finder(db, source, entries, content)
  const known = entries.flatMap((named) => {
    const item = find(named, saidWhen(named.entry, now))
    return item ? [[item, named.entry] as const] : []
  })
  return tooMany(await changesAmong(db, source, new Map(known), content))
}

/** When an entry says it appeared, never in the future. */
const saidWhen = ({ published, updated }: FeedItem, now: Instant): Instant => {
  const said = published ?? updated ?? now
  return said > now ? now : said
}

/** A new entry as it is stored: with its labels, and as old news where nobody shall be told of it; and the days to come that it names. */
export function madeOf(
  entry: FeedItem,
  row: SourceTable,
  now: Instant,
  content: Knowledge,
): { row: Omit<ItemTable, 'id' | 'seq'>; days: readonly ReadDay[] } {
  const published = saidWhen(entry, now)
  const labels = relabelled(entry, row, published, content)
  const made = {
    title: entry.title,
    text: entry.text,
    link: entry.link ?? null,
    published,
    seen: now,
    old: row.read_at === null || published < plus(now, -OLD_AFTER) ? 1 : 0,
    sample: row.sample,
    ...labelColumns(labels),
    space: null,
  }
  return { row: made, days: labels.days ?? [] }
}
