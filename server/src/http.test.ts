import { request } from 'node:http'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { apiHouse, store } from '../../test/support/api-house.ts'
import { freshSqlite } from '../../test/support/databases.ts'
import { type Listening, listen, makeApp } from './http.ts'

const HOST = '127.0.0.1'

async function started(more: Hono[] = []) {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = makeApp(house, more)
  const listening = await listen(app, { host: HOST, port: 0 })
  onTestFinished(() => closed(listening))
  return { house, app, listening, site: `http://${HOST}:${listening.port}` }
}

const ended = new WeakSet<Listening>()
async function closed(listening: Listening, patience = 0) {
  if (ended.has(listening)) return
  ended.add(listening)
  await listening.close(patience)
}

test('over a real connection the news comes whole, kept or not, with its headers', async () => {
  const { house, site } = await started()
  await store(
    house.db,
    Array.from({ length: 30 }, (_, i) => ({ title: `Règle ${i} “expliquée” 🙂` })),
  )
  const first = await fetch(`${site}/v1/news`)
  const body = await first.text()
  const again = await fetch(`${site}/v1/news`)
  expect(await again.text()).toBe(body)
  expect(JSON.parse(body).items).toHaveLength(20)
  expect(again.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(again.headers.get('link')).toMatch(/^<\/v1\/news\?cursor=[\w-]+>; rel="next"$/)
  const head = await fetch(`${site}/v1/news?limit=1`, { method: 'HEAD' })
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100)
})

test('every answer keeps browsers from guessing, framing and telling', async () => {
  const { site } = await started([new Hono().get('/more', (c) => c.text('more'))])
  for (const path of [
    '/',
    '/more',
    '/nothing',
    '/assets/cme.css',
    '/v1/news',
    '/v1/nothing',
    '/healthz',
    '/readyz',
    '/digests/x',
  ]) {
    const { headers } = await fetch(site + path)
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy'), path).not.toContain('unsafe')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
  }
})

test('what is missing is a page for a person and a problem document for a program', async () => {
  const { site } = await started()
  const page = await fetch(`${site}/nothing`, { headers: { Accept: 'text/html,*/*' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  const problem = await fetch(`${site}/nothing`)
  expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
})

test('a failure in a page or beside it says nothing of itself', async () => {
  const broken = new Hono().get('/broken', () => {
    throw new Error('the secret of the house')
  })
  const { house, site } = await started([broken])
  for (const headers of [{ Accept: 'text/html' }, { Accept: 'application/json' }]) {
    const answer = await fetch(`${site}/broken`, { headers })
    const body = await answer.text()
    expect(answer.status).toBe(500)
    expect(body).not.toContain('secret')
    expect(body).toContain((house.logged.at(-1) as { id: string }).id)
  }
  expect(house.logged).toHaveLength(2)
})

test('a body that is too large is refused, and a broken request is told so', async () => {
  const { site, listening } = await started([
    new Hono().post('/take', async (c) => c.text(String((await c.req.text()).length))),
  ])
  expect(await (await fetch(`${site}/take`, { method: 'POST', body: 'x'.repeat(1000) })).text()).toBe('1000')
  expect((await fetch(`${site}/take`, { method: 'POST', body: 'x'.repeat(1_000_001) })).status).toBe(413)
  const socket = connect(listening.port, HOST)
  socket.end('GET /v1/news HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')
  const answer = (await socket.toArray()).join('')
  expect(answer).toContain('HTTP/1.1 400')
  expect(answer).toContain('application/problem+json')
})

test('assets are compressed for those who ask', async () => {
  const { site } = await started()
  const asked = (encoding: string) =>
    new Promise<string | undefined>((done) => {
      request(`${site}/assets/cme.css`, { headers: { 'Accept-Encoding': encoding } }, (answer) => {
        answer.resume().on('end', () => done(answer.headers['content-encoding']))
      }).end()
    })
  expect([await asked('gzip'), await asked('identity')]).toEqual(['gzip', undefined])
})

test('a port in use, a port that may not be opened and an address of others are told in one line that says what to do', async () => {
  const { app, listening } = await started()
  const { port } = listening
  await expect(listen(app, { host: HOST, port })).rejects.toMatchObject({
    name: 'ListenError',
    trouble: 'in-use',
    message: `Port ${port} is in use: stop the other program or set PORT=${port + 1}.`,
  })
  await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
    trouble: 'no-such-address',
    message: expect.stringContaining('HOST=127.0.0.1'),
  })
})

test('closing lets an answer under way end, takes nothing new, and cuts off what lasts too long', async () => {
  const { promise: let1, resolve: go } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const slow = new Hono()
    .get('/slow', async (c) => {
      begin()
      await let1
      return c.text('done')
    })
    .get('/endless', () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })))
  const { site, listening } = await started([slow])
  const endless = await fetch(`${site}/endless`)
  const answer = fetch(`${site}/slow`)
  await begun
  const end = closed(listening, 300)
  await expect(fetch(`${site}/healthz`)).rejects.toThrow()
  go()
  expect(await (await answer).text()).toBe('done')
  await expect(endless.text()).rejects.toThrow()
  await end
})
