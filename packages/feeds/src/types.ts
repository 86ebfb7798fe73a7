import type { Feed, PageSelectors, Skip, Trouble } from '@cme-commons/core'
import type { Lookup } from './guard.ts'

/** What a server said about one version of a document. Opaque: sent back as received. `bodyHash` is the SHA-256 of the bytes. */
export type Validators = { etag?: string; lastModified?: string; bodyHash?: string }

/**
 * Where a document was found: `url` after redirects; `movedTo` when every hop was permanent (301, 308); `maxAge` in seconds; `skip` when the
 * feed asks not to be read at times.
 */
type Found = { validators: Validators; url: string; movedTo?: string; maxAge?: number; skip?: Skip }

/** One reading of a source. Store `validators` only after the items are stored, or a crash between the two loses them. */
export type Reading =
  | ({ kind: 'unchanged' } & Found)
  | ({ kind: 'items'; feed: Feed } & Found)
  | { kind: 'trouble'; trouble: Trouble }

/**
 * What is known about a document besides its bytes: the Content-Type it came with and where it was found. With `page` it is a web page, and
 * its news is found by these selectors; with `links` the feeds that a web page names are looked for.
 */
export type Hints = { contentType?: string; url?: string; page?: PageSelectors; links?: boolean }

/** Feeds that were found and read: where, and how (`here` is the address itself). */
export type Discovered = { found: readonly FoundFeed[] } | { trouble: Trouble }
export type FoundFeed = {
  url: string
  how: 'here' | 'linked' | 'guessed'
  reading: Extract<Reading, { kind: 'items' }>
}

export type Reader = {
  /** Fetches and parses one address, a page by its selectors. Never rejects; whatever the server does is a `Reading`. */
  read(url: string, validators?: Validators, signal?: AbortSignal, page?: PageSelectors): Promise<Reading>
  /**
   * Looks for feeds at an address, behind the links of the page there, and in the usual places, one request after another. Answers those
   * that were read, best first, or why there is none.
   */
  discover(url: string, signal?: AbortSignal): Promise<Discovered>
  /** Parses a document that is already here, such as one from disk. */
  parse(bytes: Uint8Array, hints?: Hints): Promise<{ feed: Feed } | { trouble: Trouble }>
  /** Ends the parsing thread. Readings under way end in trouble. */
  close(): Promise<void>
}

export type ReaderOptions = {
  /** Sent as User-Agent: the program's name, version and where to reach its operator. */
  userAgent: string
  /** `host`, `host:port` or `ip/bits` that may be read although private or on another port. */
  allow?: readonly string[]
  /** Milliseconds for one whole exchange, from the name look-up to the last byte, redirects included. */
  totalMs?: number
  /** Most bytes of a document, counted after decompression. */
  maxBytes?: number
  /** Most items handed back, the newest; default 200 for `read`, 5,000 for `parse`. */
  maxItems?: number
  /** Milliseconds the parser may work on one document. */
  parseMs?: number
  /** Megabytes of heap the parser may use. */
  parseMb?: number
  /** Resolves host names; the system's resolver when left out. */
  lookup?: Lookup
}
