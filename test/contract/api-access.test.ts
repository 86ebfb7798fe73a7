import { describe, expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import {
  type Access,
  type ApiDocument,
  answersOf,
  type Described,
  exampleRequest,
  operationsOf,
} from '../support/api-document.ts'
import { apiWorld, CALLERS, type CallerName } from '../support/api-world.ts'
import { freshSqlite } from '../support/databases.ts'

type Expected = 'ok' | 401 | 403 | 404

const BAD = {
  anyone: 'ok',
  wider: 401,
  token: 401,
  own: 401,
  reach: 401,
  moderator: 401,
  signed: 401,
  admin: 401,
} as const
const MEMBER = {
  anyone: 'ok',
  wider: 'ok',
  token: 'ok',
  own: 'ok',
  reach: 'ok',
  moderator: 403,
  signed: 403,
  admin: 403,
} as const
const MODERATOR = { ...MEMBER, moderator: 'ok', signed: 'ok' } as const

/** What each kind of access, as the document declares it, means for each caller, about things of the community `try` and of its member m1. */
const TABLE: Record<CallerName, Record<Access, Expected>> = {
  nobody: { ...BAD, wider: 'ok' },
  stranger: BAD,
  expired: BAD,
  revoked: BAD,
  calendar: BAD,
  read: { ...MEMBER, own: 403, reach: 403 },
  member: MEMBER,
  'other member': { ...MEMBER, reach: 404 },
  'other moderator': { ...MODERATOR, own: 404, reach: 404, moderator: 404, signed: 404 },
  'space moderator': { ...MODERATOR, own: 403, signed: 403 },
  moderator: MODERATOR,
  admin: { ...MODERATOR, admin: 'ok' },
}

/** Where it depends on whose the thing of the example is, and the answer is another one. */
const EXCEPTIONS: Partial<Record<CallerName, Record<string, Expected | 422>>> = {
  member: { addSubscription: 403, changeSubscription: 404, endSubscription: 404, getSubscription: 404 },
  'other member': { addSubscription: 403, changeSubscription: 404, endSubscription: 404 },
  // The edition of the example is of the community `try`.
  'other moderator': { addDate: 422, addSession: 422 },
  // It is nobody's own.
  'space moderator': { getOwnProgress: 404, listOwnDocuments: 404, exportOwnData: 404 },
}

/** Words of what belongs to the community `try` and to Sara, which nobody else may read. */
const SECRETS = /"m1"|"doc1"|"sug1"|"s1"|Forty physicians|standards-news|example\.org\/report|role\/r1|"cc1"/

describe.each(CALLERS)('%s', (caller) => {
  test('may do what the document says, and nothing else', async () => {
    const { house, tokens } = await apiWorld(await (await freshSqlite()).open())
    const app = apiRoutes(house)
    const document = (await (await app.request('/v1/openapi.json')).json()) as ApiDocument
    const { wrong } = answersOf(document)
    const outsider = !['member', 'space moderator', 'moderator', 'admin'].includes(caller)
    for (const one of operationsOf(document)) {
      const { address, init } = exampleRequest(document, one)
      const answer = await app.request(address, { ...init, headers: { ...init.headers, ...tokens[caller] } })
      const body = await answer.text()
      const said = `${one.operation.operationId}: ${body.slice(0, 300)}`
      expect(answer.ok ? 'ok' : answer.status, said).toBe(expectedOf(caller, one))
      expect(wrong(one, answer.status, answer.headers.get('content-type'), body)).toBe(undefined)
      if (outsider && one.operation['x-access'] !== 'anyone') expect(body, said).not.toMatch(SECRETS)
      if (one.operation.security && answer.ok && one.operation['x-access'] !== 'wider')
        expect(answer.headers.get('cache-control'), said).toContain('private')
      if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/)
    }
  })
})

/** A list or a thing that is made is the caller's own: of what is not hers she finds nothing in it. */
function expectedOf(caller: CallerName, { operation, path }: Described): Expected | 422 {
  const expected = EXCEPTIONS[caller]?.[operation.operationId] ?? TABLE[caller][operation['x-access']]
  const named = EXCEPTIONS[caller]?.[operation.operationId] !== undefined
  return expected === 404 && !named && !path.includes('{') ? 'ok' : expected
}

test('what one may not read is in no answer to a change either, and nothing of it was changed', async () => {
  const { house, tokens } = await apiWorld(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  const document = (await (await app.request('/v1/openapi.json')).json()) as ApiDocument
  const read = async () =>
    Promise.all(
      ['/v1/settings', '/v1/subscriptions', '/v1/suggestions', '/v1/dates', '/v1/editions', '/v1/deliveries'].map(
        async (path) => (await app.request(path, { headers: tokens.admin })).text(),
      ),
    )
  const before = await read()
  const strangers = CALLERS.filter((caller) => !['member', 'other member', 'moderator', 'admin'].includes(caller))
  for (const caller of strangers)
    for (const one of operationsOf(document).filter(({ method }) => method !== 'get')) {
      const { address, init } = exampleRequest(document, one)
      await app.request(address, { ...init, headers: { ...init.headers, ...tokens[caller] } })
    }
  expect(await read()).toEqual(before)
})
