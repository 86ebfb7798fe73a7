import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { VERSION } from '../house.ts'
import { type Answer, jsonAnswer, send } from './answer.ts'
import { keepCalendars, openCalendar, ownCalendar } from './calendar.ts'
import { calendarQuerySchema } from './calendar-query.ts'
import { chainCalendar, chainRoute } from './chain.ts'
import {
  glossaryRoute,
  healthzRoute,
  itemRoute,
  newsFeedRoute,
  newsRoute,
  pathwayRoute,
  pathwaysRoute,
  readyzRoute,
  sourcesRoute,
  termRoute,
  tracksRoute,
} from './describe.ts'
import { conferencesRoute, deadlinesRoute, ownCalendarRoute } from './describe-calendar.ts'
import {
  accessRoute,
  documentRoute,
  documentsRoute,
  ownDataRoute,
  ownDocumentsRoute,
  ownProgressRoute,
  progressRoute,
  tokenScheme,
} from './describe-members.ts'
import { oneDocument } from './documents.ts'
import { dataFailed } from './failed.ts'
import { newsFeed } from './feeds.ts'
import { listTerms, oneTerm } from './glossary.ts'
import { healthz, readyz } from './health.ts'
import type { ApiHouse } from './house.ts'
import { keepAnswers } from './kept.ts'
import { listDocuments, oneAccess, oneData, oneProgress } from './members.ts'
import { notFound } from './methods.ts'
import { listNews, oneNews } from './news.ts'
import { onePathway, pathwaysJson } from './pathways.ts'
import { newsQuerySchema } from './query.ts'
import { listSources, tracksJson } from './tracks.ts'

type Handler = (c: Context) => Response | Promise<Response>

/**
 * `/healthz`, `/readyz` and `/v1`. `version` changes with the data (see `Db`). The routes are plain handlers without
 * middleware, so that a kept answer goes to the socket in one step.
 */
export function apiRoutes(house: ApiHouse, version = house.db.version): OpenAPIHono {
  const app = new OpenAPIHono()
  const kept = keepAnswers(version)
  const query = newsQuerySchema(house.content)
  const add = (route: RouteConfig, handle: Handler) => {
    app.openAPIRegistry.registerPath(route)
    app.get(route.path.replaceAll(/\/{(.+?)}/g, '/:$1'), handle)
  }
  add(healthzRoute, healthz)
  add(readyzRoute, readyz(house))
  add(
    tracksRoute,
    constant(() => tracksJson(house.content)),
  )
  add(sourcesRoute, listSources(house.db, kept))
  add(newsRoute(query), listNews(house, query, kept))
  for (const format of ['atom', 'rss', 'json'] as const)
    add(newsFeedRoute(query, format), newsFeed(house, query, kept, format))
  add(itemRoute, oneNews(house, kept))
  const keptContent = keepAnswers(() => 0, 2_000_000)
  add(glossaryRoute, listTerms(house.content, keptContent))
  add(termRoute, oneTerm(house.content, keptContent))
  add(
    pathwaysRoute,
    constant(() => pathwaysJson(house.content)),
  )
  add(pathwayRoute, onePathway(house.content, keptContent))
  const calendars = keepCalendars(house, version)
  const all = calendarQuerySchema(house.content, 'all')
  add(conferencesRoute(all), openCalendar(house, 'all', all, calendars))
  const deadlines = calendarQuerySchema(house.content, 'deadlines')
  add(deadlinesRoute(deadlines), openCalendar(house, 'deadlines', deadlines, calendars))
  add(chainRoute, chainCalendar(house))
  const own = calendarQuerySchema(house.content, 'all', true)
  add(ownCalendarRoute(own), ownCalendar(house, own))
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', tokenScheme)
  add(accessRoute, oneAccess(house))
  add(ownProgressRoute, oneProgress(house))
  add(ownDocumentsRoute, listDocuments(house))
  add(ownDataRoute, oneData(house))
  add(progressRoute, oneProgress(house))
  add(documentsRoute, listDocuments(house))
  add(documentRoute, oneDocument(house))
  app.get(
    '/v1/openapi.json',
    constant(() => documentOf(app, house.site)),
  )
  app.notFound(notFound(app))
  app.onError(dataFailed(house.log))
  return app
}

/** Answers what does not change while the process lives; made when it is first asked for. */
function constant(make: () => unknown): Handler {
  let answer: Answer | undefined
  return (c) => {
    answer ??= jsonAnswer(make())
    return send(c, answer)
  }
}

const documentOf = (app: OpenAPIHono, site: string) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'CME Commons',
      version: VERSION,
      description:
        'News on the standards of continuing medical education. Errors are problem documents (RFC 9457). Answers carry an ETag; ' +
        'ask again with If-None-Match. The news is for information: confirm requirements with your accreditor.',
      license: { name: 'MIT' },
    },
    servers: [{ url: site }],
    tags: [
      { name: 'news', description: 'What changed, for whom, and why we think so.' },
      { name: 'knowledge', description: 'What people in the field have to know, each piece with its source.' },
      { name: 'calendars', description: 'Conferences and deadlines, for programs that show calendars.' },
      { name: 'members', description: 'What is somebody’s own: with a token, never kept by a cache.' },
      { name: 'operations', description: 'For whoever runs it.' },
    ],
  })
