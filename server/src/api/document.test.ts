import { expect, test } from 'vitest'
import { type ApiDocument, answersOf, exampleRequest, operationsOf } from '../../../test/support/api-document.ts'
import { apiWorld } from '../../../test/support/api-world.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'

async function started() {
  const { house, tokens } = await apiWorld(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  const answer = await app.request('/v1/openapi.json')
  expect(answer.headers.get('etag')).toBeTruthy()
  return { app, tokens, document: (await answer.json()) as ApiDocument }
}

test('the document describes every operation, with the ids that are known', async () => {
  const { document } = await started()
  expect(document.openapi).toBe('3.1.0')
  expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' })
  expect(
    operationsOf(document)
      .map(({ method, path, operation }) => `${method} ${path}: ${operation['x-access']}`)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "delete /v1/dates/{id}: signed",
      "delete /v1/sessions/{id}: signed",
      "delete /v1/subscriptions/{id}: own",
      "delete /v1/webhooks/{id}: signed",
      "get /healthz: anyone",
      "get /readyz: anyone",
      "get /v1/activities: reach",
      "get /v1/audit: admin",
      "get /v1/calendar/{token}: anyone",
      "get /v1/channels/{id}: moderator",
      "get /v1/channels: moderator",
      "get /v1/conferences.ics: anyone",
      "get /v1/conferences/{id}: wider",
      "get /v1/conferences: wider",
      "get /v1/dates/{id}: wider",
      "get /v1/dates: wider",
      "get /v1/deadlines.ics: anyone",
      "get /v1/deadlines/chain.ics: anyone",
      "get /v1/deliveries/{id}: moderator",
      "get /v1/deliveries: moderator",
      "get /v1/digests/{id}: anyone",
      "get /v1/digests: moderator",
      "get /v1/documents/{id}: reach",
      "get /v1/editions/{id}: wider",
      "get /v1/editions: wider",
      "get /v1/glossary/{id}: anyone",
      "get /v1/glossary: anyone",
      "get /v1/me/data: reach",
      "get /v1/me/documents: reach",
      "get /v1/me/progress: reach",
      "get /v1/me: token",
      "get /v1/members/{id}/documents: reach",
      "get /v1/members/{id}/progress: reach",
      "get /v1/members/{id}: reach",
      "get /v1/members: moderator",
      "get /v1/needs-assessments: reach",
      "get /v1/news.atom: wider",
      "get /v1/news.json: wider",
      "get /v1/news.rss: wider",
      "get /v1/news/{id}: wider",
      "get /v1/news: wider",
      "get /v1/pathways/{id}: anyone",
      "get /v1/pathways: anyone",
      "get /v1/sessions/{id}: wider",
      "get /v1/sessions: wider",
      "get /v1/settings: moderator",
      "get /v1/sources: anyone",
      "get /v1/subscriptions/{id}: reach",
      "get /v1/subscriptions: reach",
      "get /v1/suggestions/{id}: reach",
      "get /v1/suggestions: reach",
      "get /v1/tracks: anyone",
      "get /v1/upcoming: moderator",
      "get /v1/webhooks/{id}/deliveries: moderator",
      "get /v1/webhooks/{id}: moderator",
      "get /v1/webhooks: moderator",
      "patch /v1/conferences/{id}: signed",
      "patch /v1/dates/{id}: signed",
      "patch /v1/editions/{id}: signed",
      "patch /v1/sessions/{id}: signed",
      "patch /v1/settings: signed",
      "patch /v1/subscriptions/{id}: own",
      "patch /v1/webhooks/{id}: signed",
      "post /v1/conferences: signed",
      "post /v1/dates: signed",
      "post /v1/deliveries/{id}/drop: signed",
      "post /v1/deliveries/{id}/retry: signed",
      "post /v1/editions: signed",
      "post /v1/sessions: signed",
      "post /v1/subscriptions: own",
      "post /v1/suggestions/{id}/approve: signed",
      "post /v1/suggestions/{id}/decline: signed",
      "post /v1/suggestions: own",
      "post /v1/webhooks/{id}/ping: signed",
      "post /v1/webhooks/{id}/redeliver: signed",
      "post /v1/webhooks/{id}/rotate: signed",
      "post /v1/webhooks: signed",
    ]
  `)
  const parameters = document.paths['/v1/news']!.get.parameters!
  expect(parameters.every(({ required }) => required === false)).toBe(true)
  expect(parameters.find(({ name }) => name === 'region')).toMatchObject({
    explode: false,
    schema: { type: 'array', items: { enum: ['us', 'eu', 'ca', 'intl'] } },
  })
})

test('every example is true: the app answers it, and the answer fits the schema', async () => {
  const { app, document, tokens } = await started()
  const { wrong } = answersOf(document)
  for (const one of operationsOf(document)) {
    const { operation } = one
    // What is told of "me" and of a member is the member's own.
    const who =
      operation['x-access'] === 'anyone'
        ? 'nobody'
        : operation['x-access'] === 'admin'
          ? 'admin'
          : /\/me\b/.test(one.path)
            ? 'member'
            : 'moderator'
    const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && !parameter.required)
    for (const asked of [[], ...(one.method === 'get' ? query.map((parameter) => [parameter]) : [])]) {
      const { address, init } = exampleRequest(document, one, asked)
      const answer = await app.request(address, { ...init, headers: { ...init.headers, ...tokens[who] } })
      const body = await answer.text()
      expect(answer.ok, `${operation.operationId} ${address}: ${body.slice(0, 400)}`).toBe(true)
      expect(wrong(one, answer.status, answer.headers.get('content-type'), body)).toBe(undefined)
    }
  }
})

test('every example of a schema fits it', async () => {
  const { document } = await started()
  const { check } = answersOf(document)
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (schema.example === undefined) continue
    expect(check({ $ref: `#/components/schemas/${name}` }, schema.example), name).toBe(undefined)
  }
})
