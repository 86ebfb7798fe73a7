import { unread } from '@cme-commons/app'
import { bodyName, regionName, topicName, trackName } from '@cme-commons/core'
import { inTx, putSource } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { afterAll, expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { newsPage } from '../../server/src/api/schemas.ts'
import { pageRoutes } from '../../server/src/pages/routes.ts'
import { apiHouse, NOW, store } from '../support/api-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { knowledge } from '../support/world.ts'

const FORMATS = { atom: 'application/atom+xml', rss: 'application/rss+xml', json: 'application/feed+json' } as const
const formats = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

const reader = createReader({ userAgent: 'test' })
afterAll(() => reader.close())

/** As our reader makes them: one line without markup, which may still look like some. */
const ODD = 'AT&T "co" ]]> 1 < 2 > 0 é 🙂'
const MARKUP = '<script>alert(1)</script> &amp; <b>bold</b>'

async function started() {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  const ids = await store(house.db, [
    {
      title: 'Credit in Europe',
      topic: 'eaccme-europe',
      body: 'uems',
      region: 'eu',
      published: '2026-11-19T08:30:05.000Z',
    },
    { title: ODD, text: `First line: ${ODD} Second line.`, from: ['accme-news', 'ja-news'] },
    { title: 'No link, no body', text: '', link: null, body: null, tracks: ',,' },
    { title: 'Due', action: 1, action_date: '2027-01-15', sample: 1, link: 'https://example.org/a?b=1&c=%20d#e' },
  ])
  return { app, pages: pageRoutes(house), db: house.db, ids }
}

/** The feed of a format as our own reader has it. */
async function readBack(answer: Response, format: string) {
  const bytes = new Uint8Array(await answer.clone().arrayBuffer())
  const read = await reader.parse(bytes, {
    contentType: answer.headers.get('content-type')!,
    url: `https://x.example/${format}`,
  })
  if ('trouble' in read) throw new Error(read.trouble.say)
  return read.feed
}

test.each(formats)('a feed of the %s kind is read back without loss by our own reader', async (format) => {
  const { app } = await started()
  const { items } = newsPage.parse(await (await app.request('/v1/news')).json())
  const answer = await app.request(`/v1/news.${format}`)
  expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, FORMATS[format]])
  const feed = await readBack(answer, format)
  expect(feed.title).toBe('CME standards news')
  expect(feed.items.map(({ id, title, link, published, text }) => ({ id, title, link, published, text }))).toEqual(
    items.map(({ id, title, link, published, text }) => ({
      id: `tag:cme.example.org,2026:news/${id}`,
      title,
      link: link ?? `https://cme.example.org/news/${id}`,
      published,
      text,
    })),
  )
  expect(feed.items.map(({ categories }) => categories)).toEqual(
    items.map(({ topic, body, region, tracks, actionRequired, sample }) => [
      topicName(knowledge, topic),
      ...(body ? [bodyName(knowledge, body)] : []),
      regionName(knowledge, region),
      ...tracks.map((track) => trackName(knowledge, track)),
      ...(actionRequired ? ['Needs action'] : []),
      ...(sample ? ['Sample'] : []),
    ]),
  )
})

test('an item without a link of its own leads to its page, which people can read', async () => {
  const { app, pages } = await started()
  const { items } = (await (await app.request('/v1/news.json')).json()) as { items: { title: string; url: string }[] }
  const { url } = items.find(({ title }) => title === 'No link, no body')!
  const page = await pages.request(new URL(url).pathname)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  expect(await page.text()).toContain('No link, no body')
})

test.each(formats)(
  'a feed of the %s kind is read by another library, with where each item was seen',
  async (format) => {
    const { app } = await started()
    const text = await (await app.request(`/v1/news.${format}`)).text()
    const options = { normalization: false } as const
    const raw = (
      format === 'json' ? extractFromJson(JSON.parse(text), options) : extractFromXml(text, options)
    ) as Record<string, never>
    const entries: Record<string, unknown>[] = raw.items ?? raw.item ?? raw.entry ?? []
    expect(entries).toHaveLength(4)
    const seen = JSON.stringify(entries.find((entry) => JSON.stringify(entry).includes('news/i2')))
    expect(seen).toContain('https://example.org/news/rule')
    for (const name of ['ACCME', 'Program Developers', 'standards-integrity']) expect(seen).toContain(name)
    const plain = format === 'json' ? extractFromJson(JSON.parse(text)) : extractFromXml(text)
    expect(plain.entries?.map(({ id }) => id)).toEqual(
      ['i4', 'i3', 'i2', 'i1'].map((id) => `tag:cme.example.org,2026:news/${id}`),
    )
    expect(plain.entries?.map(({ published }) => Date.parse(String(published)))).toEqual(
      [
        '2026-11-20T14:00:00.000Z',
        '2026-11-20T14:00:00.000Z',
        '2026-11-20T14:00:00.000Z',
        '2026-11-19T08:30:05.000Z',
      ].map(Date.parse),
    )
  },
)

test.each(formats)(
  'a feed of the %s kind takes the filters of the news, pages, and says 304 until something changes',
  async (format) => {
    const { app, db } = await started()
    const ask = (query: string, headers = {}) => app.request(`/v1/news.${format}${query}`, { headers })
    const ids = async (answer: Response) =>
      (await readBack(answer, format)).items.map(({ id }) => id!.split('/').at(-1))
    expect(await ids(await ask('?body=uems'))).toEqual(['i1'])
    expect(await ids(await ask('?topic=standards-integrity&region=us&track=program&since=2026-11-20'))).toEqual([
      'i4',
      'i2',
    ])
    expect(await ids(await ask('?q=%22second+line%22'))).toEqual(['i2'])
    expect(await ids(await ask('?body=uems&q=second'))).toEqual([])
    expect((await ask('?topic=gardening')).status).toBe(422)
    const first = await ask('?limit=3')
    const body = await first.text()
    const next = /v1\/news\.\w+(\?[^"]*cursor=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    expect(await ids(await ask(next!))).toEqual(['i1'])
    const etag = first.headers.get('etag')!
    expect((await ask('?limit=3', { 'If-None-Match': etag })).status).toBe(304)
    await store(db, [{ title: 'New' }])
    const changed = await ask('?limit=3', { 'If-None-Match': etag })
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
  },
)

test('an empty archive and odd characters still make feeds', async () => {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  for (const format of formats)
    expect((await readBack(await app.request(`/v1/news.${format}`), format)).items).toEqual([])
  await store(house.db, [{ title: 'bell \u0007 and \ufffe half \ud83d', text: '\u0000\u001b[31mred' }])
  for (const format of formats) {
    const { items } = await readBack(await app.request(`/v1/news.${format}`), format)
    expect(items[0]?.title, format).toMatch(/^bell\s+and\s+half/)
  }
})

test('provenance: an operator’s own source is named as she named it', async () => {
  const { app, db } = await started()
  await inTx(db, (tx) => putSource(tx, { ...unread('own', NOW), name: 'Our <state> society' }, {}))
  await store(db, [{ from: ['own'] }])
  const feed = JSON.parse(await (await app.request('/v1/news.json')).text())
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1')
  expect(feed.items[0]).toMatchObject({
    authors: [{ name: 'Our <state> society' }],
    _cme: { topic: 'standards-integrity', why: [{ cue: 'integrity' }] },
  })
  for (const format of ['atom', 'rss']) expect(await (await app.request(`/v1/news.${format}`)).text()).toContain('Our ')
})

test('what looks like markup stays text', async () => {
  const { app, db } = await started()
  await store(db, [{ title: MARKUP, text: MARKUP }])
  const text = async (format: string) => (await app.request(`/v1/news.${format}`)).text()
  expect(JSON.parse(await text('json')).items[0]).toMatchObject({ title: MARKUP, content_text: MARKUP })
  const [entry] = parseAtomFeed(await text('atom')).entries ?? []
  expect([entry?.title, entry?.content]).toEqual([
    { value: MARKUP, type: 'text' },
    { value: MARKUP, type: 'text' },
  ])
  const [item] = parseRssFeed(await text('rss')).items ?? []
  expect(item).toMatchObject({
    title: '&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;b&gt;bold&lt;/b&gt;',
    description: '&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;b&gt;bold&lt;/b&gt;',
  })
})
