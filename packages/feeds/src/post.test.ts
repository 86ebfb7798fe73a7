import { afterAll, expect, test } from 'vitest'
import { serve } from '../test/serve.ts'
import type { Lookup } from './guard.ts'
import { createPoster, type PosterOptions } from './post.ts'

const closing: { close(): Promise<void> }[] = []
const poster = (options: PosterOptions = {}) => {
  const made = createPoster({ totalMs: 1_000, ...options })
  closing.push(made)
  return made
}
afterAll(() => Promise.all(closing.map((each) => each.close())))

const resolver =
  (...addresses: string[]): Lookup =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test.each([
  '127.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '0.0.0.0',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  'localhost',
])('nothing is written to this machine spelled as %s', async (host) => {
  await using site = await serve((_, response) => response.end())
  // The range makes neither the port nor the missing encryption a reason of its own where the name is looked up.
  const to = poster({ allow: ['198.51.100.0/24'] })
  for (const scheme of ['http', 'https'])
    expect(await to.post(`${scheme}://${host}:${site.port}/`, {}, '{}')).toMatchObject({
      trouble: expect.stringMatching(/private network|https:/),
    })
  expect(site.connections()).toBe(0)
})

test('a name that resolves to a private address, or to one among others, is refused where the socket would be made', async () => {
  await using site = await serve((_, response) => response.end())
  for (const found of [
    ['127.0.0.1'],
    ['::1'],
    ['198.51.100.7', '127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['10.0.0.1', '1.1.1.1'],
  ]) {
    const to = poster({ allow: ['198.51.100.0/24'], lookup: resolver(...found) })
    expect(await to.post(`https://hooks.example:${site.port}/`, {}, '{}')).toMatchObject({
      trouble: expect.stringContaining('private network'),
    })
  }
  expect(site.connections()).toBe(0)
})

test('an allowed host is written to as it stands, and the answer’s head is all that is read', async () => {
  const seen: unknown[] = []
  await using site = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push([request.method, request.url, request.headers['x-one'], body])
    if (request.url === '/endless') {
      response.writeHead(200)
      const more = () => response.write('x'.repeat(65_536), () => setImmediate(more))
      more()
    } else
      response
        .writeHead(request.url === '/later' ? 503 : 201, { 'retry-after': '90', location: '/other' })
        .end('thanks')
  })
  const to = poster({ allow: [`127.0.0.1:${site.port}`] })
  const at = (path: string) => `http://127.0.0.1:${site.port}${path}`
  expect(await to.post(at('/one?key=1'), { 'x-one': '1' }, '{"a":"é"}')).toEqual({ status: 201, retryAfter: 90 })
  expect(await to.post(at('/later'), {}, '')).toEqual({ status: 503, retryAfter: 90 })
  expect(await to.post(at('/endless'), {}, '')).toMatchObject({ status: 200 })
  expect(seen).toEqual([
    ['POST', '/one?key=1', '1', '{"a":"é"}'],
    ['POST', '/later', undefined, ''],
    ['POST', '/endless', undefined, ''],
  ])
  await site.quiet()
})

test('a redirect is an answer like any other, and silence ends in time', async () => {
  await using other = await serve((_, response) => response.end())
  await using site = await serve((request, response) => {
    if (request.url === '/moved') response.writeHead(308, { location: other.url('/') }).end()
  })
  const to = poster({ allow: [`127.0.0.1:${site.port}`, `127.0.0.1:${other.port}`], totalMs: 300 })
  expect(await to.post(site.url('/moved'), {}, '{}')).toMatchObject({ status: 308 })
  expect(await to.post(site.url('/silent'), {}, '{}')).toMatchObject({
    trouble: expect.stringContaining('0.3 seconds'),
  })
  expect(other.connections()).toBe(0)
  expect(await poster({ allow: ['127.0.0.1:1'] }).post('http://127.0.0.1:1/', {}, '{}')).toMatchObject({
    trouble: expect.stringContaining('no connection'),
  })
})

test('what is wrong with an address is said before anything is sent', () => {
  const { refused } = poster({ allow: ['intranet.local', '10.1.0.0/16'] })
  for (const good of [
    'https://example.org/hook',
    'http://intranet.local:8080/',
    'http://10.1.2.3/hook',
    'https://xn--bcher-kva.example/',
  ])
    expect(refused(good), good).toBeUndefined()
  for (const wrong of [
    'http://example.org/',
    'https://10.2.0.1/',
    'https://a:b@example.org/',
    'javascript:alert(1)',
    '',
    'https://',
    `https://example.org/${'x'.repeat(2_000)}`,
  ])
    expect(refused(wrong), wrong).toBeTypeOf('string')
  // Where whole ranges are allowed, a name's port is judged once it is looked up.
  expect(poster().refused('https://example.org:22/')).toContain('Port 22')
})
