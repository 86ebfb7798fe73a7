import type { Feed, FeedFormat, FeedItem } from '@cme-commons/core'
import { readDate } from './dates/read-date.ts'
import { CATEGORY, PUBLISHED, UPDATED } from './fields.ts'
import { absoluteLink, isLink } from './links.ts'
import { first, textOf, type Value, values } from './pick.ts'
import { cutText, plainLine, plainText, plainWords } from './text.ts'
import type { Fields, Parsed } from './xml.ts'

const TITLE = ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title']
const CONTENT = ['content:encoded', 'content', 'atom:content', 'body', 'fullitem']
const SUMMARY = [
  'description',
  'summary',
  'atom:summary',
  'dc:description',
  'dcterms:abstract',
  'itunes:summary',
  'googleplay:description',
  'media:description',
  'itunes:subtitle',
  'abstract',
]
const LINK = ['link', 'atom:link']
const ID = ['guid', 'id', 'about', 'atom:id']
const MOST_ID = 1000
const MOST_CATEGORIES = 50

/** Turns what the parser read into the product's words: plain text, absolute links, UTC times. */
export function normalise(parsed: Parsed, format: FeedFormat, url: string | undefined): Feed {
  const self = absoluteLink(
    first(parsed.feed, LINK, (value) => hrefWith(value, /^self$/i)),
    [url],
  )
  const link = pageOf(parsed.feed, LINK, [url, self])
  return {
    format,
    title: first(parsed.feed, ['title', 'atom:title', 'dc:title'], (value) => plainLine(textOf(value))) ?? '',
    ...(link ? { link } : {}),
    items: parsed.items.filter(saysSomething).map((fields) => itemOf(fields, [link, url, self])),
  }
}

/** False for an item of which there is nothing to show and nothing to know it by. */
const saysSomething = (fields: Fields) =>
  [...TITLE, ...CONTENT, ...SUMMARY, ...PUBLISHED, ...UPDATED, ...LINK, ...ID].some((name) => fields.has(name))

type Bases = readonly (string | undefined)[]

function itemOf(fields: Fields, bases: Bases): FeedItem {
  const published = dateOf(fields, PUBLISHED)
  const updated = dateOf(fields, UPDATED)
  const id = first(fields, ID, (value) => textOf(value).trim().slice(0, MOST_ID))
  const link = itemLink(fields, bases)
  const text = first(fields, [...CONTENT, ...SUMMARY], proseOf) ?? ''
  const title = first(fields, TITLE, (value) => plainLine(textOf(value), undefined, readerOf(value)))
  const categories = categoriesOf(fields)
  return {
    ...(id ? { id } : {}),
    title: title || cutText(text.replace(/\s+/g, ' '), 100) || link || plainLine(id ?? '') || 'Untitled',
    ...(link ? { link } : {}),
    ...(published ? { published } : {}),
    ...(updated ? { updated } : {}),
    text,
    ...(categories.length ? { categories } : {}),
  }
}

/** The first readable date, in the order of the names. */
const dateOf = (fields: Fields, names: readonly string[]) => first(fields, names, (value) => readDate(textOf(value)))

/** The words of a content element; nothing for a picture or a file, and for one that says nothing. */
function proseOf(value: Value): string | undefined {
  const type = value.$?.type?.toLowerCase()
  if (type && !/^(text|html|xhtml|plain|escaped)\b|xml|octet-stream/.test(type)) return undefined
  return readerOf(value)(textOf(value))
}

/** How the text of an element is read: as plain only where it says so, for what it says by default many feeds do not know. */
const readerOf = ({ $: attributes }: Value) => (attributes?.type?.toLowerCase() === 'text' ? plainWords : plainText)

const hrefWith = (value: Value, rel: RegExp): string | undefined =>
  value.$?.href && rel.test(value.$.rel ?? 'alternate') ? value.$.href : undefined

const within = (value: Value, bases: Bases): Bases => {
  const base = value.$?.base
  return base ? [absoluteLink(base, bases), ...bases] : bases
}

/** Where a link element leads, by its text in RSS and its `href` in Atom, if it is the page itself. */
function linkOf(value: Value, bases: Bases, rel = /^alternate$/i): string | undefined {
  const text = rel.test(value.$?.rel ?? 'alternate') ? value._?.trim() : undefined
  return absoluteLink(text || hrefWith(value, rel), within(value, bases))
}

/** The page that links of these names lead to: the same for programs only where there is no other. */
function pageOf(fields: Fields, names: readonly string[], bases: Bases): string | undefined {
  const forPeople = (value: Value) => !/json|(rss|atom)\+xml/i.test(value.$?.type ?? '')
  const link = (value: Value) => linkOf(value, bases)
  return first(fields, names, (value) => (forPeople(value) ? link(value) : undefined)) ?? first(fields, names, link)
}

/** Links that lead to something about an item when nothing leads to the item; a relation of one's own is an address. */
const ABOUT = /^(related|via|self|canonical|bookmark|https?:.*)$/i

/**
 * An item's page: the link that a counting service put its own in place of, else its link, else a permanent guid, else an
 * Atom link, else an id that is an address, else any related page.
 */
function itemLink(fields: Fields, bases: Bases): string | undefined {
  const ids = ['id', 'atom:id', 'about']
  const id = (value: Value) => (isLink(textOf(value)) ? absoluteLink(textOf(value), bases) : undefined)
  const path = (value: Value) => {
    const isPath = value.$?.ispermalink?.toLowerCase() === 'true' && /^\s*\.{0,2}\//.test(textOf(value))
    return isPath ? absoluteLink(textOf(value), within(value, bases)) : undefined
  }
  return (
    first(fields, ['feedburner:origlink'], id) ??
    pageOf(fields, ['link'], bases) ??
    first(fields, ['guid'], (value) =>
      value.$?.ispermalink?.toLowerCase() === 'false' ? undefined : (id(value) ?? path(value)),
    ) ??
    pageOf(fields, ['atom:link'], bases) ??
    first(fields, ids, id) ??
    first(fields, ['content', 'atom:content'], (value) => absoluteLink(value.$?.src, within(value, bases))) ??
    first(fields, LINK, (value) => linkOf(value, bases, ABOUT))
  )
}

function categoriesOf(fields: Fields): string[] {
  const words = values(fields, [...CATEGORY]).map((value) =>
    plainLine(textOf(value) || value.$?.label || value.$?.term || value.$?.text || '', 200),
  )
  return [...new Set(words.filter(Boolean))].slice(0, MOST_CATEGORIES)
}
