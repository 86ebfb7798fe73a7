import { expect, test } from 'vitest'
import { apiHouse } from '../../../test/support/api-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'
import { glossaryTerm, problemDocument, termList } from './schemas.ts'

async function started() {
  const app = apiRoutes(await apiHouse(await (await freshSqlite()).open()))
  const terms = async (query: string) => termList.parse(await (await app.request(`/v1/glossary${query}`)).json()).terms
  const ids = async (query: string) => (await terms(query)).map(({ id }) => id)
  return { app, terms, ids }
}

test('the glossary is listed whole, by jurisdiction and by words; what the letters mean comes first', async () => {
  const { terms, ids } = await started()
  expect((await terms('')).length).toBeGreaterThanOrEqual(130)
  const european = await terms('?jurisdiction=eu')
  expect(european.length).toBeGreaterThan(20)
  expect(new Set(european.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['eu']))
  const abroad = await terms('?jurisdiction=eu,uk&jurisdiction=ca')
  expect(new Set(abroad.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['eu', 'uk', 'ca']))
  expect((await ids('?q=ecmec'))[0]).toBe('ecmec')
  expect((await ids('?q=MOC')).slice(0, 2).sort()).toEqual(['moc-ca', 'moc-us'])
  expect((await ids('?q=MOC&jurisdiction=ca'))[0]).toBe('moc-ca')
  expect(await ids('?q=vascular+surgery+%00')).toEqual([])
})

test('one term says what it is, what it is not, and where that is from', async () => {
  const { app } = await started()
  const answer = await app.request('/v1/glossary/ecmec')
  expect(glossaryTerm.parse(await answer.json())).toMatchObject({
    letters: 'ECMEC',
    jurisdiction: 'eu',
    checked: '2026-11-23',
  })
  const etag = answer.headers.get('etag')!
  expect((await app.request('/v1/glossary/ecmec', { headers: { 'If-None-Match': etag } })).status).toBe(304)
  const none = await app.request('/v1/glossary/ECMEC')
  expect([none.status, problemDocument.parse(await none.json()).detail]).toEqual([
    404,
    'No term has this id: GET /v1/glossary lists them.',
  ])
})

test('a wrong query is pointed at, with what is known', async () => {
  const { app } = await started()
  const answer = await app.request(`/v1/glossary?jurisdiction=eu,mars&letters=x&q=${'x'.repeat(200)}`)
  expect(answer.status).toBe(422)
  const { errors } = problemDocument.parse(await answer.json())
  expect(errors).toEqual([
    { pointer: '#/query/jurisdiction', detail: expect.stringContaining('known are us, eu, uk, ca, intl') },
    { pointer: '#/query/q', detail: 'Give at most 100 characters.' },
    { pointer: '#/query/letters', detail: expect.stringContaining('there are jurisdiction, q') },
  ])
})
