import { expect, test } from 'vitest'
import { addressTrouble, allowed, isPublic, resolvedTrouble } from './guard.ts'

const kind = (url: string, allow: string[] = []) => addressTrouble(new URL(url), allowed(allow))?.kind

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '198.18.0.1',
  '192.0.2.1',
  '240.0.0.1',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2002:c0a8:101::',
  '2001:0:4136:e378:8000:63bf:80ff:fffe',
  '2a00::5efe:7f00:1',
  'no address',
])('%s is not public', (address) => {
  expect(isPublic(address)).toBe(false)
})

test.each(['93.184.216.34', '8.8.8.8', '2606:4700::6810:85e5', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::'])(
  '%s is public',
  (address) => {
    expect(isPublic(address)).toBe(true)
  },
)

test.each([
  ['ftp://example.org/feed', 'bad-address'],
  ['file:///etc/passwd', 'bad-address'],
  ['javascript:alert(1)', 'bad-address'],
  ['https://user:word@example.org/feed', 'bad-address'],
  ['https://user@example.org/feed', 'bad-address'],
  ['http://example.org:8080/feed', 'bad-address'],
  ['http://example.org:22/feed', 'bad-address'],
  ['http://127.0.0.1/feed', 'private-address'],
  ['http://2130706433/feed', 'private-address'],
  ['http://0x7f.1/feed', 'private-address'],
  ['http://0177.0.0.1/feed', 'private-address'],
  ['http://127.1/feed', 'private-address'],
  ['http://[::1]/feed', 'private-address'],
  ['http://[::ffff:7f00:1]/feed', 'private-address'],
  ['http://0/feed', 'private-address'],
  ['http://①②⑦.⓪.⓪.①/feed', 'private-address'],
])('%s is refused before anything is looked up', (url, expected) => {
  expect(kind(url)).toBe(expected)
})

test('public hosts on the usual ports pass', () => {
  expect(kind('https://accme.org/feed/')).toBeUndefined()
  expect(kind('http://accme.org:443/feed/')).toBeUndefined()
  expect(kind('https://93.184.216.34/')).toBeUndefined()
})

test('one private address among those of a name refuses them all', () => {
  const none = allowed([])
  expect(resolvedTrouble('example.org', 443, ['93.184.216.34', '10.0.0.1'], none)?.kind).toBe('private-address')
  expect(resolvedTrouble('example.org', 443, ['93.184.216.34', '2606:4700::1'], none)).toBeUndefined()
})

test('the allow-list names a host, a host with its port, or a range of addresses', () => {
  expect(kind('http://intranet:8080/', ['intranet'])).toBeUndefined()
  expect(kind('http://intranet:8080/', ['intranet:8080'])).toBeUndefined()
  expect(kind('http://intranet:8081/', ['intranet:8080'])).toBe('bad-address')
  expect(kind('http://10.1.2.3:9000/', ['10.0.0.0/8'])).toBeUndefined()
  expect(kind('http://11.1.2.3:9000/', ['10.0.0.0/8'])).toBe('bad-address')
  expect(kind('http://[::1]:9000/', ['::1'])).toBeUndefined()
  expect(kind('http://[::1]:9000/', ['[::1]:9000'])).toBeUndefined()
  expect(kind('http://192.168.0.1/', ['10.0.0.0/8', 'nonsense/99', ''])).toBe('private-address')
})

test('a name that resolves into an allowed range may use any port, others may not', () => {
  const intranet = allowed(['10.0.0.0/8'])
  expect(resolvedTrouble('wiki', 8080, ['10.0.0.7'], intranet)).toBeUndefined()
  expect(resolvedTrouble('example.org', 8080, ['93.184.216.34'], intranet)?.kind).toBe('bad-address')
  expect(resolvedTrouble('wiki', 80, ['192.168.0.7'], intranet)?.kind).toBe('private-address')
})
