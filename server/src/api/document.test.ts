import { expect, test } from 'vitest'
import { apiHouse, NOW, store } from '../../../test/support/api-house.ts'
import { calendarFor, calendarIn } from '../../../test/support/calendar-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { tokenFor } from '../../../test/support/tokens.ts'
import { sara, worldOn } from '../../../test/support/world.ts'
import { access, documentList, memberDocument, memberProgress } from './member-schemas.ts'
import { myDataSchema } from './my-data-schema.ts'
import { pathway, pathwayList } from './pathway-schemas.ts'
import { apiRoutes } from './routes.ts'
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

const schemas = {
  Health: health,
  Readiness: readiness,
  SourceList: sourceList,
  TrackList: trackList,
  NewsPage: newsPage,
  NewsItem: newsItem,
  Term: glossaryTerm,
  TermList: termList,
  Pathway: pathway,
  PathwayList: pathwayList,
  Access: access,
  MemberProgress: memberProgress,
  DocumentList: documentList,
  Document: memberDocument,
  MyData: myDataSchema,
  Problem: problemDocument,
}

type Parameter = {
  name: string
  in: 'query' | 'path'
  required: boolean
  schema: object
  example?: unknown
  explode?: boolean
}
type Operation = {
  operationId: string
  parameters?: Parameter[]
  security?: { token: string[] }[]
  responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }>
}
type Document = {
  openapi: string
  paths: Record<string, { get: Operation }>
  components: { schemas: Record<string, { example?: unknown }>; securitySchemes: Record<string, object> }
}

async function started() {
  const house = await apiHouse(await (await freshSqlite()).open())
  await store(house.db, [{}, {}])
  // The member `m1` with the document `doc1`, whom the examples mean.
  const world = await worldOn(house.db, NOW)
  await world.press(sara, { do: 'form.submit', form: 'needs.practice', answers: { learners: 'Forty physicians' } }, NOW)
  const { headers } = await tokenFor(house.db, NOW, { member: 'm1' })
  // The community `try` with an open calendar, and the calendar of `m1` at the address of the example.
  await calendarIn(house.db, NOW, [{}])
  await calendarFor(house.db, NOW, 'm1', 'bcdfgh'.repeat(8))
  const app = apiRoutes(house)
  const answer = await app.request('/v1/openapi.json')
  expect(answer.headers.get('etag')).toBeTruthy()
  return { app, headers, document: (await answer.json()) as Document }
}

const nameOf = (ref: string) => ref.slice('#/components/schemas/'.length) as keyof typeof schemas

test('the document describes every operation, with the ids that are known', async () => {
  const { document } = await started()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual([
    '/healthz',
    '/readyz',
    '/v1/tracks',
    '/v1/sources',
    '/v1/news',
    '/v1/news.atom',
    '/v1/news.rss',
    '/v1/news.json',
    '/v1/news/{id}',
    '/v1/glossary',
    '/v1/glossary/{id}',
    '/v1/pathways',
    '/v1/pathways/{id}',
    '/v1/conferences.ics',
    '/v1/deadlines.ics',
    '/v1/calendar/{token}',
    '/v1/me',
    '/v1/me/progress',
    '/v1/me/documents',
    '/v1/me/data',
    '/v1/members/{id}/progress',
    '/v1/members/{id}/documents',
    '/v1/documents/{id}',
  ])
  const parameters = document.paths['/v1/news']!.get.parameters!
  expect(parameters.map(({ name }) => name)).toEqual([
    'body',
    'topic',
    'region',
    'track',
    'q',
    'order',
    'since',
    'limit',
    'cursor',
  ])
  expect(parameters.every(({ required }) => required === false)).toBe(true)
  expect(parameters.find(({ name }) => name === 'region')).toMatchObject({
    explode: false,
    schema: { type: 'array', items: { enum: ['us', 'eu', 'ca', 'intl'] } },
  })
})

test('every example is true: the app answers it, and the answer fits the schema', async () => {
  const { app, document, headers } = await started()
  expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' })
  for (const [path, { get }] of Object.entries(document.paths)) {
    for (const parameters of [[], ...(get.parameters ?? []).filter((one) => one.in === 'query').map((one) => [one])]) {
      const answer = await app.request(
        addressOf(path, get.parameters ?? [], parameters),
        get.security ? { headers } : {},
      )
      expect(answer.status, get.operationId).toBe(200)
      const told = get.responses['200']!.content['application/json']
      if (!told) {
        expect(get.responses['200']!.content).toHaveProperty([answer.headers.get('content-type')!.split(';')[0]!])
        continue
      }
      const { $ref } = told.schema
      schemas[nameOf($ref)].parse(await answer.json())
    }
  }
  for (const [name, schema] of Object.entries(schemas)) {
    const { example } = document.components.schemas[name]!
    expect(() => schema.parse(example), name).not.toThrow()
  }
})

function addressOf(path: string, all: Parameter[], query: Parameter[]): string {
  const whole = path.replace(/\{(\w+)\}/, (_, name) => String(exampleOf(all.find((one) => one.name === name)!)))
  const asked = new URLSearchParams(Object.fromEntries(query.map((one) => [one.name, String(exampleOf(one))])))
  return query.length > 0 ? `${whole}?${asked}` : whole
}

function exampleOf(parameter: Parameter): unknown {
  const example = parameter.example ?? (parameter.schema as { example?: unknown }).example
  expect(example, parameter.name).toBeDefined()
  return example
}
