import type { Trouble } from '@cme-commons/core'
import { withoutDoctype } from './doctype.ts'
import { closed, type Draft, endField, newDraft, opened, openedItem, type Root } from './draft.ts'
import { fieldXml, type Held } from './field.ts'
import { PROSE } from './fields.ts'
import { keepNewest } from './kept.ts'
import { scopeWith } from './names.ts'
import { type Tag, walk } from './tokens.ts'
import { trouble } from './trouble.ts'

/** A small well-formed document that holds nothing but what we read. */
export type Cleaned = { format: Root['format']; xml: string }

/**
 * Rewrites a feed so that the XML parser can neither fail on it nor lose anything: one pass over its tags forgives what
 * browsers forgive (bare `&`, unknown entities, wrong case, tags left open, junk around the root, a cut-off end), keeps
 * the fields we read under one spelling, the `mostItems` newest items, and turns markup inside them into text. The DOCTYPE
 * goes. Takes time in proportion to the document's length, whatever it holds.
 */
export function clean(text: string, mostItems: number): Cleaned | { trouble: Trouble } {
  const draft = newDraft(withoutDoctype(text), mostItems)
  walk(draft.source, {
    attributes: () => !draft.field,
    open: (tag) => (draft.root ? opened(draft, tag) : openedRoot(draft, tag)),
    close: (name, start) => !draft.root || closed(draft, name, start),
  })
  if (draft.tooDeep)
    return { trouble: trouble('bad-xml', 'The document nests its elements too deeply for a feed; check the address.') }
  if (!draft.root || (draft.root.format !== 'atom' && !draft.sawChannel && countOf(draft) === 0))
    return { trouble: notAFeed(draft) }
  if (draft.scanned === 0 && /<(item|entry)[\s>]/i.test(withoutComments(draft.source)))
    return { trouble: trouble('bad-xml', NONE_READ) }
  if (!draft.complete) cutBack(draft)
  return { format: draft.root.format, xml: documentOf(draft) }
}

const NONE_READ =
  'The document has items, but none of them can be read: something before them never ends. Tell the owner of the site.'

/** A document without what is in its comments; one that never ends stays. */
const withoutComments = (text: string): string =>
  text
    .split('-->')
    .map((part, i, { length }) => (i < length - 1 ? part.split('<!--', 1)[0] : part))
    .join('')

const countOf = ({ kept, items }: Draft) => kept.length + items.length

/** The document ends too soon. An item cut in the middle would be told with half of its words; it goes unless it is all we have. */
function cutBack(draft: Draft): void {
  if (draft.item && countOf(draft) > 1) draft.items.pop()
  else if (draft.field && PROSE.test(draft.field.name)) endField(draft, draft.source.length)
}

const ROOTS = new Map<string, Root['format']>([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['rdf', 'rdf'],
  ['feed', 'atom'],
  ['entry', 'atom'],
])
/** How far into the document its root is looked for. */
const MOST_JUNK = 1_000_000
const OTHERS = /^(html|head|body|opml|urlset|sitemapindex|wml|svg)$/

/** Looks for the feed's root; anything before it is junk, such as a warning of the server's script. */
function openedRoot(draft: Draft, tag: Tag): boolean {
  const colon = tag.name.lastIndexOf(':')
  const local = tag.name.slice(colon + 1)
  const format = ROOTS.get(local)
  if (!format || (draft.other && !/^(rss|rdf)$/.test(local))) {
    if (OTHERS.test(local)) draft.other ??= local
    return tag.start < MOST_JUNK
  }
  draft.root = { format, prefix: tag.name.slice(0, Math.max(colon, 0)) }
  draft.sawChannel = local === 'channel'
  const element = {
    raw: tag.name,
    scope: scopeWith(Object.create(null), tag.attributes),
    base: tag.attributes['xml:base'],
  }
  if (local === 'entry') return openedItem(draft, tag, element)
  // The Channel Definition Format has its page there.
  if (local === 'channel' && tag.attributes.href)
    draft.feed.push({ name: 'link', raw: tag.attributes.href, as: 'value', attributes: {} })
  draft.complete = tag.empty
  if (!tag.empty) draft.open.push({ ...element, role: 'root' })
  return !tag.empty
}

function notAFeed({ source, other }: Draft): Trouble {
  if (!source.trim()) return trouble('not-a-feed', 'The document is empty; check the address.')
  if (other === 'opml')
    return trouble('not-a-feed', 'This is a list of feeds (OPML); use the address of one feed in it.')
  if (other === 'urlset' || other === 'sitemapindex')
    return trouble('not-a-feed', 'This is a site map, not a feed; look for the feed on the site.')
  if (other || /<(!doctype\s+html|h\d|br|div|p|a|pre|title|script)\b/i.test(source.slice(0, 2000)))
    return trouble('not-a-feed', 'This is a web page, not a feed; look on it for a link to its feed.')
  return trouble('not-a-feed', 'The document is not a feed that news can be read from; check the address.')
}

/** The document anew, with the newest items only: the others cost the parser nothing. */
function documentOf(draft: Draft): string {
  const { root, feed, items, mostItems } = draft
  const isMany = draft.kept.length > 0 || items.length > mostItems
  const kept = isMany ? keepNewest(draft.kept, items, mostItems).map(({ fields }) => fields) : items
  // rss-parser takes an element without children for a text.
  const each = (name: string) =>
    kept
      .map(xmlOf)
      .flatMap((xml) => (xml ? `<${name}>${xml}</${name}>` : []))
      .join('')
  const head = xmlOf(feed) || '<title></title>'
  if (root!.format === 'atom') return `<feed>${head}${each('entry')}</feed>`
  if (root!.format === 'rdf') return `<rdf:RDF><channel>${head}</channel>${each('item')}</rdf:RDF>`
  return `<rss version="2.0"><channel>${head}${each('item')}</channel></rss>`
}

const xmlOf = (fields: readonly Held[]) => fields.map(fieldXml).join('')
