import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Body, started } from '../support/api-caller.ts'
import { NOW } from '../support/api-world.ts'

const early = { edition: 'e1', kind: 'early-bird', when: '2027-02-23 AoE', source: 'https://example.org/2027' }

test('who changes something says what she read: 428 without it, 412 when it is another by now', async () => {
  const { send } = await started()
  const read = await send('GET', '/v1/dates/cd1')
  const tag = read.headers.get('etag')!
  expect(tag).toMatch(/^"[\w-]+"$/)
  expect((await send('GET', '/v1/dates/cd1', undefined, { 'if-none-match': tag })).status).toBe(304)
  const change = (match?: string) =>
    send('PATCH', '/v1/dates/cd1', { title: `Abstracts ${match}` }, match ? { 'if-match': match } : {})
  expect((await change()).status).toBe(428)
  expect((await change('"other"')).status).toBe(412)
  const done = await change(`"other", ${tag}`)
  expect(done.status).toBe(200)
  expect((await change(tag)).status).toBe(412)
  const again = await send('GET', '/v1/dates/cd1')
  expect([again.headers.get('etag'), await again.json()]).toEqual([done.headers.get('etag'), await done.json()])
  expect((await send('DELETE', '/v1/dates/cd1', undefined, { 'if-match': tag })).status).toBe(412)
})

test('what is wrong with a body is pointed at, field by field', async () => {
  const { send } = await started()
  const errors = async (path: string, json: Body) => {
    const answer = await send('POST', path, json)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    return ((await answer.json()) as { errors: { pointer: string; detail: string }[] }).errors
  }
  expect(
    await errors('/v1/dates', { ...early, kind: 'party', when: { kind: 'at', at: 'noon' }, colour: 'red' }),
  ).toEqual([
    { pointer: '#/kind', detail: expect.stringMatching(/^Choose one of event, abstracts/) },
    expect.objectContaining({ pointer: expect.stringMatching(/^#\/when/) }),
    { pointer: '#/colour', detail: expect.stringMatching(/^Nothing of this name belongs here; there are edition, /) },
  ])
  expect(await errors('/v1/dates', { ...early, when: '2027-02-30' })).toEqual([
    { pointer: '#/when', detail: '2027-02-30 is not a day of the calendar: correct it.' },
  ])
  expect((await send('POST', '/v1/dates', { ...early, kind: 'event' })).status).toBe(201)
  expect(await errors('/v1/dates', { ...early, kind: 'event', title: 'Once more' })).toEqual([
    { pointer: '#/kind', detail: expect.stringContaining('entered already') },
  ])
  expect(await errors('/v1/dates', { ...early, edition: 'cd1' })).toEqual([
    { pointer: '#/edition', detail: expect.stringContaining('no such edition') },
  ])
  expect(await errors('/v1/editions', { conference: 'e1', name: 'X 2027', zone: 'UTC' })).toEqual([
    expect.objectContaining({ pointer: '#/conference' }),
  ])
  expect(await errors('/v1/suggestions', { href: 'http://10.0.0.1/', title: 'a', why: 'b' })).toEqual([
    expect.objectContaining({ pointer: '#/href' }),
  ])
  expect(await errors('/v1/suggestions', { href: 'https://example.org/x', title: 'a\0', why: 'b' })).toEqual([
    expect.objectContaining({ pointer: '#/title' }),
  ])
  expect(await errors('/v1/editions', {})).toEqual(
    ['conference', 'name', 'zone'].map((name) => ({
      pointer: `#/${name}`,
      detail: expect.stringContaining('missing'),
    })),
  )
  const long = await send('POST', '/v1/suggestions', {
    href: 'https://example.org/x',
    title: 'x'.repeat(110_000),
    why: 'b',
  })
  expect(long.status).toBe(413)
})

test('too many requests in a minute are told to wait; the next minute goes on, and each has her own count', async () => {
  let clock = Date.parse(NOW) + 20_000
  const { app, send } = await started(undefined, { rateLimit: 3, tokenRateLimit: 5, proxies: 1, clock: () => clock })
  const from = (address: string) => app.request('/v1/tracks', { headers: { 'x-forwarded-for': `1.1.1.1, ${address}` } })
  const first = await from('203.0.113.7')
  expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual([
    '"address";q=3;w=60',
    '"address";r=2;t=40',
  ])
  for (let i = 0; i < 2; i++) expect((await from('203.0.113.7')).status).toBe(200)
  const beyond = await from('203.0.113.7')
  expect([beyond.status, beyond.headers.get('retry-after'), beyond.headers.get('ratelimit')]).toEqual([
    429,
    '40',
    '"address";r=0;t=40',
  ])
  expect(((await beyond.json()) as Body).detail).toContain('wait for 40 seconds')
  expect((await from('203.0.113.8')).status).toBe(200)
  // One household is one caller, however many addresses it has.
  for (let i = 0; i < 3; i++) expect((await from(`2001:db8:1:2::${i}`)).status).toBe(200)
  expect((await from('2001:db8:1:2:ffff::1')).status).toBe(429)
  for (let i = 0; i < 5; i++) expect((await send('GET', '/v1/me')).status).toBe(200)
  expect((await send('GET', '/v1/me')).status).toBe(429)
  for (let i = 0; i < 3; i++)
    expect((await send('GET', '/v1/me', undefined, { authorization: 'Bearer cme_x' })).status).toBe(401)
  expect((await send('GET', '/v1/me', undefined, { authorization: 'Bearer cme_x' })).status).toBe(429)
  for (let i = 0; i < 9; i++) expect((await app.request('/healthz')).status).toBe(200)
  clock += 40_000
  expect((await from('203.0.113.7')).status).toBe(200)
})

test('scripts of other sites may read nothing, unless the operator named their site', async () => {
  const closed = await started()
  const asked = { headers: { origin: 'https://society.example' } }
  expect((await closed.app.request('/v1/news', asked)).headers.get('access-control-allow-origin')).toBe(null)
  const { app } = await started(undefined, { corsOrigins: ['https://society.example'] })
  for (const path of ['/v1/news', '/v1/me', '/v1/nothing', '/v1/dates?limit=0', '/v1/openapi.json']) {
    const open = await app.request(path, asked)
    expect(open.headers.get('access-control-allow-origin'), path).toBe('https://society.example')
    expect(open.headers.get('vary'), path).toContain('Origin')
    const other = await app.request(path, { headers: { origin: 'https://other.example' } })
    expect(
      [other.headers.get('access-control-allow-origin'), other.headers.get('vary')?.includes('Origin')],
      path,
    ).toEqual([null, true])
  }
  const preflight = await app.request('/v1/dates/cd1', { method: 'OPTIONS', ...asked })
  expect([preflight.status, preflight.headers.get('allow')]).toEqual([204, 'GET, PATCH, DELETE, HEAD, OPTIONS'])
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  expect(preflight.headers.get('access-control-allow-headers')).toContain('If-Match')
  const all = await started(undefined, { corsOrigins: ['*'] })
  expect((await all.app.request('/v1/news', asked)).headers.get('access-control-allow-origin')).toBe('*')
})

test('public answers may be kept by anybody, private ones by nobody; both are compressed and answer HEAD', async () => {
  const { app, send, tokens } = await started()
  const open = await app.request('/v1/dates')
  expect(open.headers.get('cache-control')).toMatch(/^public, max-age=60, stale-while-revalidate=/)
  expect(open.headers.get('vary')).toBe('Authorization, Accept-Encoding')
  const own = await send('GET', '/v1/dates')
  expect(own.headers.get('cache-control')).toBe('private, no-store')
  expect(own.headers.get('vary')).toContain('Authorization')
  const zipped = await send('GET', '/v1/conferences?limit=100', undefined, { 'accept-encoding': 'gzip' })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  const plain = await send('GET', '/v1/conferences?limit=100')
  expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await plain.text())
  const head = await app.request('/v1/deliveries', { method: 'HEAD', headers: tokens.moderator })
  expect([head.status, Number(head.headers.get('content-length')) > 100, await head.text()]).toEqual([200, true, ''])
  expect(head.headers.get('etag')).toBe((await send('GET', '/v1/deliveries')).headers.get('etag'))
})

test('every time is UTC as RFC 3339 writes it', async () => {
  const { get } = await started()
  const names = /^(at|made|due|seen|started|moved|changed|closes|next|settled|opened|decided|published|expires)$/
  let seen = 0
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, one] of Object.entries(value)) {
      if (typeof one === 'string' && names.test(name) && one.startsWith('20')) {
        seen++
        expect(one, name).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      } else look(one)
    }
  }
  for (const path of [
    'dates',
    'sessions',
    'editions',
    'members',
    'deliveries',
    'subscriptions',
    'suggestions',
    'upcoming',
    'channels',
    'news',
  ])
    look(await get(`/v1/${path}`))
  expect(seen).toBeGreaterThan(25)
})
