import { expect, test } from 'vitest'
import { apiHouse, store } from '../../../test/support/api-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'
import { problemDocument } from './schemas.ts'

async function started() {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  const problem = async (path: string, init?: RequestInit) => {
    const answer = await app.request(path, init)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const document = problemDocument.parse(await answer.json())
    expect(document.status).toBe(answer.status)
    return { ...document, headers: answer.headers }
  }
  return { house, app, problem }
}

test('an unknown id is pointed at, with what is known and what was probably meant', async () => {
  const { problem } = await started()
  const { status, errors } = await problem('/v1/news?topic=research,edtech-ia&region=mars')
  expect(status).toBe(422)
  expect(errors).toEqual([
    {
      pointer: '#/query/topic',
      detail: expect.stringMatching(/^"edtech-ia" is no topic \(did you mean edtech-ai\?\); known are .*research/),
    },
    { pointer: '#/query/region', detail: '"mars" is no region; known are us, eu, ca, intl.' },
  ])
})

test.each([
  ['?limit=0', 'limit', '1 to 100'],
  ['?limit=101', 'limit', '1 to 100'],
  ['?limit=ten', 'limit', '1 to 100'],
  ['?limit=', 'limit', '1 to 100'],
  ['?limit=5&limit=6', 'limit', '1 to 100'],
  ['?limit=1.5', 'limit', '1 to 100'],
  ['?cursor=x', 'cursor', 'no cursor of ours'],
  ['?cursor=', 'cursor', 'no cursor of ours'],
  ['?cursor=YmVmb3JlIDEyMzQ1Njc4OTAxMjM0NTY3ODkw', 'cursor', 'no cursor of ours'],
  ['?since=yesterday', 'since', 'a day as in'],
  ['?since=2026-02-30', 'since', 'a day as in'],
  ['?since=2026-11-23T25:00:00Z', 'since', 'a day as in'],
  ['?since=2026-11-23T10:00:00%2B99:99', 'since', 'a day as in'],
  ['?topic=', 'topic', 'known are'],
  ['?topic=off-topic', 'topic', 'known are'],
  ["?topic=a'%20or%201=1--", 'topic', 'known are'],
  ['?tracks=program', 'tracks', 'did you mean track'],
  ['?__proto__=1', '__proto__', 'no parameter'],
  ['?a/b~c=1', 'a~1b~0c', 'no parameter'],
])('%s is refused with a pointer to it', async (query, name, say) => {
  const { problem } = await started()
  const { status, errors } = await problem(`/v1/news${query}`)
  expect(status).toBe(422)
  expect(errors).toEqual([{ pointer: `#/query/${name}`, detail: expect.stringContaining(say) }])
})

test('a long list of nonsense gets a short answer', async () => {
  const { problem } = await started()
  const nonsense = Array.from({ length: 3000 }, (_, i) => i)
  expect((await problem(`/v1/news?topic=${nonsense}`)).errors).toHaveLength(10)
  expect((await problem(`/v1/news?${nonsense.join('&')}`)).errors).toHaveLength(10)
  const twice = await problem('/v1/news?topic=research,research,x')
  expect(twice.errors![0]!.detail).toContain('"x" is no topic')
})

test('what is not there is a 404, a method that an address lacks a 405 that names those it has', async () => {
  const { problem, app, house } = await started()
  await store(house.db, [{ topic: 'off-topic' }])
  for (const path of ['/v1/news/i1', '/v1/news/%E0%A4%A', '/v1/news/', '/v1', '/v1/nothing'])
    expect((await problem(path)).status, path).toBe(404)
  for (const method of ['POST', 'DELETE', 'PUT', 'PATCH']) {
    const refused = await problem('/v1/news', { method })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  }
  const options = await app.request('/v1/news/i1', { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  expect((await app.request('/v1/nothing', { method: 'HEAD' })).status).toBe(404)
})

test('a failure is logged once, under the id that the answer shows, and tells nothing of itself', async () => {
  const { house, app, problem } = await started()
  await house.db.write.schema.dropTable('item_links').execute()
  const { status, instance, ...rest } = await problem('/v1/news')
  expect(status).toBe(500)
  expect(instance).toMatch(/^urn:uuid:/)
  expect(JSON.stringify(rest)).not.toMatch(/item_links|SQL|no such|\.ts/i)
  expect(house.logged).toMatchObject([
    { id: instance!.slice('urn:uuid:'.length), path: '/v1/news', err: expect.any(Error) },
  ])
  expect((await app.request('/v1/tracks')).status).toBe(200)
})
