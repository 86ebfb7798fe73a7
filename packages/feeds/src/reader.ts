import { tooLarge } from './body.ts'
import { fetchDocument } from './fetch.ts'
import { allowed, lookupAll } from './guard.ts'
import { createParser } from './parser.ts'
import type { Reader, ReaderOptions } from './types.ts'

/** A reader of feeds: fetches under the address guard, parses in a thread. Keep one for the life of the program and close it. */
export function createReader(options: ReaderOptions): Reader {
  const { userAgent, allow = [], totalMs = 20_000, maxBytes = 15 * 1_048_576 } = options
  const { parseMs = 2_000, parseMb = 200, lookup = lookupAll } = options
  const parser = createParser({ parseMs, parseMb })
  const fetching = { userAgent, allow: allowed(allow), lookup, totalMs, maxBytes }

  return {
    async read(url, validators = {}, signal) {
      const found = await fetchDocument(url, validators, fetching, signal)
      if (found.kind === 'trouble') return found
      const where = { url: found.url, validators: found.validators, movedTo: found.movedTo }
      if (found.kind === 'same') return { kind: 'unchanged', ...where, maxAge: found.maxAge }
      const { body, contentType } = found
      const read = await parser.parse(body.bytes, { contentType, url: found.url }, options.maxItems ?? 200)
      if ('trouble' in read) return { kind: 'trouble', trouble: read.trouble }
      const maxAge = Math.max(found.maxAge ?? 0, read.ttl ?? 0) || undefined
      return { kind: 'items', feed: read.feed, ...where, maxAge }
    },

    async parse(bytes, hints = {}) {
      if (bytes.length > maxBytes) return { trouble: tooLarge(maxBytes) }
      const read = await parser.parse(bytes, hints, options.maxItems ?? 5_000)
      return 'trouble' in read ? read : { feed: read.feed }
    },

    close: () => parser.close(),
  }
}
