import { afterAll, expect, test } from 'vitest'
import { oneItem, serve } from '../test/serve.ts'
import type { Lookup } from './guard.ts'
import { createReader } from './reader.ts'

const closing: { close(): Promise<void> }[] = []
const reader = (options: { allow?: string[]; lookup?: Lookup } = {}) => {
  const made = createReader({ userAgent: 'CME Commons test', totalMs: 5000, ...options })
  closing.push(made)
  return made
}
afterAll(() => Promise.all(closing.map((each) => each.close())))

const kindOf = async (reading: Promise<Awaited<ReturnType<ReturnType<typeof reader>['read']>>>) => {
  const found = await reading
  return found.kind === 'trouble' ? found.trouble.kind : found.kind
}

/** A resolver that answers each look-up of a name with the next of its addresses. */
const resolver = (answers: Record<string, string[]>): Lookup => {
  const asked: Record<string, number> = {}
  return (host, _options, done) => {
    const list = answers[host] ?? []
    const turn = asked[host] ?? 0
    asked[host] = turn + 1
    const address = list[Math.min(turn, list.length - 1)]
    done(null, address ? [{ address, family: address.includes(':') ? 6 : 4 }] : [])
  }
}

test.each([
  '127.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '0.0.0.0',
  '2130706433',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  'localhost',
  '127.0.0.1.',
])('nothing is sent to this machine spelled as %s', async (host) => {
  await using site = await serve((_request, response) => response.end(oneItem))
  // The range makes the port no reason of its own, so that only the address can refuse.
  expect(await kindOf(reader({ allow: ['198.51.100.0/24'] }).read(site.url('/', host)))).toMatch(
    /^(private|bad)-address$/,
  )
  expect(site.connections()).toBe(0)
})

test('nothing is sent to a name that resolves to a private address', async () => {
  await using site = await serve((_request, response) => response.end(oneItem))
  const allow = ['198.51.100.0/24']
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1']) {
    const lookup = resolver({ 'feeds.example': [address] })
    expect(await kindOf(reader({ allow, lookup }).read(site.url('/', 'feeds.example')))).toBe('private-address')
  }
  expect(site.connections()).toBe(0)
})

test('a name that changes its answer is judged anew by the address each socket uses', async () => {
  await using secret = await serve((_request, response) => response.end(oneItem))
  await using site = await serve((_request, response) => response.end(oneItem), '127.0.0.3', secret.port)
  const lookup = resolver({ 'rebind.example': ['127.0.0.3', '127.0.0.1'] })
  const one = reader({ allow: ['127.0.0.3/32'], lookup })
  expect(await kindOf(one.read(site.url('/', 'rebind.example')))).toBe('items')
  expect(await kindOf(one.read(site.url('/', 'rebind.example')))).toBe('private-address')
  expect(secret.connections()).toBe(0)
})

test.each(['http://127.0.0.2', 'http://[::1]', 'http://2130706434', 'http://localhost'])(
  'a redirect to %s is refused',
  async (target) => {
    await using inner = await serve((_request, response) => response.end(oneItem), '127.0.0.2')
    await using site = await serve((_request, response) =>
      response.writeHead(302, { location: `${target}:${inner.port}/` }).end(),
    )
    const one = reader({ allow: [`127.0.0.1:${site.port}`, '198.51.100.0/24'] })
    expect(await kindOf(one.read(site.url()))).toBe('private-address')
    expect(inner.connections()).toBe(0)
  },
)

test.each(['file:///etc/passwd', 'ftp://example.org/', 'http://user:word@127.0.0.1/', 'http://127.0.0.1:22/'])(
  'a redirect to %s is refused',
  async (location) => {
    await using site = await serve((_request, response) => response.writeHead(301, { location }).end())
    const one = reader({ allow: [`127.0.0.1:${site.port}`] })
    expect(await kindOf(one.read(site.url()))).toMatch(/^(bad|private)-address$/)
  },
)

test('what the operator allows is read, by host and port, by address range, and by a name inside the range', async () => {
  await using site = await serve((_request, response) => response.end(oneItem))
  const lookup = resolver({ 'wiki.example': ['127.0.0.1'] })
  expect(await kindOf(reader({ allow: [`127.0.0.1:${site.port}`] }).read(site.url()))).toBe('items')
  expect(await kindOf(reader({ allow: ['127.0.0.0/8'] }).read(site.url()))).toBe('items')
  expect(await kindOf(reader({ allow: ['127.0.0.0/8'], lookup }).read(site.url('/', 'wiki.example')))).toBe('items')
  expect(await kindOf(reader({ allow: ['wiki.example'], lookup }).read(site.url('/', 'wiki.example')))).toBe('items')
})
