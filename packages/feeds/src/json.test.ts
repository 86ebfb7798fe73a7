import { expect, test } from 'vitest'
import { readText } from '../test/read.ts'

const feed = (items: unknown[], more: object = {}) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Feed', items, ...more })

test('a JSON Feed is read', async () => {
  const document = feed(
    [
      {
        id: 'n1',
        url: '/news/1',
        title: 'Standards &amp; <b>criteria</b>',
        content_html: '<p>One</p><p>Two</p>',
        date_published: '2026-03-03T13:00:00+01:00',
        date_modified: '2026-03-04T12:00:00Z',
        tags: ['cme', 'cme', 5],
      },
      { id: 2, content_text: 'Only text & more' },
      { id: 'https://a.example/3', title: 'Id is a link', summary: 'Short' },
      { id: 'n4', external_url: 'https://b.example/4', title: 'Elsewhere', url: 'javascript:x' },
      'no item',
      null,
    ],
    { home_page_url: 'https://a.example/', feed_url: 'https://a.example/feed.json' },
  )
  expect(await readText(document)).toEqual({
    format: 'json',
    title: 'Feed',
    link: 'https://a.example/',
    items: [
      {
        id: 'n1',
        title: 'Standards & criteria',
        link: 'https://a.example/news/1',
        published: '2026-03-03T12:00:00.000Z',
        updated: '2026-03-04T12:00:00.000Z',
        text: 'One\n\nTwo',
        categories: ['cme', '5'],
      },
      { id: '2', title: 'Only text & more', text: 'Only text & more' },
      { id: 'https://a.example/3', title: 'Id is a link', link: 'https://a.example/3', text: 'Short' },
      { id: 'n4', title: 'Elsewhere', link: 'https://b.example/4', text: '' },
    ],
  })
})

test('version 1.0 and a byte order mark are fine', async () => {
  const text = `\ufeff\n${feed([{ id: '1' }], { version: 'https://jsonfeed.org/version/1' })}`
  expect((await readText(text)).items).toMatchObject([{ title: '1' }])
})

test('a crowded or deep document is refused before it is parsed', async () => {
  await expect(readText(`{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(100_000)}`)).rejects.toThrow(
    /cannot be read/,
  )
  await expect(readText(`{"title":"t","items":[${'{},'.repeat(1_100_000)}{}]}`)).rejects.toThrow(/cannot be read/)
})

test('a document without version and title is a feed if its items are those of one', async () => {
  expect(await readText('{"items":[{"url":"https://a.example/1","content_text":"One"}]}')).toMatchObject({
    items: [{ title: 'One', link: 'https://a.example/1' }],
  })
  await expect(readText('{"items":[{"sku":1}]}')).rejects.toThrow(/not a JSON Feed/)
})

test('a relative page of the feed is found from the address of the feed', async () => {
  const document = feed([{ url: 'n/1' }], { home_page_url: '/home ', feed_url: 'https://a.example/feed.json' })
  expect(await readText(document)).toMatchObject({
    link: 'https://a.example/home',
    items: [{ link: 'https://a.example/n/1' }],
  })
})

test('an entry that says nothing is none, and takes no place', async () => {
  const nothing = [{}, { id: null }, { title: ' ', tags: ['a'] }, { id: '' }]
  expect((await readText(feed([...nothing, { id: 9, title: '' }]))).items).toEqual([{ id: '9', title: '9', text: '' }])
  const many = [...Array.from({ length: 300 }, () => ({})), { title: 'One' }]
  expect((await readText(feed(many))).items).toMatchObject([{ title: 'One' }])
})

test('a download cut off keeps the complete items, wherever it ends', async () => {
  const items = ['One, {', 'Two "]}"', 'Three'].map((title) => ({
    title,
    authors: [{ name: 'A' }],
    attachments: [[{}]],
  }))
  const whole = feed(items)
  const ends = items.map((item) => whole.indexOf(JSON.stringify(item)) + JSON.stringify(item).length)
  for (let length = ends[0]!; length < whole.length; length++) {
    const { title, items } = await readText(whole.slice(0, length))
    expect([title, items.length], whole.slice(0, length)).toEqual(['Feed', ends.filter((end) => end <= length).length])
  }
})

test('plain text is read as plain, unless it shows HTML', async () => {
  const text = async (content_text: string) => (await readText(feed([{ content_text }]))).items[0]!.text
  for (const plain of [
    'one\ntwo\nthree\n\nfour',
    'a &amp; b &lt;tag&gt; &copy; 2026',
    'p<0.05 & x > 1',
    'List<String>',
  ])
    expect(await text(plain)).toBe(plain)
  expect(await text('<p>One &amp; two</p><script>x</script>')).toBe('One & two')
  expect(await text('Don&#8217;t <\u200bimg src=x> go')).toBe('Don’t img src=x> go')
  expect(await text(' a\r\nb\u202e \t c ')).toBe('a\nb c')
})
