import { type NewsQuery, type NewsRow, newsItem, newsPage, PAGE_TEXT, type Read } from '@cme-commons/db'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import type { ApiHouse } from './house.ts'
import { addressOf, type Kept } from './kept.ts'
import { encodeCursor, type NewsQuerySchema, readNewsQuery } from './query.ts'

/** An item as the API tells it; the shape is `newsItem` of the schemas. */
export const newsJson = (row: NewsRow) => ({
  id: row.id,
  title: row.title,
  link: row.link,
  text: row.text,
  published: row.published,
  seen: row.seen,
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
export function listNews({ db, content }: ApiHouse, schema: NewsQuerySchema, kept: Kept) {
  const make = async (c: Context) => {
    const asked = new URLSearchParams(queryOf(c))
    const read = readNewsQuery(schema, asked, content)
    if ('query' in read) return pageAnswer(db.read, read.query, asked)
    const say = 'The query cannot be answered: correct what `errors` points at.'
    return problem(c, 422, say, { errors: read.wrong })
  }
  return (c: Context) => kept(c, () => make(c))
}

/** `GET /v1/news/{id}` */
export function oneNews({ db }: ApiHouse, kept: Kept) {
  const make = async (c: Context) => {
    const id = c.req.param('id') ?? ''
    const row = isId(id) ? await newsItem(db.read, id) : undefined
    return row ? jsonAnswer(newsJson(row)) : problem(c, 404, 'No item has this id: GET /v1/news lists those there are.')
  }
  return (c: Context) => kept(c, () => make(c))
}

/** Whether our ids look like this; anything else (a NUL, which PostgreSQL refuses) need not be looked for. */
export const isId = (said: string): boolean => /^[\w-]{1,64}$/.test(said)

/** One item more than asked for tells whether there is a next page. */
async function pageAnswer(read: Read, query: NewsQuery, asked: URLSearchParams): Promise<Answer> {
  const rows = await newsPage(read, { ...query, limit: query.limit + 1 })
  const items = rows.slice(0, query.limit)
  const next = rows.length > items.length ? encodeCursor(items.at(-1)!.seq) : null
  return jsonAnswer({ items: items.map(inPage), next }, next === null ? undefined : linkTo(asked, next))
}

/** Relative, so that it holds under whatever name and path a proxy shows us. */
function linkTo(asked: URLSearchParams, next: string) {
  const query = new URLSearchParams(asked)
  query.set('cursor', next)
  return { Link: `</v1/news?${query}>; rel="next"` }
}

function queryOf(c: Context): string {
  const address = addressOf(c)
  return address.includes('?') ? address.slice(address.indexOf('?') + 1) : ''
}
