import {
  type NewsQuery,
  type NewsRow,
  newestSeq,
  newsItem,
  newsNumbered,
  newsPage,
  PAGE_TEXT,
  type Read,
  searchItems,
} from '@cme-commons/db'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import type { ApiHouse } from './house.ts'
import { addressOf, type Kept } from './kept.ts'
import { type NewsQuerySchema, readNewsQuery } from './query.ts'
import { encodeCursor, type Place, type Searched } from './search-query.ts'
import { forReader, spaceItem, spaceNumbered, spacePage, VARIES } from './space-news.ts'

/** An item as the API tells it; the shape is `newsItem` of the schemas. */
export const newsJson = (row: NewsRow) => ({
  id: row.id,
  title: row.title,
  link: row.link,
  text: row.text,
  published: row.published,
  seen: row.seen,
  updated: row.updated,
  body: row.body,
  topic: row.topic,
  region: row.region,
  tracks: row.tracks.split(',').filter(Boolean),
  actionRequired: row.action === 1,
  actionDate: row.action_date,
  sample: row.sample === 1,
  sources: row.sources.map(({ id, name, href }) => ({ id, name, link: href })),
  why: JSON.parse(row.why),
})

/** What a page shows of a text: its beginning, up to the end of a word. */
const inPage = (row: NewsRow) => newsJson(row.text.length < PAGE_TEXT ? row : { ...row, text: beginning(row.text) })

function beginning(text: string): string {
  const space = text.lastIndexOf(' ', PAGE_TEXT - 2)
  const whole = text.slice(0, space > PAGE_TEXT / 2 ? space : PAGE_TEXT - 2)
  return `${whole.trimEnd().replace(/[\ud800-\udbff]$/, '')}…`
}

/** `GET /v1/news`: kept by the query as it was written, so that a repeated one is not even read. */
export function listNews(house: ApiHouse, schema: NewsQuerySchema, kept: Kept) {
  const { db, content } = house
  const make = async (c: Context, space?: string) => {
    const asked = new URLSearchParams(queryOf(c))
    const read = readNewsQuery(schema, asked, content)
    if ('query' in read) return pageAnswer(db.read, { ...read, space }, asked)
    const say = 'The query cannot be answered: correct what `errors` points at.'
    return problem(c, 422, say, { errors: read.wrong })
  }
  return (c: Context) => forReader(c, house, kept, (space) => make(c, space))
}

/** `GET /v1/news/{id}` */
export function oneNews(house: ApiHouse, kept: Kept) {
  const { db } = house
  const make = async (c: Context, space?: string) => {
    const id = c.req.param('id') ?? ''
    const find = () => (space === undefined ? newsItem(db.read, id) : spaceItem(db.read, space, id))
    const row = isId(id) ? await find() : undefined
    return row
      ? jsonAnswer(newsJson(row), VARIES)
      : problem(c, 404, 'No item has this id: GET /v1/news lists those there are.')
  }
  return (c: Context) => forReader(c, house, kept, (space) => make(c, space))
}

/** Whether our ids look like this; anything else (a NUL, which PostgreSQL refuses) need not be looked for. */
export const isId = (said: string): boolean => /^[\w-]{1,64}$/.test(said)

/** A query of the news that was read, with what is searched for, where the page begins, and the space that asks. */
export type Asked = { query: NewsQuery; search?: Searched; place?: Place; space?: string }

async function pageAnswer(read: Read, query: Asked, asked: URLSearchParams): Promise<Answer> {
  const { items, next } = await pageOf(read, query)
  return jsonAnswer({ items: items.map(inPage), next }, { ...VARIES, ...(next === null ? {} : linkTo(asked, next)) })
}

/** One page, and the cursor of the next one: an item more than asked for tells whether there is one. */
export async function pageOf(
  read: Read,
  { query, search, place, space }: Asked,
): Promise<{ items: NewsRow[]; next: string | null }> {
  const { rows, behind } = search ? await found(read, query, search, place, space) : await latest(read, query, space)
  const items = rows.slice(0, query.limit)
  return { items, next: rows.length > items.length ? encodeCursor(behind(items)) : null }
}

/** A page, and where the next one begins. */
type Page = { rows: NewsRow[]; behind: (shown: readonly NewsRow[]) => Place }

const afterLast = (shown: readonly NewsRow[]): Place => ({ before: shown.at(-1)!.seq })

async function latest(read: Read, query: NewsQuery, space?: string): Promise<Page> {
  const more = { ...query, limit: query.limit + 1 }
  const rows = space === undefined ? await newsPage(read, more) : await spacePage(read, space, more)
  return { rows, behind: afterLast }
}

/** News by number, as everybody has it or a space does. */
export const numbered = (
  read: Read,
  numbers: readonly number[],
  space?: string,
  whole?: 'whole',
): Promise<NewsRow[]> =>
  space === undefined ? newsNumbered(read, numbers, whole) : spaceNumbered(read, space, numbers, whole)

async function found(read: Read, query: NewsQuery, search: Searched, place?: Place, space?: string): Promise<Page> {
  const ask = (rest: object) => searchItems(read, { ...query, ...search, ...rest, space, limit: query.limit + 1 })
  if (search.order === 'newest') return { rows: await numbered(read, await ask({}), space), behind: afterLast }
  // What arrives while somebody turns the pages would move the others.
  const { upto, from } = place && 'upto' in place ? place : { upto: await newestSeq(read), from: 0 }
  return {
    rows: await numbered(read, await ask({ upto, from }), space),
    behind: (shown) => ({ upto, from: from + shown.length }),
  }
}

/** Relative, so that it holds under whatever name and path a proxy shows us. */
function linkTo(asked: URLSearchParams, next: string) {
  const query = new URLSearchParams(asked)
  query.set('cursor', next)
  return { Link: `</v1/news?${query}>; rel="next"` }
}

/** The query of a request, as written. */
export function queryOf(c: Context): string {
  const address = addressOf(c)
  return address.includes('?') ? address.slice(address.indexOf('?') + 1) : ''
}
