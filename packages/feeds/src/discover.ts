import type { Trouble } from '@cme-commons/core'
import { usualPlaces } from './found-links.ts'
import type { Discovered, FoundFeed, Reading } from './types.ts'

/** A reading, and the feeds that the page names when it is one. */
export type Look = { reading: Reading; url?: string; links?: readonly string[] }

/** Links that a page names and that are read. */
const MOST_LINKS = 6

/** Looks for feeds as `Reader.discover` says, with `look` to read one address. */
export async function discoverFeeds(url: string, look: (url: string) => Promise<Look>): Promise<Discovered> {
  const first = await look(url)
  if (first.reading.kind === 'items') return { found: [{ url, how: 'here', reading: first.reading }] }
  const why = troubleOf(first.reading)
  if (why.kind !== 'not-a-feed' && why.kind !== 'http-4xx') return { trouble: why }
  const page = first.url ?? url
  const found: FoundFeed[] = []
  for (const link of first.links?.slice(0, MOST_LINKS) ?? []) {
    const { reading } = await look(link)
    if (reading.kind === 'items') found.push({ url: link, how: 'linked', reading })
    else if (troubleOf(reading).kind === 'rate-limited') return { trouble: troubleOf(reading) }
  }
  if (found.length > 0) return { found: distinct(found) }
  if (!URL.canParse(page)) return { trouble: why }
  for (const place of usualPlaces(page)) {
    const { reading } = await look(place)
    if (reading.kind === 'items') return { found: [{ url: place, how: 'guessed', reading }] }
    const { kind, status } = troubleOf(reading)
    // A host that cannot be reached or asks for patience is not asked again and again.
    if (status === 429 || status === 503 || !['not-a-feed', 'http-4xx', 'redirects', 'bad-xml', 'gone'].includes(kind))
      break
  }
  const looked = 'Its page names no feed, and there is none in the usual places.'
  const say = why.kind === 'http-4xx' ? why.say : `${why.say} ${looked}`
  return { trouble: { ...why, say } }
}

/** One of those that lead to the same document in the end. */
const distinct = (found: readonly FoundFeed[]): FoundFeed[] =>
  [...new Map(found.toReversed().map((feed) => [feed.reading.url, feed])).values()].toReversed()

const troubleOf = (reading: Reading): Trouble =>
  reading.kind === 'trouble' ? reading.trouble : { kind: 'not-a-feed', say: 'The server sent nothing to read.' }
