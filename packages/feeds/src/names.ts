/** Namespaces by what stands after the scheme, lower case, without end marks, and the prefix we write for them. */
const NAMESPACES = new Map(
  Object.entries({
    'www.w3.org/2005/atom': 'atom',
    'purl.org/atom/ns': 'atom',
    'purl.org/net/atom/ns': 'atom',
    'purl.org/pie': 'atom',
    'purl.org/echo': 'atom',
    'example.com/necho': 'atom',
    'example.com/newformat': 'atom',
    'uri/of/echo/namespace': 'atom',
    'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
    'purl.org/rss/1.0': '',
    'purl.org/net/rss1.1': '',
    'my.netscape.com/rdf/simple/0.9': '',
    'channel.netscape.com/rdf/simple/0.9': '',
    'my.netscape.com/publish/formats/rss-0.91.dtd': '',
    'backend.userland.com/rss': '',
    'backend.userland.com/rss2': '',
    'backend.userland.com/rss091': '',
    'blogs.law.harvard.edu/tech/rss': '',
    'cyber.law.harvard.edu/rss': '',
    'purl.org/rss/1.0/modules/content': 'content',
    'purl.org/dc/elements/1.1': 'dc',
    'purl.org/dc/elements/1.0': 'dc',
    'purl.org/dc/terms': 'dcterms',
    'purl.org/rss/1.0/modules/dcterms': 'dcterms',
    'purl.org/rss/1.0/modules/syndication': 'sy',
    'www.w3.org/1999/xhtml': 'xhtml',
    'www.w3.org/xml/1998/namespace': 'xml',
    'search.yahoo.com/mrss': 'media',
    'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
    'example.com/dtds/podcast-1.0.dtd': 'itunes',
    'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
    'www.pheedo.com/namespace/pheedo': 'feedburner',
    'www.google.com/schemas/play-podcasts/1.0': 'googleplay',
  }),
)

/** Prefixes that feeds use without declaring them, or bind to a misspelled address. */
const USUAL = new Set([
  'atom',
  'content',
  'dc',
  'dcterms',
  'rdf',
  'sy',
  'xhtml',
  'media',
  'itunes',
  'feedburner',
  'googleplay',
])

/** Prefix to namespace, as declared up to some element; `''` is the default namespace. */
export type Scope = Readonly<Record<string, string>>

const plain = (uri: string) =>
  uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '')

/** The scope inside an element: its `xmlns` attributes on top of what its parents declared. */
export function scopeWith(scope: Scope, attributes: Readonly<Record<string, string>>): Scope {
  let inner: Record<string, string> | undefined
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    inner ??= Object.assign(Object.create(null), scope) as Record<string, string>
    inner[name.slice(6)] = plain(attributes[name]!)
  }
  return inner ?? scope
}

/**
 * One name for an element however the feed spells it: with our prefix for its namespace, and none for the feed's own
 * elements. `declares` tells that the element itself sets its default namespace. Names come in lower case.
 */
export function canonicalName(name: string, scope: Scope, root: { format: string; prefix: string }, declares: boolean) {
  const colon = name.lastIndexOf(':')
  const prefix = name.slice(0, Math.max(colon, 0))
  const local = name.slice(colon + 1)
  if (!prefix && !declares) return local
  const ours =
    NAMESPACES.get(scope[prefix] ?? '') ?? (USUAL.has(prefix) ? prefix : prefix === root.prefix ? '' : prefix)
  if (ours === 'xhtml' && local === 'body') return 'body'
  return ours === '' || (root.format === 'atom' && ours === 'atom') ? local : `${ours}:${local}`
}
