import { gunzipSync } from 'node:zlib'
import type { Feed, Skip, Trouble } from '@cme-commons/core'
import { clean } from './clean.ts'
import { decode } from './decode.ts'
import { looksLikeJson, parseJson } from './json.ts'
import { normalise } from './normalise.ts'
import { trouble } from './trouble.ts'
import { skipOf, ttlSeconds } from './ttl.ts'
import type { Hints } from './types.ts'
import { parseXml } from './xml.ts'

/**
 * A parsed document; `ttl` is how many seconds the feed itself says it stays fresh, `skip` when it asks not to be read. Of a web page where
 * a feed was looked for, the `links` to feeds that it names.
 */
export type Read = { feed: Feed; ttl?: number; skip?: Skip } | { trouble: Trouble; links?: readonly string[] }

/** From bytes to a feed: decode, clean, parse, normalise. Never throws; runs in the parsing thread. */
export async function readDocument(bytes: Uint8Array, hints: Hints, mostItems: number): Promise<Read> {
  const text = decode(unpacked(bytes), hints.contentType)
  // Loaded by the first page: a thread that reads feeds alone stays small.
  if (hints.page) return (await import('./page.ts')).readPage(text, hints.page, hints.url, mostItems)
  if (looksLikeJson(text)) return parseJson(text, hints.url, mostItems)
  const cleaned = clean(text, mostItems)
  if ('trouble' in cleaned) {
    if (!hints.links) return cleaned
    return { ...cleaned, links: (await import('./found-links.ts')).feedLinksIn(text, hints.url) }
  }
  try {
    const parsed = await parseXml(cleaned.xml)
    return {
      feed: normalise(parsed, cleaned.format, hints.url),
      ttl: ttlSeconds(parsed.feed),
      skip: skipOf(parsed.feed),
    }
  } catch {
    return {
      trouble: trouble('bad-xml', 'The document is too broken to be read as a feed; tell the owner of the site.'),
    }
  }
}

/** The most bytes that a packed document may unfold to. */
const MOST_UNPACKED = 15 * 1_048_576

/** The document in a gzip file, which some sites serve as it lies on their disk; anything else as it is. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED })
  } catch {
    return bytes
  }
}
