import { expect, test } from 'vitest'
import { redirectOf } from './redirect.ts'

const from = new URL('https://a.example/blog/feed')
const to = (location: string | undefined, status = 302) => redirectOf(status, { location }, from)

test('a redirect is completed by the address it came from', () => {
  expect(to('../news')).toEqual({ url: 'https://a.example/news' })
  expect(to('//b.example/feed')).toEqual({ url: 'https://b.example/feed' })
  expect(to('https://b.example/', 308)).toEqual({ url: 'https://b.example/' })
  expect(to('https://b.example/', 200)).toBeUndefined()
  expect(to('https://b.example/', 304)).toBeUndefined()
})

test('encryption is never given up on the way', () => {
  expect(to('http://a.example/feed', 301)).toMatchObject({ trouble: { kind: 'redirects', status: 301 } })
  expect(redirectOf(301, { location: 'https://a.example/' }, new URL('http://a.example/'))).toEqual({
    url: 'https://a.example/',
  })
})

test('a redirect to nowhere is trouble', () => {
  for (const location of [undefined, '', 'http://['])
    expect(to(location)).toMatchObject({ trouble: { kind: 'redirects' } })
})
