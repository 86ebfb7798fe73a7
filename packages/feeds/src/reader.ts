import type { PageSelectors } from '@cme-commons/core'
import { tooLarge } from './body.ts'
import { discoverFeeds, type Look } from './discover.ts'
import { fetchDocument } from './fetch.ts'
import { allowed, lookupAll } from './guard.ts'
import { createParser } from './parser.ts'
import type { Reader, ReaderOptions, Validators } from './types.ts'

/** A reader of feeds: fetches under the address guard, parses in a thread. Keep one for the life of the program and close it. */
export function createReader(options: ReaderOptions): Reader {
  const { userAgent, allow = [], totalMs = 20_000, maxBytes = 15 * 1_048_576 } = options
  const { parseMs = 2_000, parseMb = 200, lookup = lookupAll } = options
  const parser = createParser({ parseMs, parseMb })
  const fetching = { userAgent, allow: allowed(allow), lookup, totalMs, maxBytes }

  /** Reads one address and, where that is a page in which feeds are looked for, says what feeds it names. */
  async function look(
    url: string,
    validators: Validators,
    signal: AbortSignal | undefined,
    wanted: { page?: PageSelectors; links?: boolean },
  ): Promise<Look> {
    const found = await fetchDocument(url, validators, { ...fetching, page: wanted.page !== undefined }, signal)
    if (found.kind === 'trouble') return { reading: found }
    const where = { url: found.url, validators: found.validators, movedTo: found.movedTo }
    if (found.kind === 'same') return { reading: { kind: 'unchanged', ...where, maxAge: found.maxAge } }
    const { body, contentType } = found
    const read = await parser.parse(body.bytes, { contentType, url: found.url, ...wanted }, options.maxItems ?? 200)
    if ('trouble' in read)
      return { reading: { kind: 'trouble', trouble: read.trouble }, url: found.url, links: read.links }
    const maxAge = Math.max(found.maxAge ?? 0, read.ttl ?? 0) || undefined
    return { reading: { kind: 'items', feed: read.feed, ...where, maxAge, ...(read.skip ? { skip: read.skip } : {}) } }
  }

  return {
    read: async (url, validators = {}, signal, page) => (await look(url, validators, signal, { page })).reading,
    discover: (url, signal) => discoverFeeds(url, (at) => look(at, {}, signal, { links: true })),

    async parse(bytes, hints = {}) {
      if (bytes.length > maxBytes) return { trouble: tooLarge(maxBytes) }
      const read = await parser.parse(new Uint8Array(bytes), hints, options.maxItems ?? 5_000)
      return 'trouble' in read ? read : { feed: read.feed }
    },

    close: () => parser.close(),
  }
}
