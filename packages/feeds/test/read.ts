import type { Feed, FeedItem, Trouble } from '@cme-commons/core'
import { readDocument } from '../src/document.ts'
import type { Hints } from '../src/types.ts'

/** Reads a document in this thread, without a server. */
export async function readText(document: string | Uint8Array, hints: Hints = {}, mostItems = 200): Promise<Feed> {
  const found = await readAny(document, hints, mostItems)
  if ('say' in found) throw new Error(found.say)
  return found
}

export async function readAny(
  document: string | Uint8Array,
  hints: Hints = {},
  mostItems = 200,
): Promise<Feed | Trouble> {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document
  const read = await readDocument(bytes, hints, mostItems)
  return 'trouble' in read ? read.trouble : read.feed
}

/** The item of an RSS 2.0 channel that holds just this. */
export const rssItem = async (fields: string, channel = ''): Promise<FeedItem | undefined> =>
  (await readText(`<rss version="2.0"><channel><title>Feed</title>${channel}<item>${fields}</item></channel></rss>`))
    .items[0]

/** The entry of an Atom feed that holds just this. */
export const atomEntry = async (fields: string, feed = ''): Promise<FeedItem | undefined> =>
  (
    await readText(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title>${feed}<entry>${fields}</entry></feed>`,
    )
  ).items[0]
