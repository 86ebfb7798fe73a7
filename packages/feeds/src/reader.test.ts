import type { RequestListener } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { oneItem, rss, serve } from '../test/serve.ts'
import { createReader } from './reader.ts'
import type { Reading, Validators } from './types.ts'

const allow = ['127.0.0.0/8']
const reader = createReader({ userAgent: 'CMECommons/1.0 (+https://cme.example/contact)', allow })
const hasty = createReader({ userAgent: 'x', allow, totalMs: 150 })
const small = createReader({ userAgent: 'x', allow, maxBytes: 100_000 })
afterAll(() => Promise.all([reader.close(), hasty.close(), small.close()]))

async function read(answer: RequestListener, validators?: Validators, by = reader): Promise<Reading> {
  await using site = await serve(answer)
  return await by.read(site.url(), validators)
}
const trouble = (reading: Reading) => (reading.kind === 'trouble' ? reading.trouble : undefined)
const items = (reading: Reading) => (reading.kind === 'items' ? reading.feed.items : [])

test('a feed is read with an honest request', async () => {
  let headers: Record<string, unknown> = {}
  const reading = await read((request, response) => {
    headers = request.headers
    response.end(oneItem)
  })
  expect(items(reading)).toMatchObject([{ title: 'Standards updated', link: 'https://accme.example/news/1', id: 'n1' }])
  expect(headers['user-agent']).toBe('CMECommons/1.0 (+https://cme.example/contact)')
  expect(headers.accept).toMatch(/atom\+xml.*rss\+xml.*rdf\+xml.*feed\+json/)
  expect(headers['accept-encoding']).toBe('gzip, br, deflate')
  expect(headers.cookie).toBeUndefined()
})

test('validators go back as they came, quotes included, and a 304 means unchanged', async () => {
  await using site = await serve((request, response) => {
    const same = request.headers['if-none-match'] === 'W/"a,b"' && request.headers['if-modified-since'] === 'yesterday'
    response.setHeader('etag', 'W/"a,b"').setHeader('last-modified', 'yesterday')
    response.writeHead(same ? 304 : 200).end(same ? undefined : oneItem)
  })
  const first = await reader.read(site.url())
  expect(first).toMatchObject({ kind: 'items', validators: { etag: 'W/"a,b"', lastModified: 'yesterday' } })
  if (first.kind !== 'items') return
  expect(await reader.read(site.url(), first.validators)).toMatchObject({
    kind: 'unchanged',
    validators: first.validators,
  })
})

test('the same body is unchanged even if the server sends it again, and another one is not', async () => {
  let body = oneItem
  await using site = await serve((_request, response) => response.end(body))
  const first = await reader.read(site.url())
  if (first.kind !== 'items') throw new Error('no items')
  expect(first.validators.bodyHash).toMatch(/^[0-9a-f]{64}$/)
  expect((await reader.read(site.url(), first.validators)).kind).toBe('unchanged')
  body = rss('<item><title>Another</title></item>')
  expect((await reader.read(site.url(), first.validators)).kind).toBe('items')
})

test('a validator that cannot be a header is left out instead of breaking the request', async () => {
  expect((await read((_q, response) => response.end(oneItem), { etag: 'a\r\nx: y', lastModified: '文' })).kind).toBe(
    'items',
  )
})

test('permanent redirects tell the new address, temporary ones do not', async () => {
  const hops: Record<string, [number, string]> = { '/a': [301, '/b'], '/b': [308, '/feed#top'], '/c': [302, '/b'] }
  await using site = await serve((request, response) => {
    const hop = hops[request.url!]
    if (hop) response.writeHead(hop[0], { location: hop[1] }).end('moved')
    else response.end(oneItem)
  })
  expect(await reader.read(site.url('/a'))).toMatchObject({ kind: 'items', url: site.url(), movedTo: site.url() })
  const temporary = await reader.read(site.url('/c'))
  expect(temporary).toMatchObject({ kind: 'items', url: site.url() })
  expect(temporary).not.toHaveProperty('movedTo', expect.anything())
  expect(await reader.read(site.url('/feed'))).not.toHaveProperty('movedTo', expect.anything())
})

test('redirects without end, without a target or to nonsense are trouble', async () => {
  const to = (location?: string) => read((_q, response) => response.writeHead(302, location ? { location } : {}).end())
  for (const target of ['/again', undefined, 'http://[']) expect(trouble(await to(target))?.kind).toBe('redirects')
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['X-GZIP', gzipSync],
  ['identity', (body: string) => Buffer.from(body)],
])('an answer packed with %s is unpacked', async (encoding, pack) => {
  const reading = await read((_q, response) => response.setHeader('content-encoding', encoding).end(pack(oneItem)))
  expect(items(reading)).toHaveLength(1)
})

test.each([
  ['gzip', Buffer.from(oneItem)],
  ['br', gzipSync(oneItem)],
  ['deflate', Buffer.from(oneItem)],
  ['gzip', gzipSync(oneItem).subarray(0, 60)],
  ['gzip, gzip', gzipSync(gzipSync(oneItem))],
  ['compress', Buffer.from(oneItem)],
  ['constructor', Buffer.from(oneItem)],
])('an answer that is not packed as its header says (%s) is trouble', async (encoding, body) => {
  const found = trouble(await read((_q, response) => response.setHeader('content-encoding', encoding).end(body)))
  expect(found?.kind).toBe('not-a-feed')
})

test('a file that lies packed on the server is unpacked, with or without a header that says so', async () => {
  for (const [encoding, body] of [
    ['identity', gzipSync(oneItem)],
    ['gzip', gzipSync(gzipSync(oneItem))],
  ] as const)
    expect(await read((_q, response) => response.setHeader('content-encoding', encoding).end(body))).toMatchObject({
      kind: 'items',
    })
})

test.each(['gzip', 'br'])('a %s bomb is stopped at the limit', async (encoding) => {
  const bomb = (encoding === 'br' ? brotliCompressSync : gzipSync)(Buffer.alloc(5_000_000))
  const reading = read((_q, response) => response.setHeader('content-encoding', encoding).end(bomb), {}, small)
  expect(trouble(await reading)).toEqual({
    kind: 'too-large',
    say: 'The document is larger than 98 KB; use a feed with fewer items.',
  })
})

test('a body without end is stopped at the limit and its socket destroyed', async () => {
  await using site = await serve((_q, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  })
  expect(trouble(await small.read(site.url()))?.kind).toBe('too-large')
  await site.quiet()
})

test.each<[string, RequestListener]>([
  ['never answers', () => undefined],
  ['sends headers and no body', (_q, response) => response.flushHeaders()],
  ['stops in mid-body', (_q, response) => void response.write(oneItem.slice(0, 100))],
  [
    'stops in mid-gzip',
    (_q, response) => void response.setHeader('content-encoding', 'gzip').write(gzipSync(oneItem).subarray(0, 40)),
  ],
])('one deadline covers a server that %s, and the server sees the socket close', async (_name, answer) => {
  await using site = await serve(answer)
  expect(trouble(await hasty.read(site.url()))?.kind).toBe('timeout')
  await site.quiet()
})

test('the deadline covers a redirect that hangs and a name that never resolves', async () => {
  await using site = await serve((request, response) => {
    if (request.url === '/feed') response.writeHead(302, { location: '/next' }).end()
  })
  expect(trouble(await hasty.read(site.url()))?.kind).toBe('timeout')
  const deaf = createReader({ userAgent: 'x', totalMs: 150, lookup: () => undefined })
  expect(trouble(await deaf.read('https://feeds.example/'))?.kind).toBe('timeout')
})

test('a caller can stop a reading', async () => {
  await using site = await serve(() => stop.abort())
  const stop = new AbortController()
  expect(trouble(await reader.read(site.url(), {}, stop.signal))?.say).toMatch(/stopped/)
  await site.quiet()
})

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_q, response) =>
    void response.writeHead(code, headers).end('<html>no feed here</html>')

test.each([
  [429, { 'retry-after': '120' }, { kind: 'rate-limited', retryAfter: 120, status: 429 }],
  [503, { 'retry-after': '60' }, { kind: 'http-5xx', retryAfter: 60, status: 503 }],
  [503, {}, { kind: 'http-5xx', status: 503 }],
  [429, { 'retry-after': 'soon' }, { kind: 'rate-limited', status: 429 }],
  [410, {}, { kind: 'gone', status: 410 }],
  [403, {}, { kind: 'blocked', status: 403 }],
  [403, { 'cf-mitigated': 'challenge' }, { kind: 'blocked', status: 403 }],
  [503, { 'cf-mitigated': 'challenge' }, { kind: 'blocked', status: 503 }],
  [404, {}, { kind: 'http-4xx', status: 404 }],
  [401, {}, { kind: 'http-4xx', status: 401 }],
  [418, {}, { kind: 'http-4xx', status: 418 }],
  [500, {}, { kind: 'http-5xx', status: 500 }],
  [304, {}, { kind: 'http-4xx', status: 304 }],
])('status %i with %o is told as what it is', async (code, headers, expected) => {
  const found = trouble(await read(status(code, headers)))
  expect(found).toEqual({ ...expected, say: expect.stringMatching(/^[A-Z].*\.$/) })
})

test('Retry-After may be a date', async () => {
  const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 600_000).toUTCString()
  const found = trouble(await read(status(429, { 'retry-after': at })))
  expect(found?.retryAfter).toBeGreaterThan(590)
  expect(found?.retryAfter).toBeLessThanOrEqual(602)
})

test('how long an answer stays fresh is the longest of what headers and feed say', async () => {
  const fresh = async (headers: Record<string, string>, inner = '') => {
    const reading = await read((_q, response) => response.writeHead(200, headers).end(rss(inner)))
    return reading.kind === 'items' ? reading.maxAge : reading
  }
  const date = 'Mon, 23 Nov 2026 08:00:00 GMT'
  expect(await fresh({})).toBeUndefined()
  expect(await fresh({ 'cache-control': 'public, max-age=900' })).toBe(900)
  expect(await fresh({ 'cache-control': 'max-age=900', date, expires: 'Mon, 23 Nov 2026 09:00:00 GMT' })).toBe(3600)
  expect(await fresh({ date, expires: '0' })).toBeUndefined()
  expect(await fresh({ 'cache-control': 'no-cache, max-age=900' })).toBeUndefined()
  expect(await fresh({ 'cache-control': 'max-age=900' }, '<ttl>60</ttl>')).toBe(3600)
  expect(await fresh({}, '<ttl>soon</ttl>')).toBeUndefined()
  const sy = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
  expect(await fresh({}, `<x:updatePeriod ${sy.replace('sy=', 'x=')}>hourly</x:updatePeriod>`)).toBe(3600)
  expect(await fresh({}, '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>')).toBe(
    21_600,
  )
})

test('connections that fail are told apart', async () => {
  const gone = await serve(() => undefined)
  await gone[Symbol.asyncDispose]()
  expect(trouble(await reader.read(gone.url()))?.kind).toBe('connect')
  expect(trouble(await read((request) => request.socket.destroy()))?.kind).toBe('connect')
  const short: RequestListener = (request, response) => {
    response.writeHead(200, { 'content-length': '999' }).write(oneItem.slice(0, 50), () => request.socket.end())
  }
  expect(trouble(await read(short))?.kind).toBe('connect')
  expect(trouble(await reader.read('nonsense'))?.kind).toBe('bad-address')
  expect(trouble(await reader.read(''))?.kind).toBe('bad-address')
  const lost = createReader({
    userAgent: 'x',
    lookup: (_host, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
  })
  expect(trouble(await lost.read('https://feeds.example/'))?.kind).toBe('dns')
})

test('a server that only speaks plain HTTP is not read over https', async () => {
  await using site = await serve((_q, response) => response.end(oneItem))
  expect(trouble(await reader.read(site.url().replace('http:', 'https:')))?.kind).toBe('tls')
})

test('a server that does not speak HTTP, or has headers without end, is trouble', async () => {
  const raw = async (answer: string) => {
    await using site = await serve(() => undefined)
    site.onSocket((socket) => socket.end(answer))
    return trouble(await reader.read(site.url()))?.kind
  }
  expect(await raw('SSH-2.0-OpenSSH\r\n')).toBe('connect')
  expect(await raw('HTTP/1.1 200 OK\r\n')).toBe('connect')
  expect(await raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)).toBe('too-large')
  expect(await raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n')).toBe('connect')
})

test.each([
  ['<!DOCTYPE html><html><body>Sign in</body></html>', 'not-a-feed'],
  ['', 'not-a-feed'],
  ['{"error":"no"}', 'not-a-feed'],
])('a good answer that is no feed (%j) is trouble', async (body, kind) => {
  expect(trouble(await read((_q, response) => response.end(body)))?.kind).toBe(kind)
})

test('the charset of the header counts', async () => {
  const body = Buffer.concat([
    Buffer.from('<rss><channel><title>'),
    Buffer.from([0xcd, 0xee]),
    Buffer.from('</title></channel></rss>'),
  ])
  const reading = await read((_q, response) =>
    response.setHeader('content-type', 'text/xml; charset="windows-1251"').end(body),
  )
  expect(reading).toMatchObject({ feed: { title: 'Но' } })
})

test('relative links are completed by the address the feed was found at', async () => {
  await using site = await serve((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/blog/feed' }).end()
    else response.end('<rss><channel><title>t</title><item><title>a</title><link>post</link></item></channel></rss>')
  })
  expect(items(await reader.read(site.url('/old')))).toMatchObject([{ link: site.url('/blog/post') }])
})

test('200 items are handed back, the newest, in the order of the feed', async () => {
  const each = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toUTCString()
    return `<item><title>n${i}</title><pubDate>${day}</pubDate></item>`
  })
  const found = items(await read((_q, response) => response.end(rss(each.join('')))))
  expect(found).toHaveLength(200)
  expect([found[0]?.title, found.at(-1)?.title]).toEqual(['n100', 'n299'])
})

test('many readings at once stay apart', async () => {
  await using site = await serve((request, response) => response.end(rss(`<item><title>${request.url}</title></item>`)))
  const readings = await Promise.all(Array.from({ length: 30 }, (_, i) => reader.read(site.url(`/${i}`))))
  expect(readings.map((each) => items(each)[0]?.title)).toEqual(readings.map((_, i) => `/${i}`))
  await site.quiet()
})
