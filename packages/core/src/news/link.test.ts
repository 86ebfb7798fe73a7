import { expect, test } from 'vitest'
import { plainAddress } from './link.ts'

test.each([
  ['https://Example.org/feed/', 'https://example.org/feed'],
  ['https://example.org/feed#news', 'https://example.org/feed'],
  [' https://example.org', 'https://example.org/'],
  ['https://example.org:443/feed?', 'https://example.org/feed'],
])('%s is the address %s', (one, other) => {
  expect(plainAddress(one)).toBe(plainAddress(other))
})

test.each([
  ['https://example.org/Feed', 'https://example.org/feed'],
  ['https://example.org/feed?a=1', 'https://example.org/feed?a=2'],
  ['https://example.org/feed', 'http://example.org/feed'],
  ['https://example.org:8443/feed', 'https://example.org/feed'],
  ['no address', 'another'],
])('%s is not the address %s', (one, other) => {
  expect(plainAddress(one)).not.toBe(plainAddress(other))
})
