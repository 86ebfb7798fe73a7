import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { apiHouse, store } from '../../test/support/api-house.ts'
import { freshSqlite } from '../../test/support/databases.ts'
import { makeApp } from './http.ts'
import { listen } from './listen.ts'
import { blotted, makeLog } from './log.ts'
import { type Heard, plainPath } from './requests.ts'

const SECRETS = [
  'Ines Whitfield',
  'ines.whitfield@example.org',
  'm4711',
  'cme_0123456789012345678901234567890123456789012',
  'sesame-open-0815',
]

/** A log that is kept instead of written. */
function keptLog(level = 'debug') {
  const lines: string[] = []
  const to = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: makeLog(level, to), lines }
}

async function started(more: Hono[] = []) {
  const { log, lines } = keptLog()
  const db = await (await freshSqlite()).open()
  const app = makeApp(await apiHouse(db, { log }), more)
  const heard: Heard[] = []
  const listening = await listen(app, { host: '127.0.0.1', port: 0 }, (one) => heard.push(one))
  onTestFinished(() => listening.close(0))
  return { db, app, heard, lines, log, listening, site: `http://127.0.0.1:${listening.port}` }
}

test('every answer carries the name of its request: the proxy’s own where it is a plain word, else a new one', async () => {
  const { db, site, heard } = await started()
  await store(db, [{}])
  const named = async (path: string, said?: string) =>
    (await fetch(site + path, said ? { headers: { 'x-request-id': said } } : {})).headers.get('x-request-id')
  for (const path of [
    '/',
    '/v1/news',
    '/v1/news',
    '/v1/nothing',
    '/v1/news.atom',
    '/healthz',
    '/nowhere',
    '/assets/cme.css',
    '/a%00',
  ]) {
    expect(await named(path, 'from-the-proxy.01'), path).toBe('from-the-proxy.01')
    expect(await named(path), path).toMatch(/^[0-9a-f-]{36}$/)
  }
  for (const said of ['short', 'x'.repeat(65), 'two words', 'ines@example.org', '"quoted-name"', '-begins-so'])
    expect(await named('/v1/news', said), said).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set([await named('/'), await named('/')]).size).toBe(2)
  expect(heard.filter(({ request }) => request === 'from-the-proxy.01')).toHaveLength(9)
})

test('what is heard of a request says how it went, also when its sender went away', async () => {
  const { site, heard, listening } = await started([
    new Hono().get('/slow', () => new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(10)) }))),
  ])
  await fetch(`${site}/v1/nothing`)
  expect(heard).toMatchObject([{ method: 'GET', url: '/v1/nothing', status: 404, ms: expect.any(Number) }])
  const socket = connect(listening.port, '127.0.0.1')
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  await expect.poll(() => heard[1]).toMatchObject({ url: '/slow', broken: true })
})

test('of a path only our own words are written down', () => {
  const words = new Set(['v1', 'members', 'progress', 'news'])
  expect(plainPath('/v1/members/m4711/progress?name=Ines', words)).toBe('/v1/members/*/progress')
  expect(plainPath('/Ines%20Whitfield', words)).toBe('/*')
  expect(plainPath('http://evil.example/v1/news#x', words)).toBe('/v1/news')
  expect(plainPath(`/${'a/'.repeat(5000)}`, words).length).toBeLessThan(40)
})

test('names, mail addresses and tokens in a request are in no line of the log, whatever becomes of it', async () => {
  const { log, lines } = keptLog()
  const db = await (await freshSqlite()).open()
  const broken = new Hono().post('/break', async (c) => {
    throw new Error(
      `no place for ${(await c.req.json()).mail}, Bearer ${SECRETS[3]}, https://x.example/?t=${SECRETS[4]}`,
    )
  })
  const app = makeApp(await apiHouse(db, { log }), [broken])
  const words = app.words
  const listening = await listen(app, { host: '127.0.0.1', port: 0 }, ({ request, method, url, status, ms }) =>
    log.info({ request, method, path: plainPath(url, words), status, ms }, 'request'),
  )
  onTestFinished(() => listening.close(0))
  const site = `http://127.0.0.1:${listening.port}`
  const [name, mail, member, token, code] = SECRETS.map(encodeURIComponent) as [string, string, string, string, string]
  const headers = {
    authorization: `Bearer ${SECRETS[3]}`,
    cookie: `session=${SECRETS[4]}`,
    'user-agent': SECRETS[1]!,
    referer: `https://x.example/${member}`,
  }
  const ask = async () => {
    for (const path of [
      `/v1/members/${member}/progress`,
      `/v1/calendar/${token}.ics`,
      `/v1/news?q=${name}`,
      `/${mail}`,
      `/digests/${code}?who=${name}`,
      `/v1/me/data`,
    ])
      await fetch(site + path, { headers })
    await fetch(`${site}/break`, { method: 'POST', headers, body: JSON.stringify({ mail: SECRETS[1] }) })
    await fetch(`${site}/v1/news`, { method: 'POST', headers, body: SECRETS[0] })
  }
  await ask()
  await db.close()
  await ask()
  expect(lines.filter((line) => line.includes('"request"')).length).toBeGreaterThanOrEqual(16)
  expect(lines.filter((line) => line.includes('a request failed')).length).toBeGreaterThan(4)
  for (const line of lines) {
    for (const secret of [...SECRETS, ...SECRETS.map(encodeURIComponent)]) expect(line).not.toContain(secret)
    expect(() => JSON.parse(line)).not.toThrow()
  }
})

test('a failure in the log has the name of the request that its sender knows', async () => {
  const { site, lines } = await started([
    new Hono().get('/break/:who', () => {
      throw new Error('by mistake')
    }),
  ])
  await fetch(`${site}/break/Ines`, { headers: { 'x-request-id': 'request-0815' } })
  const line = lines.map((one) => JSON.parse(one)).find(({ msg }) => msg === 'a request failed')
  expect(line).toMatchObject({
    request: 'request-0815',
    method: 'GET',
    path: '/break/:who',
    err: { message: 'by mistake' },
  })
})

test('errors are written down without what somebody’s program put into them', () => {
  const { log, lines } = keptLog()
  const refused = Object.assign(new Error('invalid input syntax for type integer: "Ines Whitfield"'), {
    code: '22P02',
    detail: 'Key (name)=(Ines Whitfield)',
  })
  log.error({ err: refused }, 'failed')
  log.error({ err: new Error('outer', { cause: refused }) }, 'failed')
  log.error({ err: 'posted to https://hooks.example/x?key=sesame-open-0815 for ines.whitfield@example.org' }, 'failed')
  for (const line of lines) for (const secret of SECRETS) expect(line).not.toContain(secret)
  expect(lines[0]).toContain('invalid input syntax')
  expect(blotted('postgres://cme:pa55word@db/cme, xoxb-1234567890-abc')).toBe('postgres://[hidden]db/cme, [hidden]')
})

test('what is being answered when the program stops is answered to its end', async () => {
  const { listening, site } = await started([new Hono().post('/echo', async (c) => c.text(await c.req.text()))])
  const sent = request(`${site}/echo`, { method: 'POST' })
  sent.write('half ')
  await new Promise((connected) => sent.once('socket', (socket) => socket.once('connect', connected)))
  // The server has the head of it once it has answered another on the same loopback.
  await fetch(`${site}/healthz`)
  const closed = listening.close(10_000)
  sent.end('and half')
  const [response] = await once(sent, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  expect([response.statusCode, body]).toEqual([200, 'half and half'])
  await closed
  await expect(fetch(`${site}/healthz`)).rejects.toThrow()
})
