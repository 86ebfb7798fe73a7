import { gunzipSync } from 'node:zlib'
import { auditLines, type Db, eraseMember, forgetAnswers, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { type GateSettings, makeGate } from '../../server/src/api/gate.ts'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { apiWorld, later, NOW } from '../support/api-world.ts'
import { describeEachDatabase, freshSqlite } from '../support/databases.ts'

type Body = Record<string, unknown>

async function started(db?: Db, gate: Partial<GateSettings> & { clock?: () => number } = {}) {
  const settings = { rateLimit: 0, tokenRateLimit: 0, proxies: 0, corsOrigins: [], ...gate }
  const { house, tokens } = await apiWorld(db ?? (await (await freshSqlite()).open()), {
    gate: makeGate(settings, gate.clock),
  })
  const app = apiRoutes(house)
  const send = async (method: string, path: string, json?: Body, headers: Record<string, string> = {}) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' }
    return app.request(path, { method, headers: { ...type, ...tokens.moderator, ...headers }, ...body })
  }
  const get = async (path: string) => (await (await send('GET', path)).json()) as Body
  return { house, app, tokens, send, get }
}

const early = { edition: 'e1', kind: 'early-bird', when: '2027-02-23 AoE', source: 'https://example.org/2027' }

describeEachDatabase((fresh) => {
  test('a moderator adds a conference with its edition, dates and sessions, moves a date, calls the edition off and takes a date out', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const made = await send('POST', '/v1/conferences', {
      name: 'Forum of Educators',
      organiser: 'A society',
      href: 'https://example.org/educators',
      region: 'eu',
      tracks: ['academic'],
    })
    expect([made.status, made.headers.get('location')]).toEqual([201, '/v1/conferences/own-2'])
    const edition = (await (
      await send('POST', '/v1/editions', {
        conference: 'own-2',
        name: 'Forum 2027',
        zone: 'Europe/Brussels',
        href: 'https://example.org/educators',
        days: { kind: 'day', day: '2027-05-10', to: '2027-05-12' },
      })
    ).json()) as Body
    expect(edition).toMatchObject({ id: 'e2', year: 2027, status: 'planned', conference: 'own-2' })
    const date = (await (await send('POST', '/v1/dates', { ...early, edition: 'e2' })).json()) as Body
    expect(date).toMatchObject({
      kind: 'early-bird',
      when: { kind: 'aoe', day: '2027-02-23' },
      closes: '2027-02-24T11:59:00.000Z',
      sequence: 0,
      status: 'confirmed',
    })
    const session = await send('POST', '/v1/sessions', {
      edition: 'e2',
      title: 'Outcomes',
      when: '2027-05-10 14:00 to 15:00',
      source: 'The chair told us',
      place: 'Room 2',
    })
    expect(await session.json()).toMatchObject({
      when: { kind: 'at', at: '2027-05-10T12:00:00.000Z', until: '2027-05-10T13:00:00.000Z', zone: 'Europe/Brussels' },
      place: 'Room 2',
    })
    expect(((await get('/v1/dates?edition=e2')).dates as Body[]).map(({ kind }) => kind)).toEqual([
      'early-bird',
      'event',
    ])

    const at = `/v1/dates/${date.id}`
    const moved = await send(
      'PATCH',
      at,
      { when: { kind: 'at', at: '2027-02-26T16:00:00Z', zone: 'Europe/Brussels' } },
      { 'if-match': '*' },
    )
    expect(await moved.json()).toMatchObject({
      title: 'Early-bird fee ends',
      closes: '2027-02-26T16:00:00.000Z',
      sequence: 1,
    })
    const off = await send('PATCH', '/v1/editions/e2', { status: 'cancelled' }, { 'if-match': '*' })
    expect(await off.json()).toMatchObject({ status: 'cancelled' })
    expect(await get(at)).toMatchObject({ status: 'cancelled', sequence: 2 })
    expect((await send('DELETE', at, undefined, { 'if-match': '*' })).status).toBe(204)
    expect((await send('GET', at)).status).toBe(404)
    const kept = await house.db.read
      .selectFrom('date_history')
      .select(['changed_by', 'said'])
      .where('subject', '=', String(date.id))
      .execute()
    expect(kept.map(({ changed_by, said }) => [changed_by, said])).toEqual(Array(4).fill(['m3', null]))
  })

  test('a request under a key of its own is done once, whoever sends it how often, for a day', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const key = { 'idempotency-key': 'first' }
    const all = await Promise.all([1, 2, 3].map(() => send('POST', '/v1/dates', early, key)))
    const bodies = await Promise.all(all.map((answer) => answer.json()))
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(all.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(2)
    expect(new Set(all.map(({ headers }) => `${headers.get('location')} ${headers.get('etag')}`)).size).toBe(1)
    expect((await get('/v1/dates?kind=early-bird')).dates as Body[]).toHaveLength(1)
    const other = await send('POST', '/v1/dates', { ...early, title: 'Another' }, key)
    expect([other.status, ((await other.json()) as { errors: object[] }).errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '#/header/Idempotency-Key' })],
    ])
    // What was refused can be corrected under the same key.
    const wrong = await send('POST', '/v1/dates', { ...early, when: 'soon' }, { 'idempotency-key': 'second' })
    expect(wrong.status).toBe(422)
    expect((await send('POST', '/v1/dates', early, { 'idempotency-key': 'second' })).status).toBe(201)
    expect(await inTx(house.db, (tx) => forgetAnswers(tx, later(365 * 20)))).toBe(2)
    expect((await send('POST', '/v1/dates', early, key)).headers.get('idempotency-replayed')).toBe(null)
  })

  test('what was answered under a key goes with the member whose it was, or whom it names', async () => {
    const { app, tokens, send, house } = await started(await (await fresh()).open())
    const page = { href: 'https://example.org/hers', title: 'A page of hers', why: 'Figures' }
    const own = { ...tokens.member, 'content-type': 'application/json', 'idempotency-key': 'hers' }
    const made = await app.request('/v1/suggestions', { method: 'POST', headers: own, body: JSON.stringify(page) })
    expect(made.status).toBe(201)
    await send('POST', '/v1/suggestions/sug1/approve', {}, { 'idempotency-key': 'names-her' })
    await send('POST', '/v1/dates', early, { 'idempotency-key': 'names-nobody' })
    await inTx(house.db, (tx) => eraseMember(tx, 'm1', NOW))
    const left = await house.db.read.selectFrom('kept_answers').select('key').execute()
    expect(left).toEqual([{ key: 'names-nobody' }])
  })

  test('lists come whole, page after page, each row once', async () => {
    const { send, get } = await started(await (await fresh()).open())
    for (let i = 0; i < 7; i++)
      await send('POST', '/v1/dates', { ...early, kind: 'other', title: `Date ${i}`, when: '2027-03-01' })
    const pages = async (path: string, name: string) => {
      const ids: string[] = []
      for (let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=3`; next; ) {
        const answer = await send('GET', next)
        const body = (await answer.json()) as Body & { next: string | null }
        const rows = body[name] as { id: string }[]
        expect(rows.length).toBeLessThanOrEqual(3)
        ids.push(...rows.map(({ id }) => id))
        next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
        expect(next === undefined).toBe(body.next === null)
      }
      expect(new Set(ids).size).toBe(ids.length)
      return ids
    }
    expect(await pages('/v1/dates?kind=other', 'dates')).toHaveLength(7)
    expect(await pages('/v1/conferences', 'conferences')).toEqual(
      ((await get('/v1/conferences?limit=100')).conferences as Body[]).map(({ id }) => id),
    )
    expect(await pages('/v1/members', 'members')).toEqual(['m1', 'm2', 'm3'])
    expect(await pages('/v1/editions', 'editions')).toEqual(['e1'])
    expect((await pages('/v1/suggestions', 'suggestions')).sort()).toEqual(['sug1', 'sug2'])
    expect(await pages('/v1/deliveries', 'deliveries')).toEqual(
      ((await get('/v1/deliveries?limit=100')).deliveries as Body[]).map(({ id }) => id),
    )
    const strange = await send('GET', '/v1/members?cursor=abc')
    expect([strange.status, ((await strange.json()) as { errors: Body[] }).errors[0]!.pointer]).toEqual([
      422,
      '#/query/cursor',
    ])
  })

  test('settings, subscriptions, suggestions and deliveries are changed as in the chat, and the audit says by whom', async () => {
    const { send, get, house } = await started(await (await fresh()).open())
    const any = { 'if-match': '*' }
    const set = await send(
      'PATCH',
      '/v1/settings',
      { zone: 'Europe/Brussels', news: 'C9', trackChannels: { program: 'C8' } },
      any,
    )
    expect(await set.json()).toMatchObject({ zone: 'Europe/Brussels', news: 'C9', trackChannels: { program: 'C8' } })
    expect(await (await send('PATCH', '/v1/settings', { news: null }, any)).json()).toMatchObject({
      news: null,
      zone: 'Europe/Brussels',
    })
    const strange = (await (
      await send('PATCH', '/v1/settings', { zone: 'Nowhere/City', trackChannels: { nobody: 'C1' } }, any)
    ).json()) as { errors: Body[] }
    expect(strange.errors.map(({ pointer }) => pointer)).toEqual(['#/trackChannels/nobody'])
    const change = {
      schedule: { cadence: 'monthly', day: 31, at: '07:30', quiet: { from: '22:00', to: '06:00' } },
      filter: { muted: ['credit-system'], max: 3 },
      paused: true,
    }
    expect(await (await send('PATCH', '/v1/subscriptions/s1', change, any)).json()).toMatchObject({
      schedule: change.schedule,
      filter: change.filter,
      paused: true,
    })
    const slept = await send('PATCH', '/v1/subscriptions/s1', { paused: false, snoozedUntil: '2027-01-10' }, any)
    expect(await slept.json()).toMatchObject({
      paused: false,
      snoozedUntil: expect.stringMatching(/^2027-01-(09|10)T/),
    })
    expect((await send('POST', '/v1/subscriptions', { channel: 'standards-news' })).status).toBe(409)
    expect(await (await send('POST', '/v1/subscriptions', {})).json()).toMatchObject({ to: { user: 'mo' } })
    expect((await send('DELETE', '/v1/subscriptions/s1', undefined, any)).status).toBe(204)

    expect(await (await send('POST', '/v1/suggestions/sug1/approve', {})).json()).toMatchObject({
      state: 'approved',
      item: expect.any(String),
    })
    expect((await send('POST', '/v1/suggestions/sug1/decline', { reason: 'Late' })).status).toBe(409)
    expect(await (await send('POST', '/v1/suggestions/sug2/decline', { reason: 'Known' })).json()).toMatchObject({
      state: 'declined',
      reason: 'Known',
    })
    const { deliveries } = (await get('/v1/deliveries?state=dead')) as { deliveries: Body[] }
    const at = `/v1/deliveries/${deliveries[0]!.id}`
    expect(await (await send('POST', `${at}/retry`)).json()).toMatchObject({
      key: 'role/r1',
      state: 'waiting',
      attempts: 0,
    })
    expect((await send('POST', `${at}/retry`)).status).toBe(409)
    expect(await (await send('POST', `${at}/drop`)).json()).toMatchObject({ state: 'withdrawn' })
    const lines = await auditLines(house.db.read, { space: 'try' })
    expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(['m3']))
    expect(lines.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['setup.zone', 'suggestion.approved', 'delivery.retried', 'delivery.dropped']),
    )
  })
})

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
