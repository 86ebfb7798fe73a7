import { expect, test } from 'vitest'
import { firstLink, readLink } from './suggestion.ts'

test.each([
  ['See https://www.accme.org/news/1, it matters', 'https://www.accme.org/news/1'],
  ['(https://example.org/a_(b))', 'https://example.org/a_(b'],
  ['<https://example.org/x?a=1&b=2|the page> and https://example.org/y', 'https://example.org/x?a=1&b=2'],
  ['**https://example.org/x**', 'https://example.org/x'],
  ['javascript:alert(1) http://example.org.', 'http://example.org'],
])('the first link of a message: %s', (text, link) => {
  expect(firstLink(text)).toBe(link)
})

test('a message without a link has none', () => {
  expect(firstLink('Have you seen ftp://example.org and data:text/html,x?')).toBeUndefined()
})

test.each([
  ['https://www.accme.org/news/1?utm_source=mail#top', 'accme.org/news/1'],
  ['example.org/page', 'example.org/page'],
  ['  HTTP://Example.ORG/Page/  ', 'example.org/Page'],
])('%s is a page, known as %s', (said, link) => {
  expect(readLink(said)).toMatchObject({ link, href: expect.stringMatching(/^https?:\/\//) })
})

test.each([
  ['', /whole address/],
  ['the news page', /whole address/],
  ['javascript:alert(1)', /begins with https/],
  ['data:text/html,<script>', /begins with https/],
  ['ftp://example.org/a', /begins with https/],
  ['https://user:secret@example.org/', /without/],
  ['http://localhost:8787/try', /public page/],
  ['http://intranet/news', /public page/],
  ['http://printer.local/', /public page/],
  ['http://10.0.0.1/', /public page/],
  ['http://2130706433/', /public page/],
  ['http://0x7f.1/', /public page/],
  ['http://[::1]/', /public page/],
  ['http://169.254.169.254/latest', /public page/],
  ['https://acme.slack.com/archives/C1/p2', /chat/],
  ['https://discord.com/channels/1/2/3', /chat/],
  [`https://example.org/?${'a'.repeat(600)}`, /question mark/],
])('%s is refused with what to do', (said, words) => {
  expect(readLink(said)).toMatchObject({ error: expect.stringMatching(words) })
})
