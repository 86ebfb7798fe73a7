import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { problem } from '../problem.ts'
import { webhookOperations } from '../webhooks/routes.ts'
import { declared } from './access.ts'
import { type Answer, jsonAnswer, send } from './answer.ts'
import { keepCalendars, openCalendar, ownCalendar } from './calendar.ts'
import { calendarQuerySchema } from './calendar-query.ts'
import { chainCalendar, chainRoute } from './chain.ts'
import { conferenceReads } from './conferences/read.ts'
import { conferenceWrites } from './conferences/write.ts'
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
  wrong,
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
import { addDocs } from './docs/routes.ts'
import { oneDocument } from './documents.ts'
import { dataFailed } from './failed.ts'
import { newsFeed } from './feeds.ts'
import { dress } from './gate.ts'
import { listTerms, oneTerm } from './glossary.ts'
import { healthz, readyz } from './health.ts'
import type { ApiHouse } from './house.ts'
import { keepAnswers } from './kept.ts'
import { listDocuments, oneAccess, oneData, oneProgress } from './members.ts'
import { notFound } from './methods.ts'
import { listNews, oneNews } from './news.ts'
import type { Handler } from './operation.ts'
import { onePathway, pathwaysJson } from './pathways.ts'
import { newsQuerySchema } from './query.ts'
import { MOST_BODY } from './read-request.ts'
import { deliveryOperations } from './space/deliveries.ts'
import { spaceReads } from './space/digests.ts'
import { memberReads } from './space/members.ts'
import { settingsOperations } from './space/settings.ts'
import { subscriptionOperations } from './space/subscriptions.ts'
import { suggestionOperations } from './space/suggestions.ts'
import { listSources, tracksJson } from './tracks.ts'

/**
 * `/healthz`, `/readyz` and `/v1`. `version` changes with the data (see `Db`). The routes are plain handlers without
 * middleware, so that a kept answer goes to the socket in one step.
 */
export function apiRoutes(house: ApiHouse, version = house.db.version): OpenAPIHono {
  const app = new OpenAPIHono()
  const kept = keepAnswers(version)
  const query = newsQuerySchema(house.content)
  const add = (route: RouteConfig, handle: Handler) => {
    app.openAPIRegistry.registerPath(whole(route))
    const path = route.path.replaceAll(/\/{(.+?)}/g, '/:$1')
    const served = gated(house, route, handle)
    if (route.method === 'get') app.get(path, served)
    else app.on(route.method.toUpperCase(), path, notTooLong, served)
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
  const keptDates = keepCalendars(house, version)
  const operations = [
    ...conferenceReads(house, keptDates),
    ...conferenceWrites(house),
    ...memberReads(house),
    ...subscriptionOperations(house),
    ...suggestionOperations(house),
    ...settingsOperations(house),
    ...deliveryOperations(house),
    ...webhookOperations(house),
    ...spaceReads(house, kept),
  ]
  for (const { route, handle } of operations) add(route, handle)
  addDocs(app, house.site, (handle) => gated(house, undefined, handle))
  app.notFound(gated(house, undefined, notFound(app)))
  app.onError((error, c) => dress(c, dataFailed(house.log)(error, c)))
  return app
}

/** What holds for every operation and so is said here: who may, and what anybody may be answered. */
const whole = (route: RouteConfig): RouteConfig => ({
  ...declared('anyone'),
  ...route,
  responses: {
    ...(route.method === 'get' && route.path.startsWith('/v1')
      ? { 304: { description: 'It is what you have: the `ETag` that came as `If-None-Match`.' } }
      : {}),
    400: wrong('The address has a NUL in it.'),
    ...(route.path.startsWith('/v1')
      ? { 429: wrong('Too many requests in a minute: `Retry-After` says for how long to wait.') }
      : {}),
    ...route.responses,
  },
})

const notTooLong = bodyLimit({
  maxSize: MOST_BODY,
  onError: (c) => dress(c, problem(c, 413, `That is too large: ${MOST_BODY / 1000} kB at most.`)),
})

/** A handler behind the gate: what needs no token is counted by address, and every answer wears what the gate gave the request. */
function gated({ gate }: ApiHouse, route: RouteConfig | undefined, handle: Handler): Handler {
  if (!gate) return handle
  const counts = route && !route.path.startsWith('/v1') ? false : (route?.['x-access'] ?? 'anyone') === 'anyone'
  return (c) => {
    gate.open(c)
    const answer = (counts && gate.count(c)) || handle(c)
    return answer instanceof Promise ? answer.then((one) => dress(c, one)) : dress(c, answer)
  }
}

/** Answers what does not change while the process lives; made when it is first asked for. */
function constant(make: () => unknown): Handler {
  let answer: Answer | undefined
  return (c) => {
    answer ??= jsonAnswer(make())
    return send(c, answer)
  }
}
