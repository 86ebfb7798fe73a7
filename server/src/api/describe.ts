import { type RouteConfig, z } from '@hono/zod-openapi'
import { declared } from './access.ts'
import { FEED_TYPES, type FeedFormat } from './feed-formats.ts'
import { glossaryQuery } from './glossary.ts'
import { pathway, pathwayList } from './pathway-schemas.ts'
import type { NewsQuerySchema } from './query.ts'
import {
  glossaryTerm,
  health,
  newsItem,
  newsPage,
  problemDocument,
  readiness,
  sourceList,
  termList,
  trackList,
} from './schemas.ts'

/** The operations as the OpenAPI document tells them; the schemas are those that validate. */
export const healthzRoute: RouteConfig = {
  method: 'get',
  path: '/healthz',
  operationId: 'health',
  tags: ['operations'],
  summary: 'Whether the process answers',
  responses: { 200: ok(health, 'It does.') },
}

export const readyzRoute: RouteConfig = {
  method: 'get',
  path: '/readyz',
  operationId: 'readiness',
  tags: ['operations'],
  summary: 'Whether requests can be served: database, content, jobs',
  responses: { 200: ok(readiness, 'All is well.'), 503: wrong('What is not, and what to do about it.') },
}

export const tracksRoute: RouteConfig = {
  method: 'get',
  path: '/v1/tracks',
  operationId: 'listTracks',
  tags: ['news'],
  summary: 'The professional tracks and the topics each is told about',
  responses: { 200: ok(trackList, 'All tracks.') },
}

export const sourcesRoute: RouteConfig = {
  method: 'get',
  path: '/v1/sources',
  operationId: 'listSources',
  tags: ['news'],
  summary: 'How each source of the news is doing: silence can be told from trouble',
  responses: { 200: ok(sourceList, 'All sources.') },
}

/** Said of every way to read the news. */
const AS_ITS_SPACE =
  'Without a token it is the same for everybody, as its sources have it; with one as the community of the token has it: with what was suggested there, and ' +
  'with what its moderators changed, hid, merged or split.'

const badToken = wrong('A token came that is unknown, ended or expired; `WWW-Authenticate` says which.')

export const newsRoute = (query: NewsQuerySchema): RouteConfig => ({
  method: 'get',
  path: '/v1/news',
  operationId: 'listNews',
  tags: ['news'],
  summary: 'News items, the latest arrival first, or what a search finds',
  ...declared('wider'),
  description:
    'Filters of different kinds must all hold; in one filter, ids between commas mean any of them. Follow `next` (or the `Link` ' +
    `header) until it is null: each item comes exactly once, also while new ones arrive. ${AS_ITS_SPACE}`,
  request: { query },
  responses: {
    200: {
      ...ok(newsPage, 'One page.'),
      headers: z.object({ Link: z.string().optional().describe('The address of the next page, `rel="next"`.') }),
    },
    401: badToken,
    422: wrong('A parameter is unknown or wrong: `errors` says which, and what is known.'),
  },
})

const jsonFeed = z.looseObject({
  version: z.string(),
  title: z.string(),
  items: z.array(z.looseObject({ id: z.string() })),
})

export const newsFeedRoute = (query: NewsQuerySchema, format: FeedFormat): RouteConfig => ({
  method: 'get',
  path: `/v1/news.${format}`,
  operationId: `newsFeed${format[0]!.toUpperCase()}${format.slice(1)}`,
  tags: ['news'],
  summary: 'The same news as a feed',
  ...declared('wider'),
  description: `All filters of the news hold. The ids of its items stay while the address of this site does. ${AS_ITS_SPACE}`,
  request: { query },
  responses: {
    200: {
      description: 'The feed.',
      content: { [FEED_TYPES[format].split(';')[0]!]: { schema: format === 'json' ? jsonFeed : z.string() } },
    },
    401: badToken,
    422: wrong('A parameter is unknown or wrong: `errors` says which, and what is known.'),
  },
})

export const itemRoute: RouteConfig = {
  method: 'get',
  path: '/v1/news/{id}',
  operationId: 'getNewsItem',
  tags: ['news'],
  summary: 'One news item',
  ...declared('wider'),
  description: AS_ITS_SPACE,
  request: { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'i1' }) }) },
  responses: { 200: ok(newsItem, 'The item.'), 401: badToken, 404: wrong('No item has this id.') },
}

export const glossaryRoute: RouteConfig = {
  method: 'get',
  path: '/v1/glossary',
  operationId: 'listTerms',
  tags: ['knowledge'],
  summary: 'The letters and terms of the field',
  description:
    'Both filters must hold. With `q`, the terms of these letters or this name come first, then those that have its words. The same ' +
    'letters may stand for several terms.',
  request: { query: glossaryQuery },
  responses: {
    200: ok(termList, 'The terms.'),
    422: wrong('A parameter is unknown or wrong: `errors` says which, and what is known.'),
  },
}

export const termRoute: RouteConfig = {
  method: 'get',
  path: '/v1/glossary/{id}',
  operationId: 'getTerm',
  tags: ['knowledge'],
  summary: 'One term',
  request: { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'ecmec' }) }) },
  responses: { 200: ok(glossaryTerm, 'The term.'), 404: wrong('No term has this id.') },
}

export const pathwaysRoute: RouteConfig = {
  method: 'get',
  path: '/v1/pathways',
  operationId: 'listPathways',
  tags: ['knowledge'],
  summary: 'The onboarding pathways: the newcomer’s steps, and those of each track',
  responses: { 200: ok(pathwayList, 'All pathways, the newcomer’s first.') },
}

export const pathwayRoute: RouteConfig = {
  method: 'get',
  path: '/v1/pathways/{id}',
  operationId: 'getPathway',
  tags: ['knowledge'],
  summary: 'One pathway',
  request: { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'newcomer' }) }) },
  responses: { 200: ok(pathway, 'The pathway.'), 404: wrong('No pathway has this id.') },
}

export function ok(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function wrong(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemDocument } } }
}
