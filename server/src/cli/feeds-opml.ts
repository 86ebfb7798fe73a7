import { addedSource, sourceSlug } from '@cme-commons/app'
import { hostOf, plainAddress } from '@cme-commons/core'
import { allSources, changeSource, inTx, putSource } from '@cme-commons/db'
import { type OpmlFeed, readFile, readOpml, writeOpml } from '@cme-commons/feeds'
import type { House } from '../house.ts'
import { store } from '../poll.ts'
import { polling, tell } from './feeds-add.ts'
import { spared, triedLater, type Waiting } from './feeds-later.ts'
import { Refusal } from './refusal.ts'

const HOSTS_AT_ONCE = 5

/**
 * Adds the feeds of a reading list, one request a host at a time and none after a host asked for patience. What a person has to mend is
 * kept, off, with the reason; of what is there already only folder and categories are taken over.
 */
export async function importOpml(house: House, path: string): Promise<void> {
  const file = await readFile(path)
  if ('trouble' in file) throw new Refusal(file.trouble.say)
  const feeds = readOpml(file.bytes)
  if (!feeds) throw new Refusal(`${path} is no reading list (OPML); export one from your feed reader.`)
  const known = new Map((await allSources(house.db.read)).map((source) => [plainAddress(source.url ?? ''), source.id]))
  const ids = new Set((await allSources(house.db.read)).map(({ id }) => id))
  const fresh: (OpmlFeed & { id: string })[] = []
  for (const feed of new Map(feeds.map((each) => [plainAddress(each.url), each])).values()) {
    const id = known.get(plainAddress(feed.url))
    if (id !== undefined) {
      await inTx(house.db, (tx) => changeSource(tx, id, placeOf(feed)))
      console.log(`${id}: is here already`)
    } else fresh.push({ ...feed, id: freeId(ids, feed) })
  }
  const hosts = [...Map.groupBy(fresh, ({ url }) => hostOf(url)).values()]
  const waiting: Waiting = new Map()
  const next = async () => {
    for (let host = hosts.shift(); host; host = hosts.shift())
      for (const feed of host) await addOne(house, feed, waiting)
  }
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, next))
  if (feeds.length === 0) console.log(`${path} names no feeds.`)
}

async function addOne(house: House, feed: OpmlFeed & { id: string }, waiting: Waiting): Promise<void> {
  const now = house.clock.now()
  const named = (title: string) => ({ ...addedSource(feed.id, title || feed.id, feed.url, now), ...placeOf(feed) })
  if (await spared(house, named(feed.title), waiting)) return
  const reading = await house.reader.read(feed.url)
  const source = named(feed.title || (reading.kind === 'items' ? reading.feed.title : ''))
  if (reading.kind === 'trouble') {
    if (await triedLater(house, source, reading.trouble, waiting)) return
    const reason = `When its reading list was brought in, it could not be read: ${reading.trouble.say}`
    await inTx(house.db, (tx) => putSource(tx, { ...source, enabled: 0, switched: null, reason }))
    return console.log(`${feed.id}: added, but off: ${reading.trouble.say}`)
  }
  await inTx(house.db, (tx) => putSource(tx, source))
  tell(await store(polling(house), source, reading, now))
}

const placeOf = ({ folder, categories }: OpmlFeed) => ({
  folder: folder.length > 0 ? JSON.stringify(folder) : null,
  categories: categories ?? null,
})

/** An id that is free: by the host, then by title, then by number. */
function freeId(taken: Set<string>, { url, title }: OpmlFeed): string {
  const host = sourceSlug(hostOf(url)) || 'feed'
  const names = [
    host,
    sourceSlug(`${host} ${title}`).slice(0, 60),
    ...Array.from({ length: 6000 }, (_, i) => `${host}-${i + 2}`),
  ]
  const id = names.find((name) => !taken.has(name))!
  taken.add(id)
  return id
}

/** Prints the feeds that are read, or all that have an address, as a reading list. */
export async function exportOpml(house: House, all: boolean): Promise<void> {
  const sources = (await allSources(house.db.read)).filter(
    ({ url, kind, sample, enabled }) => url && kind === 'feed' && sample === 0 && (all || enabled === 1),
  )
  const feeds = sources.map(({ url, name, folder, categories }) => ({
    url: url!,
    title: name,
    folder: folder ? (JSON.parse(folder) as string[]) : [],
    ...(categories ? { categories } : {}),
  }))
  process.stdout.write(writeOpml('CME Commons: sources', feeds))
}
