import type { Feed, FeedItem, Instant, Trouble } from '@cme-commons/core'
import { readDate } from './dates/read-date.ts'
import { absoluteLink, isLink } from './links.ts'
import { newest } from './newest.ts'
import { cutText, plainLine, plainText, plainWords } from './text.ts'
import { trouble } from './trouble.ts'

type Loose = Readonly<Record<string, unknown>>

const MOST_DEPTH = 100
const MOST_TOKENS = 1_000_000

export const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text.slice(0, 1000))

/** Reads a JSON Feed of version 1 or 1.1; a document that only resembles one is read as far as it goes. */
export function parseJson(
  text: string,
  url: string | undefined,
  mostItems: number,
): { feed: Feed } | { trouble: Trouble } {
  const document = documentIn(text)
  if (!document) return fail('The document looks like JSON but cannot be read; check the address.')
  const version = string(document.version) ?? ''
  if (
    !Array.isArray(document.items) ||
    !(/jsonfeed\.org/.test(version) || string(document.title) || saysItems(document.items))
  )
    return fail('This is JSON but not a JSON Feed; check the address.')
  const link = absoluteLink(string(document.home_page_url), [url, string(document.feed_url)])
  const bases = [link, url, absoluteLink(string(document.feed_url), [url])]
  const items = newest(document.items.filter(isObject).filter(saysSomething).map(dated), mostItems)
  const title = plainLine(string(document.title) ?? '')
  return { feed: { format: 'json', title, ...(link ? { link } : {}), items: items.map((item) => itemOf(item, bases)) } }
}

/** True when the first of them has what only an item of a feed has. */
const saysItems = ([first]: readonly unknown[]): boolean =>
  isObject(first) && ['url', 'content_html', 'content_text', 'date_published'].some((key) => string(first[key]))

const fail = (say: string) => ({ trouble: trouble('not-a-feed', say) })

const WORDS = ['id', 'url', 'external_url', 'title', 'content_html', 'content_text', 'summary']
const DATES = ['date_published', 'date_modified']

/** False for an item of which there is nothing to show and nothing to know it by. */
const saysSomething = (item: Loose): boolean => [...WORDS, ...DATES].some((key) => string(item[key])?.trim())

type Dated = { item: Loose; published?: Instant; updated?: Instant }

const dated = (item: Loose): Dated => ({
  item,
  published: readDate(string(item.date_published) ?? ''),
  updated: readDate(string(item.date_modified) ?? ''),
})

function itemOf({ item, published, updated }: Dated, bases: readonly (string | undefined)[]): FeedItem {
  const id = string(item.id)?.trim()
  const link =
    absoluteLink(string(item.url), bases) ??
    (isLink(id) ? absoluteLink(id, []) : undefined) ??
    absoluteLink(string(item.external_url), bases)
  const html = string(item.content_html) ?? ''
  const text = plainText(html) || plainWords(string(item.content_text) ?? '') || plainWords(string(item.summary) ?? '')
  const tags = Array.isArray(item.tags) ? item.tags.flatMap((tag) => plainLine(string(tag) ?? '', 200) || []) : []
  return {
    ...(id ? { id } : {}),
    title:
      plainLine(string(item.title) ?? '') ||
      cutText(text.replace(/\s+/g, ' '), 100) ||
      link ||
      plainLine(id ?? '') ||
      'Untitled',
    ...(link ? { link } : {}),
    ...(published ? { published } : {}),
    ...(updated ? { updated } : {}),
    text,
    ...(tags.length ? { categories: [...new Set(tags)].slice(0, 50) } : {}),
  }
}

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Ids and versions also come as numbers. */
const string = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/**
 * The parsed document, of one that ends too soon what was whole; nothing for one so deep or so crowded that parsing it would cost too much
 * memory.
 */
function documentIn(text: string): Loose | undefined {
  const end = lastItemEnd(text)
  if (end === undefined) return undefined
  const document = parsed(text) ?? parsed(`${text.slice(0, end)}]}`)
  return isObject(document) ? document : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where the last object ends that is in a list of the document; nothing when the document is without measure. */
function lastItemEnd(text: string): number | undefined {
  let depth = 0
  let tokens = 0
  let end = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++
    } else if (unit === 0x7b || unit === 0x5b) {
      if (++depth > MOST_DEPTH) return undefined
      tokens++
    } else if (unit === 0x7d || unit === 0x5d) {
      if (--depth === 2) end = i + 1
    } else if (unit === 0x2c) tokens++
    if (tokens > MOST_TOKENS) return undefined
  }
  return end
}
