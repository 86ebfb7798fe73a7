import { type Knowledge, nearest } from '@cme-commons/core'
import type { NewsQuery } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { decodeCursor, encodeCursor, type Place, type Searched, searchParameters, wrongSearch } from './search-query.ts'

type Named = { id: string; name: string }
const FILTERS = { body: 'bodies', topic: 'topics', region: 'regions', track: 'tracks' } as const
type Filter = keyof typeof FILTERS
const NAMES = [...Object.keys(FILTERS), 'q', 'order', 'since', 'limit', 'cursor']
const MOST_WRONG = 10

/** The schema of the query of `GET /v1/news`, with the ids of this content. */
export function newsQuerySchema(content: Knowledge) {
  const filter = (name: Filter) => {
    const known = idsOf(content, name)
    return z
      .preprocess(
        (said) => (typeof said === 'string' ? [...new Set(said.split(',').map((id) => id.trim()))] : said),
        z.array(z.enum(known)),
      )
      .optional()
      .openapi({
        param: { name, in: 'query', style: 'form', explode: false, description: describe[name] },
        example: known.slice(0, name === 'topic' ? 2 : 1),
      })
  }
  return z.strictObject({
    body: filter('body'),
    topic: filter('topic'),
    region: filter('region'),
    track: filter('track'),
    ...searchParameters,
    since: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })])
      .transform((said) => new Date(said).toISOString())
      .optional()
      .openapi({
        param: {
          name: 'since',
          in: 'query',
          description: 'Published at or after this day (from 00:00 UTC) or moment.',
        },
        type: 'string',
        example: '2026-01-01',
      }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .default(20)
      .openapi({ param: { name: 'limit', in: 'query', description: 'Items on a page.' }, example: 10 }),
    cursor: z
      .string()
      .transform((said, issues) => {
        const place = decodeCursor(said)
        if (!place) issues.addIssue('unknown')
        return place
      })
      .optional()
      .openapi({
        param: { name: 'cursor', in: 'query', description: 'The `next` of the page before; opaque.' },
        type: 'string',
        example: encodeCursor({ before: 1 }),
      }),
  })
}

const describe: Record<Filter, string> = {
  body: 'About any of these organisations.',
  topic: 'About any of these topics.',
  region: 'From any of these regions.',
  track: 'For any of these professional tracks.',
}

export type NewsQuerySchema = ReturnType<typeof newsQuerySchema>
export type Wrong = { pointer: string; detail: string }

/** The query that an address asks, or what is wrong with it, ten things at most. A parameter that is given twice counts as a list. */
export function readNewsQuery(
  schema: NewsQuerySchema,
  said: URLSearchParams,
  content: Knowledge,
): { query: NewsQuery; search?: Searched; place?: Place } | { wrong: Wrong[] } {
  const given = Object.fromEntries([...new Set(said.keys())].map((name) => [name, said.getAll(name).join(',')]))
  const read = schema.safeParse(given)
  if (!read.success)
    return { wrong: read.error.issues.slice(0, MOST_WRONG).flatMap((issue) => wrongs(issue, given, content)) }
  const {
    body: bodies,
    topic: topics,
    region: regions,
    track: tracks,
    since,
    limit,
    cursor,
    q: terms,
    order,
  } = read.data
  const search = terms && { terms, order }
  const ranked = search?.order === 'relevance'
  if (cursor && ranked !== 'upto' in cursor) return { wrong: [{ pointer: '#/query/cursor', detail: OTHER_CURSOR }] }
  const query = {
    bodies,
    topics,
    regions,
    tracks,
    since,
    limit,
    before: cursor && 'before' in cursor ? cursor.before : undefined,
  }
  return { query, ...(search ? { search } : {}), ...(cursor ? { place: cursor } : {}) }
}

const OTHER_CURSOR = 'This cursor is of another order: begin without one.'

const idsOf = (content: Knowledge, name: Filter): string[] =>
  (content[FILTERS[name]] as readonly Named[]).map(({ id }) => id).filter((id) => id !== 'off-topic')

function wrongs(issue: z.core.$ZodIssue, given: Record<string, string>, content: Knowledge): Wrong[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MOST_WRONG).map((key) => ({
      pointer: `#/query/${escaped(key)}`,
      detail: `This is no parameter of the news${meant(key, NAMES)}; there are ${NAMES.join(', ')}.`,
    }))
  const name = String(issue.path[0])
  return [{ pointer: `#/query/${name}`, detail: details(name, issue, given, content) }]
}

function details(name: string, issue: z.core.$ZodIssue, given: Record<string, string>, content: Knowledge): string {
  if (name === 'limit') return 'A page has 1 to 100 items, 20 when nothing is said.'
  if (name === 'since') return 'Give a day as in 2026-11-23, or a moment as in 2026-11-23T08:00:00Z.'
  const search = wrongSearch(name)
  if (search) return search
  if (name === 'cursor')
    return 'This is no cursor of ours: take `next` of the page before as it is, or begin without one.'
  const known = idsOf(content, name as Filter)
  const asked = [...new Set(given[name]?.split(',').map((id) => id.trim()))][Number(issue.path[1])] ?? ''
  return `"${asked.slice(0, 60)}" is no ${name}${meant(asked, known)}; known are ${known.join(', ')}.`
}

function meant(asked: string, known: readonly string[]): string {
  const found = nearest(
    asked.toLowerCase(),
    known.map((id) => [id, id] as const),
  )
  return found ? ` (did you mean ${found}?)` : ''
}

const escaped = (key: string): string => key.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')
