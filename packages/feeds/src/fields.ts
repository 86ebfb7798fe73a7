/** What an item is filed under. */
export const CATEGORY = new Set(['category', 'atom:category', 'dc:subject', 'itunes:category'])

/** When an item appeared, by the names that count most. */
export const PUBLISHED = [
  ...['published', 'pubdate', 'atom:published', 'issued', 'atom:issued', 'dcterms:issued', 'dc:date', 'date'],
  ...['dcterms:date', 'dcterms:available', 'created', 'dcterms:created', 'atom:created'],
]
/** When it was changed last. */
export const UPDATED = ['updated', 'atom:updated', 'modified', 'dcterms:modified', 'atom:modified']

/** What is read of an item, as `canonicalName` spells it. Everything else in a document is dropped before the parser sees it. */
export const ITEM_FIELDS = new Set([
  ...['title', 'dc:title', 'atom:title', 'media:title', 'itunes:title'],
  ...['link', 'atom:link', 'feedburner:origlink', 'guid', 'id', 'atom:id', 'about'],
  ...[
    'content:encoded',
    'content',
    'atom:content',
    'body',
    'fullitem',
    'description',
    'summary',
    'atom:summary',
    'abstract',
  ],
  ...['dc:description', 'dcterms:abstract', 'itunes:summary', 'media:description'],
  ...['googleplay:description', 'itunes:subtitle'],
  ...PUBLISHED,
  ...UPDATED,
  ...CATEGORY,
])

/** What is read of the feed itself. */
export const FEED_FIELDS = new Set([
  ...['title', 'atom:title', 'dc:title', 'link', 'atom:link', 'id', 'ttl', 'skiphours', 'skipdays'],
  ...['sy:updateperiod', 'sy:updatefrequency'],
])

/** Elements that only group others: what they hold counts as the item's own. */
export const GROUPS = new Set(['media:group', 'media:content'])

/** Elements whose text is prose and may hold markup; only these may hold an element called like an item. */
export const PROSE = /^(content|content:encoded|description|summary|atom:content|atom:summary|body|fullitem|title)$/
