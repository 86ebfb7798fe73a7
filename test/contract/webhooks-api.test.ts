import { plus } from '@cme-commons/core'
import { auditLines, inTx, lanesPosted } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { apiWorld, NOW } from '../support/api-world.ts'
import { freshSqlite } from '../support/databases.ts'
import { tracesIn } from '../support/traces.ts'

const URL_GIVEN = 'https://hooks.example.org/cme?key=of-their-own'

async function started() {
  const db = await (await freshSqlite()).open()
  const woken: string[] = []
  let seconds = 0
  const { house, tokens } = await apiWorld(db, {
    now: () => plus(NOW, 1_000 * seconds++),
    act: (work) =>
      inTx(db, async (tx) => {
        const done = await work(tx)
        woken.push(...lanesPosted(tx))
        return done
      }),
  })
  const app = apiRoutes(house)
  const ask = async (
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
    who: keyof typeof tokens = 'moderator',
  ) => {
    const answer = await app.request(`/v1/webhooks${path}`, {
      method,
      headers: { ...tokens[who], ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, json: text ? JSON.parse(text) : undefined, text }
  }
  return { db, ask, woken }
}

test('a moderator adds a webhook, and its secret is told once: not again, not to whoever repeats the request, and nowhere kept', async () => {
  const { db, ask } = await started()
  const key = { 'idempotency-key': 'add-0815' }
  const made = await ask('POST', '', { url: URL_GIVEN, events: ['item.added', 'date.moved'] }, key)
  expect(made).toMatchObject({
    status: 201,
    json: { id: 'wh2', space: 'try', url: URL_GIVEN, events: ['item.added', 'date.moved'], state: 'on' },
  })
  expect(made.json.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect([made.headers.get('location'), made.headers.get('cache-control')]).toEqual([
    '/v1/webhooks/wh2',
    'private, no-store',
  ])
  const again = await ask('POST', '', { url: URL_GIVEN, events: ['item.added', 'date.moved'] }, key)
  const { secret, ...rest } = made.json
  expect([again.status, again.json, again.headers.get('idempotency-replayed')]).toEqual([201, rest, 'true'])
  expect((await ask('GET', '/wh2')).json).toEqual(rest)
  expect((await ask('GET', '')).json.webhooks).toHaveLength(2)
  expect(await tracesIn(db, [secret.slice('whsec_'.length, -1).replace(/[+/]/g, '\\$&')])).toEqual({})
  expect((await auditLines(db.read, { space: 'try', limit: 1 }))[0]).toMatchObject({
    actor: 'm3',
    what: 'webhook.added',
    detail: 'wh2, item.added date.moved',
  })
})

test('an address inside, our own or unencrypted, and an event that there is none of, are refused where they stand', async () => {
  const { ask } = await started()
  for (const url of [
    'https://127.0.0.1/',
    'https://10.0.0.8/',
    'http://example.org/',
    'https://cme.example.org/v1',
    'ftp://example.org/',
    'x',
  ])
    expect(await ask('POST', '', { url }), url).toMatchObject({ status: 422, json: { errors: [{ pointer: '#/url' }] } })
  expect(await ask('POST', '', { url: URL_GIVEN, events: ['everything'] })).toMatchObject({
    status: 422,
    json: { errors: [{ pointer: '#/events/0' }] },
  })
  expect(await ask('PATCH', '/wh1', { url: 'https://192.168.0.1/' }, { 'if-match': '*' })).toMatchObject({
    status: 422,
    json: { errors: [{ pointer: '#/url' }] },
  })
  expect((await ask('GET', '')).json.webhooks).toHaveLength(1)
})

test('it is changed as it was read, stopped, set going, given a new secret and removed', async () => {
  const { ask } = await started()
  const read = await ask('GET', '/wh1')
  const tag = { 'if-match': read.headers.get('etag')! }
  expect(await ask('PATCH', '/wh1', { events: ['step.done'] })).toMatchObject({ status: 428 })
  expect(await ask('PATCH', '/wh1', { events: ['step.done'] }, tag)).toMatchObject({
    status: 200,
    json: { events: ['step.done'] },
  })
  expect(await ask('PATCH', '/wh1', { events: ['item.added'] }, tag)).toMatchObject({ status: 412 })
  const any = { 'if-match': '*' }
  expect((await ask('PATCH', '/wh1', { state: 'stopped' }, any)).json).toMatchObject({
    state: 'stopped',
    stopped: expect.any(String),
  })
  expect(await ask('POST', '/wh1/ping')).toMatchObject({ status: 409 })
  expect((await ask('PATCH', '/wh1', { state: 'on' }, any)).json).toMatchObject({ state: 'on', stopped: null })
  const first = (await ask('POST', '/wh1/rotate')).json.secret
  const second = (await ask('POST', '/wh1/rotate')).json.secret
  expect([first, second]).toEqual([expect.stringMatching(/^whsec_/), expect.not.stringMatching(first)])
  expect(await ask('DELETE', '/wh1', undefined, any)).toMatchObject({ status: 204 })
  expect(await ask('GET', '/wh1')).toMatchObject({ status: 404 })
})

test('a ping wakes whoever sends, stands in the log of deliveries, page by page, and is sent again by its id', async () => {
  const { db, ask, woken } = await started()
  for (let n = 0; n < 3; n++) expect((await ask('POST', '/wh1/ping')).json).toEqual({ deliveries: 1 })
  expect(woken).toContain('webhook/wh1')
  await inTx(db, (tx) =>
    tx.updateTable('deliveries').set({ state: 'done', ref: '204' }).where('lane', '=', 'webhook/wh1').execute(),
  )
  const { json, headers } = await ask('GET', '/wh1/deliveries?limit=1')
  expect(json.deliveries).toMatchObject([{ event: 'ping', state: 'done', answer: 204, trouble: null }])
  expect(headers.get('link')).toContain('rel="next"')
  const id = json.deliveries[0].id
  expect((await ask('POST', '/wh1/redeliver', {})).json).toEqual({ deliveries: 0 })
  expect((await ask('POST', '/wh1/redeliver', { deliveries: [id] })).json).toEqual({ deliveries: 1 })
  expect((await ask('POST', '/wh1/redeliver', { deliveries: ['x', 'AA', id] })).json).toEqual({ deliveries: 0 })
  expect((await ask('GET', '/wh1/deliveries')).json.deliveries.map(({ state }: { state: string }) => state)).toContain(
    'waiting',
  )
})

test('the moderators of another community find nothing of it', async () => {
  const { ask } = await started()
  for (const [method, path] of [
    ['GET', '/wh1'],
    ['GET', '/wh1/deliveries'],
    ['POST', '/wh1/ping'],
    ['POST', '/wh1/rotate'],
    ['DELETE', '/wh1'],
  ] as const)
    expect(
      (await ask(method, path, undefined, { 'if-match': '*' }, 'other moderator')).status,
      `${method} ${path}`,
    ).toBe(404)
  expect((await ask('GET', '', undefined, {}, 'other moderator')).json).toEqual({ webhooks: [] })
})
