import type { RequestListener } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { oneItem, serve } from '../test/serve.ts'
import { createReader } from './reader.ts'

const reader = createReader({ userAgent: 'x', allow: ['127.0.0.0/8'] })
afterAll(() => reader.close())

/** What is found at `/news/` of a site that has these documents, and in which order it was asked for what. */
async function discover(documents: Record<string, string>, at = '/news/') {
  const asked: string[] = []
  let together = 0
  let most = 0
  const answer: RequestListener = (request, response) => {
    asked.push(request.url!)
    most = Math.max(most, ++together)
    response.on('close', () => together--)
    const found = documents[request.url!]
    response.writeHead(found === undefined ? 404 : 200).end(found)
  }
  await using site = await serve(answer)
  const result = await reader.discover(site.url(at))
  const found = 'found' in result ? result.found.map(({ url, how }) => [how, new URL(url).pathname]) : result.trouble
  return { found, asked, most }
}
const page = (head: string) => `<!doctype html><html><head>${head}</head><body>Hello</body></html>`
const link = (href: string, type = 'application/rss+xml', title = '') =>
  `<link rel="alternate" type="${type}" href="${href}" title="${title}">`

test('an address that is a feed needs no looking around', async () => {
  expect(await discover({ '/news/': oneItem })).toMatchObject({ found: [['here', '/news/']], asked: ['/news/'] })
})

test('the feeds that a page names are read, those of comments last, one request at a time', async () => {
  const head = [
    link('/comments/feed/', undefined, 'Comments'),
    link('all.xml'),
    link('/atom', 'application/atom+xml'),
    link('/wp-json/x', 'application/json'),
    link('/gone'),
    '<link rel="stylesheet" type="application/rss+xml" href="/style">',
    link('javascript:x'),
  ].join('')
  const { found, asked, most } = await discover({
    '/news/': page(head),
    '/news/all.xml': oneItem,
    '/atom': oneItem,
    '/comments/feed/': oneItem,
  })
  expect(found).toEqual([
    ['linked', '/news/all.xml'],
    ['linked', '/atom'],
    ['linked', '/comments/feed/'],
  ])
  expect(asked).toEqual(['/news/', '/news/all.xml', '/atom', '/gone', '/comments/feed/'])
  expect(most).toBe(1)
})

test('a JSON Feed is found by its link as well', async () => {
  const feed = '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_text":"Hi"}]}'
  const { found } = await discover({ '/news/': page(link('/f', 'application/feed+json')), '/f': feed })
  expect(found).toEqual([['linked', '/f']])
})

test('where a page names none, the usual places are tried: its own folder, then the root', async () => {
  expect((await discover({ '/news/': page(''), '/news/rss.xml': oneItem, '/feed/': oneItem })).found).toEqual([
    ['guessed', '/news/rss.xml'],
  ])
  const { found } = await discover({ '/news/': page(link('/gone')), '/feed/': oneItem })
  expect(found).toEqual([['guessed', '/feed/']])
})

test('a site without a feed is told so', async () => {
  const { found, asked } = await discover({ '/news/': page('') })
  expect(found).toMatchObject({ kind: 'not-a-feed', say: expect.stringContaining('none in the usual places') })
  expect(asked.length).toBeLessThan(25)
})

test('a host that asks for patience is left alone at once', async () => {
  let asked = 0
  await using site = await serve((_request, response) => {
    asked++
    response.writeHead(429, { 'retry-after': '60' }).end()
  })
  expect(await reader.discover(site.url('/'))).toMatchObject({ trouble: { kind: 'rate-limited', retryAfter: 60 } })
  expect(asked).toBe(1)
})
