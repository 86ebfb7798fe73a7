import { DAY, plus } from '@cme-commons/core'
import { findMember, inTx, revokeToken, tokenByHash } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { hypertension } from '../../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { needsAnswers } from '../../../test/support/answers.ts'
import { apiHouse, NOW } from '../../../test/support/api-house.ts'
import { describeEachDatabase, freshSqlite } from '../../../test/support/databases.ts'
import { tokenFor } from '../../../test/support/tokens.ts'
import { moderator, sara, worldOn } from '../../../test/support/world.ts'
import { makeApp } from '../http.ts'
import { hashOfSecret } from '../secrets.ts'
import { documentList, memberDocument, memberProgress } from './member-schemas.ts'
import { problemDocument } from './schemas.ts'

const [practice] = needsAnswers(hypertension)
const OTHER = { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: NOW }

/** Sara (m1) and Ines (m2) of one space, each with a begun needs assessment, and Theo (m3) of another. */
async function started(fresh: Parameters<Parameters<typeof describeEachDatabase>[0]>[0]) {
  const db = await (await fresh()).open()
  let now = NOW
  const house = await apiHouse(db, { now: () => now })
  const world = await worldOn(db, NOW)
  await inTx(db, (tx) =>
    tx
      .insertInto('spaces')
      .values({ ...OTHER, left_at: null })
      .execute(),
  )
  for (const who of [
    sara,
    { ...sara, user: 'ines', name: 'Ines' },
    { ...sara, user: 'theo', name: 'Theo', space: 'other' },
  ]) {
    await world.press(who, { do: 'track.choose', track: 'program' }, NOW)
    await world.press(who, { do: 'step', step: 'fundamentals' }, NOW)
    await world.press(who, { do: 'form.submit', ...practice! }, NOW)
  }
  await world.say(moderator, 'home', NOW)
  const id = async (user: string, space = 'try') => (await findMember(db.read, space, user))!.id
  const [m1, m2, m3] = [await id('sara'), await id('ines'), await id('theo', 'other')]
  const app = makeApp(house)
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
  return { db, house, app, get, m1, m2, m3, later: (ms: number) => (now = plus(now, ms)) }
}

const operations = (m: string, doc: string) => ({
  'GET /v1/me': '/v1/me',
  'GET /v1/me/progress': '/v1/me/progress',
  'GET /v1/me/documents': '/v1/me/documents',
  'GET /v1/me/data': '/v1/me/data',
  'GET /v1/members/{id}/progress': `/v1/members/${m}/progress`,
  'GET /v1/members/{id}/documents': `/v1/members/${m}/documents`,
  'GET /v1/documents/{id}': `/v1/documents/${doc}`,
  'GET /v1/documents/{id}.md': `/v1/documents/${doc}.md`,
  'GET /v1/documents/{id}.docx': `/v1/documents/${doc}.docx`,
  'GET /v1/documents/{id}.html': `/v1/documents/${doc}.html`,
})
type Operation = keyof ReturnType<typeof operations>
const MINE: readonly string[] = ['GET /v1/me/progress', 'GET /v1/me/documents', 'GET /v1/me/data']

describeEachDatabase((fresh) => {
  test('every operation for every kind of caller', async () => {
    const { db, get, m1, m2, m3 } = await started(fresh)
    const token = (wanted: Parameters<typeof tokenFor>[2]) => tokenFor(db, NOW, wanted)
    const revoked = await token({ member: m1 })
    await inTx(db, (tx) => revokeToken(tx, revoked.id, NOW))
    const good = await token({ member: m1 })
    const callers: Record<string, { headers: Record<string, string>; expected: (operation: Operation) => number }> = {
      'no token': { headers: {}, expected: () => 401 },
      'another scheme': { headers: { authorization: `Basic ${good.secret}` }, expected: () => 401 },
      'a secret that is none': { headers: { authorization: 'Bearer cme_x' }, expected: () => 401 },
      'an unknown secret': { headers: { authorization: `Bearer cme_${'A'.repeat(43)}` }, expected: () => 401 },
      'its hash': { headers: { authorization: `Bearer ${hashOfSecret(good.secret)}` }, expected: () => 401 },
      expired: {
        headers: (await tokenFor(db, plus(NOW, -2 * DAY), { member: m1, days: 1 })).headers,
        expected: () => 401,
      },
      revoked: { headers: revoked.headers, expected: () => 401 },
      'herself, scope read': {
        headers: (await token({ member: m1, scope: 'read' })).headers,
        expected: (operation) => (operation === 'GET /v1/me' ? 200 : 403),
      },
      herself: { headers: good.headers, expected: () => 200 },
      'another member of the space': {
        headers: (await token({ member: m2 })).headers,
        expected: (operation) => (operation.startsWith('GET /v1/me/') || operation === 'GET /v1/me' ? 200 : 404),
      },
      'a member of another space': {
        headers: (await token({ member: m3, space: 'other' })).headers,
        expected: (operation) => (operation.startsWith('GET /v1/me/') || operation === 'GET /v1/me' ? 200 : 404),
      },
      'a moderator': {
        headers: (await token({ scope: 'moderate' })).headers,
        expected: (operation) => (MINE.includes(operation) ? 404 : 200),
      },
      'an operator': {
        headers: (await token({ scope: 'admin' })).headers,
        expected: (operation) => (MINE.includes(operation) ? 404 : 200),
      },
      'a moderator of another space': {
        headers: (await token({ scope: 'moderate', space: 'other' })).headers,
        expected: (operation) => (operation === 'GET /v1/me' ? 200 : 404),
      },
    }
    for (const [who, { headers, expected }] of Object.entries(callers))
      for (const [operation, path] of Object.entries(operations(m1, 'doc1'))) {
        const answer = await get(path, { ...headers, origin: 'https://elsewhere.example' })
        const what = `${operation} for ${who}`
        expect([what, answer.status]).toEqual([what, expected(operation as Operation)])
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
        expect(answer.headers.get('cache-control')).toContain('no-store')
        // A Word document is made anew each time, with the time in it.
        if (!operation.endsWith('.docx'))
          expect([what, answer.headers.has('etag')]).toEqual([what, answer.status === 200])
        if (answer.status === 200) expect(answer.headers.get('cache-control')).toBe('private, no-store')
        else expect(problemDocument.parse(await answer.json()).status).toBe(answer.status)
        const challenge = { 401: /^Bearer realm="cme-commons"/, 403: /insufficient_scope/ }[answer.status]
        if (challenge) expect(answer.headers.get('www-authenticate')).toMatch(challenge)
      }
  })

  test('a moderator sees what was done in her space, and no line that a member wrote for herself', async () => {
    const { db, get, m1 } = await started(fresh)
    await inTx(db, async (tx) => {
      await tx.insertInto('identities').values({ space: 'other', user: 'sara-there', member: m1 }).execute()
      await tx.updateTable('step_progress').set({ said: 'What I learned' }).where('member', '=', m1).execute()
    })
    const here = (await tokenFor(db, NOW, { scope: 'moderate' })).headers
    const there = (await tokenFor(db, NOW, { scope: 'moderate', space: 'other' })).headers
    const own = (await tokenFor(db, NOW, { member: m1 })).headers
    const fundamentals = async (headers: Record<string, string>) => {
      const answer = await get(`/v1/members/${m1}/progress`, headers)
      const { pathways } = memberProgress.parse(await answer.json())
      return pathways[0]!.steps.find(({ id }) => id === 'fundamentals')
    }
    expect(await fundamentals(own)).toMatchObject({ begun: NOW, said: 'What I learned' })
    expect(await fundamentals(here)).toMatchObject({ begun: NOW, said: null })
    expect(await fundamentals(there)).toMatchObject({ begun: null, said: null })
    const list = async (headers: Record<string, string>) =>
      documentList.parse(await (await get(`/v1/members/${m1}/documents`, headers)).json()).documents
    expect(await list(here)).toMatchObject([{ id: 'doc1', kind: 'needs', state: 'draft' }])
    expect(await list(there)).toEqual([])
    expect((await get('/v1/documents/doc1', there)).status).toBe(404)
  })

  test('a use is noted to the minute, an end holds at once, and an erased member’s token is unknown', async () => {
    const { db, get, later, m1 } = await started(fresh)
    const { id, secret, headers } = await tokenFor(db, NOW, { member: m1, days: 1 })
    const used = async () => (await tokenByHash(db.read, hashOfSecret(secret)))!.used_at
    expect(await used()).toBeNull()
    await get('/v1/me', headers)
    expect(await used()).toBe(NOW)
    const soon = later(30_000)
    await get('/v1/me', headers)
    expect(await used()).toBe(NOW)
    const minute = later(30_000)
    await get('/v1/me', headers)
    expect([soon < minute, await used()]).toEqual([true, minute])
    expect((await get('/v1/me', headers)).status).toBe(200)
    await inTx(db, (tx) => revokeToken(tx, id, minute))
    expect(problemDocument.parse(await (await get('/v1/me', headers)).json()).detail).toContain('was ended')
    const other = await tokenFor(db, minute, { member: m1, days: 1 })
    later(DAY + 1)
    expect(problemDocument.parse(await (await get('/v1/me', other.headers)).json()).detail).toContain('has expired')
  })
})

test('a document comes in the form that is asked for, and names are not guessed', async () => {
  const { db, get, m1 } = await started(freshSqlite)
  const { headers } = await tokenFor(db, NOW, { member: m1 })
  const typeOf = async (path: string, accept?: string) => {
    const answer = await get(path, { ...headers, ...(accept ? { accept } : {}) })
    return answer.headers.get('content-type')?.split(';')[0]
  }
  const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  expect(await typeOf('/v1/documents/doc1')).toBe('application/json')
  expect(await typeOf('/v1/documents/doc1', '*/*')).toBe('application/json')
  expect(await typeOf('/v1/documents/doc1', 'text/html,application/xhtml+xml,*/*;q=0.8')).toBe('text/html')
  expect(await typeOf('/v1/documents/doc1', 'application/json;q=0.2, text/markdown')).toBe('text/markdown')
  expect(await typeOf('/v1/documents/doc1', WORD)).toBe(WORD)
  expect(await typeOf('/v1/documents/doc1.md', 'application/json')).toBe('text/markdown')
  expect(await typeOf('/v1/me/data', 'text/markdown')).toBe('text/markdown')
  expect((await get('/v1/documents/doc1', { ...headers, accept: 'image/png' })).status).toBe(406)
  expect((await get('/v1/me/data', { ...headers, accept: 'image/png, text/markdown;q=0' })).status).toBe(406)
  const document = memberDocument.parse(await (await get('/v1/documents/doc1.json', headers)).json())
  expect(document.body).toMatchObject({ learners: hypertension.learners })
  expect(await (await get('/v1/documents/doc1.html', headers)).text()).toContain('MOCK: needs assessment')
  const markdown = await get('/v1/documents/doc1.md', headers)
  expect(markdown.headers.get('content-disposition')).toBe('attachment; filename="mock-doc1.md"')
  for (const path of [
    '/v1/documents/doc1.pdf',
    '/v1/documents/doc9',
    '/v1/documents/..%2fdoc1',
    '/v1/members/m9/progress',
    "/v1/members/m1'--/progress",
  ])
    expect((await get(path, headers)).status, path).toBe(404)
  expect((await get('/v1/me/progress', { ...headers, accept: 'text/html' })).status).toBe(200)
})
