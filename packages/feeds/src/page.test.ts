import type { PageSelectors } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { readAny, readText } from '../test/read.ts'

const url = 'https://society.example/news/'
const selectors: PageSelectors = {
  list: 'ul.news > li',
  title: 'h3',
  link: 'h3 a',
  date: 'time@datetime',
  summary: '.teaser',
}
const entry = (n: number, date = `2026-11-${n}`) =>
  `<li><time datetime="${date}">day ${n}</time><h3><a href="item/${n}?utm_source=x">Call ${n} &amp; <em>more</em></a></h3><p class=teaser>First<br>second <script>alert(1)</script><b>bold</b></p></li>`
const page = (entries: string, head = '') =>
  `<!doctype html><html><head><title>News | Society</title>${head}</head><body><nav><ul><li><a href=/>Home</a></ul></nav><ul class="news top">${entries}</ul></body></html>`
const read = (html: string, page = selectors) => readText(html, { url, page })
const trouble = async (html: string, page = selectors) => {
  const found = await readAny(html, { url, page })
  return 'say' in found ? found : undefined
}

test('a listing page gives the items that a feed would', async () => {
  expect(await read(page(entry(22) + entry(21)))).toEqual({
    format: 'page',
    title: 'News | Society',
    link: url,
    items: [21, 22].map((n) => ({
      title: `Call ${n} & more`,
      link: `https://society.example/news/item/${n}?utm_source=x`,
      published: `2026-11-${n}T00:00:00.000Z`,
      text: 'First\nsecond bold',
    })),
  })
})

test('unsaid, the link is the first one of an entry and the title its words', async () => {
  const html = page('<li>12 May 2026 <a href="/a">One</a> <a href="/b">more</a></li><li><a href="/c">Two</a></li>')
  const feed = await read(html, { list: '.news li' })
  expect(feed.items.map(({ title, link }) => [title, link])).toEqual([
    ['Two', 'https://society.example/c'],
    ['One', 'https://society.example/a'],
  ])
  expect((await read('<a class=n href="/a">Whole</a>', { list: 'a.n' })).items).toMatchObject([{ title: 'Whole' }])
})

test('dates are read from words as well as from attributes', async () => {
  const html = page('<li><h3><a href="/a">One</a></h3><time>3. März 2026</time></li>')
  expect((await read(html, { ...selectors, date: 'time' })).items[0]!.published).toMatch(/^2026-03-03/)
})

test('links are completed by the base of the page, and what is no web address is left out', async () => {
  const html = page(
    '<li><h3><a href="a">A</a></h3></li><li><h3><a href="javascript:x">B</a></h3></li>',
    '<base href="/de/">',
  )
  expect((await read(html, { list: '.news li', title: 'h3', link: 'a' })).items.map(({ link }) => link)).toEqual([
    undefined,
    'https://society.example/de/a',
  ])
})

test.each([
  ['the list', '<h1>Welcome to our new site</h1>', selectors, 'ul.news > li" (list)'],
  [
    'the titles',
    page('<li><h2>Call</h2><a href="/a">x</a><time datetime="2026-11-01"></time></li>'),
    selectors,
    'h3" (title)',
  ],
  ['the links', page('<li><h3>Call</h3><time datetime="2026-11-01"></time></li>'), selectors, 'h3 a" (link)'],
  ['the dates', page('<li><h3><a href="/a">Call</a></h3><time>soon</time></li>'), selectors, 'time@datetime" (date)'],
])('a page on which %s cannot be found any more is trouble that says so', async (_what, html, page, say) => {
  expect(await trouble(html, page)).toEqual({ kind: 'page-changed', say: expect.stringContaining(say) })
})

test('one entry that lacks something is not the end of the page', async () => {
  const feed = await read(page(`${entry(21)}<li class=ad>Become a member</li>`))
  expect(feed.items).toHaveLength(1)
})

test('an entry that is shown twice is one item, and its summary may be missing', async () => {
  const html = page(entry(21) + entry(21)).replaceAll('teaser', 'other')
  expect((await read(html)).items).toMatchObject([{ title: 'Call 21 & more', text: '' }])
})

test('of more entries than are kept, the page’s first ones are, with dates and without', async () => {
  const many = Array.from({ length: 8 }, (_, i) => `<li><a href="/${8 - i}">Headline ${8 - i}</a></li>`).join('')
  const three = async (html: string, page: PageSelectors) =>
    (await readText(html, { url, page }, 3)).items.map(({ title }) => title)
  expect(await three(page(many), { list: '.news li' })).toEqual(['Headline 6', 'Headline 7', 'Headline 8'])
  const oneDay = page(many.replaceAll('<li>', '<li><time>2026-11-21</time>'))
  expect(await three(oneDay, { list: '.news li', title: 'a', date: 'time' })).toEqual([
    'Headline 6',
    'Headline 7',
    'Headline 8',
  ])
})

test('entries that lead to one page are told apart by their titles, and the list itself is nobody’s page', async () => {
  const titled = { list: '.news li', title: 'h3' }
  const entries = (href: string) =>
    page(['C', 'B', 'A'].map((n) => `<li><h3>${n}</h3><a href="${href}">More</a>`).join(''))
  for (const href of ['#', '#top', '', url, `${url}#top`, '/news/', './'])
    expect((await read(entries(href), titled)).items, href).toEqual(
      ['A', 'B', 'C'].map((title) => ({ title, text: '' })),
    )
  expect((await read(entries('/all'), titled)).items).toHaveLength(3)
  const based = entries('#').replace('<title>', '<base href="/de/"><title>')
  expect((await read(based, titled)).items[0]).toEqual({ title: 'A', text: '' })
})

test('a selector that is none is trouble, not a crash', async () => {
  for (const list of ['li[', ':nope(', 'a:has(', '>>>'])
    expect((await trouble(page(entry(21)), { list }))?.kind, list).toBe('page-changed')
})

test('markup, mentions of markup and scripts in a page end as plain text', async () => {
  const html = page(
    '<li><h3><a href="/a">&lt;script&gt;alert(1)&lt;/script&gt; <img src=x onerror=alert(1)>Call</a></h3><time datetime="2026-11-01"></time></li>',
  )
  expect((await read(html)).items[0]!.title).toBe('Call')
})

test.each([
  ['200,000 nested elements', () => '<div>'.repeat(200_000)],
  ['a million entries', () => '<li>'.repeat(1_000_000)],
  ['300,000 nested elements that format', () => '<b>'.repeat(300_000)],
  ['50,000 nested lists', () => '<ul><li>'.repeat(50_000)],
])('a page of %s is refused at once', async (_what, html) => {
  expect(await trouble(`<ul class="news">${html()}`)).toMatchObject({ kind: 'too-large' })
})

test('a page is read as far as it may be listed', async () => {
  const { items } = await read(page(`${entry(21)}<p>${'word '.repeat(2_800_000)}</p>`))
  expect(items).toHaveLength(1)
})
