import { createRequire } from 'node:module'
import Parser from 'rss-parser'
import { FEED_FIELDS, ITEM_FIELDS } from './fields.ts'

/** The values of one field in document order, with the attributes they had. */
export type Values = readonly { _?: string; $?: Readonly<Record<string, string>> }[]
export type Fields = ReadonlyMap<string, Values>
export type Parsed = { feed: Fields; items: Fields[] }

// rss-parser makes a snippet of every description with expressions that take quadratic time on `<h<h<h…`.
// Its helpers are one shared, mutable object; we make our own text, so the snippet can be nothing.
const utils = createRequire(import.meta.url)('rss-parser/lib/utils.js') as { stripHtml: (html: string) => string }
utils.stripHtml = () => ''

const RAW = 'raw:'
const raw = (names: Iterable<string>) =>
  [...names].map((name) => [name, RAW + name, { keepArray: true }] as [string, string, { keepArray: boolean }])

const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({
  xml2js: { explicitCharkey: true },
  customFields: { feed: raw(FEED_FIELDS) as never, item: raw(ITEM_FIELDS) as never },
})

/** Reads a cleaned document with rss-parser, keeping every value of every field with its attributes. */
export async function parseXml(xml: string): Promise<Parsed> {
  const { items, ...feed } = await parser.parseString(xml)
  return { feed: fieldsOf(feed), items: items.map(fieldsOf) }
}

const fieldsOf = (from: Record<string, unknown>): Fields =>
  new Map(
    Object.entries(from)
      .filter(([key]) => key.startsWith(RAW))
      .map(([key, values]) => [key.slice(RAW.length), values as Values]),
  )
