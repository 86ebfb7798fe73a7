import { escapeUTF8 } from 'entities'
import { decode } from './decode.ts'
import { walk } from './tokens.ts'

/** A feed of a reading list: its folders, outermost first, and OPML's own categories as they stand there. */
export type OpmlFeed = { url: string; title: string; folder: readonly string[]; categories?: string; html?: string }

const MOST = 5000
const DEEPEST = 20

/** The feeds of a reading list (OPML 1 or 2), in its order; nothing when the document is none. */
export function readOpml(bytes: Uint8Array): OpmlFeed[] | undefined {
  const feeds: OpmlFeed[] = []
  const open: (string | undefined)[] = []
  let deeper = 0
  let isOpml = false
  walk(decode(bytes), {
    attributes: () => true,
    open({ name, attributes, empty }) {
      if (name === 'opml') isOpml = true
      if (!isOpml || name !== 'outline') return true
      const title = (attributes.title || attributes.text || '').replace(/\s+/g, ' ').trim().slice(0, 200)
      const url = attributes.xmlurl
      if (url)
        feeds.push({
          url,
          title,
          folder: open.filter((part) => part !== undefined),
          ...(attributes.category ? { categories: attributes.category } : {}),
          ...(attributes.htmlurl ? { html: attributes.htmlurl } : {}),
        })
      // What holds a feed's own details is no folder.
      if (!empty && open.length >= DEEPEST) deeper++
      else if (!empty) open.push(url || !title ? undefined : title)
      return feeds.length < MOST
    },
    close(name) {
      if (name !== 'outline') return true
      if (deeper > 0) deeper--
      else open.pop()
      return true
    },
  })
  return isOpml ? feeds : undefined
}

type Branch = { feeds: OpmlFeed[]; inner: Map<string, Branch> }
const branch = (): Branch => ({ feeds: [], inner: new Map() })

/** A reading list as OPML 2.0, with its folders as outlines in the order in which they come first. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const root = branch()
  for (const feed of feeds) {
    let at = root
    for (const name of feed.folder) {
      const next = at.inner.get(name) ?? branch()
      at.inner.set(name, next)
      at = next
    }
    at.feeds.push(feed)
  }
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
  lines.push(
    `  <head><title>${escaped(title)}</title></head>`,
    '  <body>',
    ...outlines(root, '    '),
    '  </body>',
    '</opml>',
  )
  return `${lines.join('\n')}\n`
}

const outlines = ({ feeds, inner }: Branch, indent: string): string[] => [
  ...feeds.map((feed) => {
    const written = {
      text: feed.title,
      title: feed.title,
      type: 'rss',
      xmlUrl: feed.url,
      htmlUrl: feed.html,
      category: feed.categories,
    }
    return `${indent}<outline${attributes(written)}/>`
  }),
  ...[...inner].flatMap(([name, below]) => [
    `${indent}<outline${attributes({ text: name, title: name })}>`,
    ...outlines(below, `${indent}  `),
    `${indent}</outline>`,
  ]),
]

const attributes = (values: Record<string, string | undefined>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(value)}"`))
    .join('')

/** Characters that XML 1.0 cannot hold are left out. */
const escaped = (text: string): string =>
  escapeUTF8(text.toWellFormed().replace(/[[\p{Cc}\u{fffe}\u{ffff}]--[\t\n\r]]/gv, ''))
