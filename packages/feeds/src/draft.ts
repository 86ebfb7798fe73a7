import type { FeedFormat } from '@cme-commons/core'
import { type Held, SAYS_SOMETHING } from './field.ts'
import { CATEGORY, FEED_FIELDS, GROUPS, ITEM_FIELDS, PROSE } from './fields.ts'
import { type Dated, keepNewest } from './kept.ts'
import { canonicalName, type Scope, scopeWith } from './names.ts'
import { createNesting, type Nesting } from './nesting.ts'
import type { Tag } from './tokens.ts'

export type Root = { format: Exclude<FeedFormat, 'json'>; prefix: string }
type Element = { raw: string; role: 'root' | 'feed' | 'item' | 'group' | 'other'; scope: Scope; base?: string }
/** The field that is being read; `inner` once it has child elements. */
type Field = { name: string; raw: string; tag: Tag; base?: string; inner?: Nesting<{ raw: string }> }

/** A feed being read tag by tag: what was kept so far, and where in the document we are. */
export type Draft = {
  source: string
  mostItems: number
  root?: Root
  /** What else the document is, when its first element is none of a feed's (`html`, `opml`). */
  other?: string
  feed: Held[]
  /** The newest of the items that were thinned out, and those read since. */
  kept: Dated[]
  items: Held[][]
  scanned: number
  item?: Held[]
  field?: Field
  open: Nesting<Element>
  sawChannel: boolean
  /** True once the root is closed or enough items are read: what is there is whole. */
  complete: boolean
  tooDeep: boolean
}

const MOST_DEPTH = 1000
/** Of an item; of one name (links: and relation), so that a crowd of one kind leaves room for the others; of categories. */
const MOST_FIELDS = 300
const MOST_ALIKE = 10
const MOST_CATEGORIES = 50
/** How many items are held before the older ones are let go: a long feed takes no more memory. */
const MOST_HELD = 5000
/** The most items that are looked at to find the newest. */
const MOST_SCANNED = 50_000

export const newDraft = (source: string, mostItems: number): Draft => ({
  source,
  mostItems,
  feed: [],
  kept: [],
  items: [],
  scanned: 0,
  open: createNesting(),
  sawChannel: false,
  complete: false,
  tooDeep: false,
})

/** Takes in a start tag below the root. False when nothing more needs to be read. */
export function opened(draft: Draft, tag: Tag): boolean {
  if (draft.field) return openedInField(draft, draft.field, tag)
  const above = draft.open.top()
  if (!above) return false
  const scope = scopeWith(above.scope, tag.attributes)
  const base = joined(above.base, tag.attributes['xml:base'])
  const name = canonicalName(tag.name, scope, draft.root!, 'xmlns' in tag.attributes)
  const element = { raw: tag.name, scope, base }
  if (isItem(draft, name)) return openedItem(draft, tag, element)
  const kept = keptFor(draft, name, above)
  if (kept) {
    draft.field = { name, raw: tag.name, tag, base }
    if (tag.empty) endField(draft, tag.end)
    return true
  }
  const isChannel = name === 'channel' && !draft.item
  if (isChannel) draft.sawChannel = true
  const role = isChannel ? 'feed' : GROUPS.has(name) && draft.item ? 'group' : 'other'
  if (!tag.empty) draft.open.push({ ...element, role })
  return notTooDeep(draft, draft.open.size())
}

/** Takes in an end tag. False when it ends the feed. */
export function closed(draft: Draft, raw: string, start: number): boolean {
  const { field, open } = draft
  if (field?.inner?.has(raw)) {
    field.inner.close(raw)
    return true
  }
  if (field && raw !== field.raw && !open.has(raw)) return true
  if (field) endField(draft, start)
  if (field?.raw === raw) return true
  for (const element of open.close(raw)) {
    if (element.role === 'item') draft.item = undefined
    if (element.role === 'root') draft.complete = true
  }
  return !draft.complete
}

/** What an item's own start tag may say: RDF its address, the Channel Definition Format its page and its last change. */
const ITEM_ATTRIBUTES = [
  [/^(.*:)?about$/, 'about'],
  [/^href$/, 'link'],
  [/^lastmod$/, 'modified'],
] as const

export const isItem = (draft: Draft, name: string) => name === (draft.root?.format === 'atom' ? 'entry' : 'item')

/** Begins an item. One that is still open had its end tag forgotten: items do not nest, and an empty one inside says nothing. */
export function openedItem(draft: Draft, tag: Tag, element: Omit<Element, 'role'>): boolean {
  if (tag.empty && draft.item) return true
  while (draft.item) {
    const last = draft.open.top()
    if (!last || last.role === 'root') break
    closed(draft, last.raw, tag.start)
  }
  if (++draft.scanned > MOST_SCANNED) {
    draft.complete = true
    return false
  }
  if (draft.items.length >= Math.max(MOST_HELD, draft.mostItems)) {
    draft.kept = keepNewest(draft.kept, draft.items, draft.mostItems)
    draft.items = []
  }
  const item = ITEM_ATTRIBUTES.flatMap(([key, name]): Held[] => {
    const raw = Object.entries(tag.attributes).find(([each]) => key.test(each))?.[1]
    return raw ? [{ name, raw, as: 'value', attributes: attributesOf({}, element.base) }] : []
  })
  draft.items.push(item)
  if (tag.empty) return true
  draft.item = item
  draft.open.push({ ...element, role: 'item' })
  return true
}

function openedInField(draft: Draft, field: Field, tag: Tag): boolean {
  // An item cannot begin inside a link or a date: the end tag of that was forgotten.
  if (isItem(draft, tag.name) && !PROSE.test(field.name)) {
    endField(draft, tag.start)
    return opened(draft, tag)
  }
  field.inner ??= createNesting()
  if (tag.empty) return true
  field.inner.push({ raw: tag.name })
  return notTooDeep(draft, draft.open.size() + field.inner.size())
}

function notTooDeep(draft: Draft, depth: number): boolean {
  draft.tooDeep ||= depth > MOST_DEPTH
  return !draft.tooDeep
}

/** Where a field of this name belongs, or nothing when it is not one we read here. */
function keptFor(draft: Draft, name: string, above: Element): Held[] | undefined {
  if (above.role === 'root' || above.role === 'feed') return FEED_FIELDS.has(name) ? draft.feed : undefined
  if (!ITEM_FIELDS.has(name)) return undefined
  return above.role === 'item' || (above.role === 'group' && name.startsWith('media:')) ? draft.item : undefined
}

const KEPT = ['type', 'mode', 'rel', 'ispermalink', ...SAYS_SOMETHING]

/** Ends the field that is open, at the place of its end tag. */
export function endField(draft: Draft, end: number): void {
  const { name, tag, base, inner } = draft.field!
  draft.field = undefined
  const kept = keptFor(draft, name, draft.open.top()!)
  if (!kept || kept.length >= MOST_FIELDS) return
  const raw = draft.source.slice(tag.end, end)
  if (!raw.trim() && !SAYS_SOMETHING.some((key) => tag.attributes[key])) return
  // rss-parser loses the whole feed over a link element without attributes.
  const given = name === 'link' ? { rel: 'alternate', ...tag.attributes } : tag.attributes
  const isAlike = (other: Held) => other.name === name && other.attributes.rel === given.rel
  if (kept.filter(isAlike).length >= (CATEGORY.has(name) ? MOST_CATEGORIES : MOST_ALIKE)) return
  kept.push({ name, raw, as: inner ? 'markup' : 'text', attributes: attributesOf(given, base) })
}

function attributesOf(attributes: Tag['attributes'], base: string | undefined): Record<string, string> {
  const kept: Record<string, string> = base === undefined ? {} : { base }
  for (const key of KEPT) if (attributes[key]) kept[key] = attributes[key]
  return kept
}

/** An `xml:base` inside another one. Stays relative where the outermost is; the feed's own address completes it later. */
const joined = (outer: string | undefined, inner: string | undefined): string | undefined =>
  inner === undefined ? outer : outer === undefined ? inner : (URL.parse(inner, outer)?.href ?? inner)
