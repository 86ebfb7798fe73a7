import { gunzipSync } from 'node:zlib'
import { unread } from '@cme-commons/app'
import { inTx, putSource } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW, store } from '../../../test/support/api-house.ts'
import { describeEachDatabase } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'
import { newsItem, newsPage } from './schemas.ts'

describeEachDatabase((fresh) => {
  const started = async () => {
    const database = await fresh()
    const house = await apiHouse(await database.open())
    const app = apiRoutes(house)
    const page = async (query: string) => newsPage.parse(await (await app.request(`/v1/news${query}`)).json())
    const titles = async (query: string) => (await page(query)).items.map((item) => item.title)
    return { database, app, db: house.db, page, titles }
  }

  test('news is filtered by body, topic, region, track and day; kinds of filter must all hold', async () => {
    const { db, titles } = await started()
    await store(db, [
      { title: 'standards', body: 'accme', topic: 'standards-integrity', region: 'us', tracks: ',program,' },
      { title: 'europe', body: 'uems', topic: 'eaccme-europe', region: 'eu', tracks: ',accreditation,' },
      { title: 'tools', body: null, topic: 'edtech-ai', region: 'intl', tracks: ',edtech,program,' },
      { title: 'long ago', topic: 'research', published: '2025-01-01T00:00:00.000Z', tracks: ',,' },
      { title: 'Cystoid macular edema', topic: 'off-topic' },
    ])
    expect(await titles('')).toEqual(['long ago', 'tools', 'europe', 'standards'])
    expect(await titles('?body=accme,uems')).toEqual(['long ago', 'europe', 'standards'])
    expect(await titles('?topic=edtech-ai')).toEqual(['tools'])
    expect(await titles('?region=eu&region=intl')).toEqual(['tools', 'europe'])
    expect(await titles('?track=program')).toEqual(['tools', 'standards'])
    expect(await titles('?track=edtech,accreditation')).toEqual(['tools', 'europe'])
    expect(await titles('?track=program&region=us')).toEqual(['standards'])
    expect(await titles('?since=2026-11-20')).toEqual(['tools', 'europe', 'standards'])
    expect(await titles('?since=2026-11-20T15:00:00%2B01:00')).toEqual(['tools', 'europe', 'standards'])
    expect(await titles('?since=2026-11-20T15:00:00Z&body=accme')).toEqual([])
    expect(await titles('?track=program&topic=edtech-ai,research&since=2026-01-01&limit=1')).toEqual(['tools'])
  })

  test('an item says where it was seen and why it has its labels', async () => {
    const { db, app } = await started()
    await inTx(db, (tx) => putSource(tx, { ...unread('own', NOW), name: 'Our state society' }, {}))
    const [id] = await store(db, [
      { from: ['own', 'ja-news'], action: 1, action_date: '2027-01-15', sample: 1, body: null },
    ])
    const item = newsItem.parse(await (await app.request(`/v1/news/${id}`)).json())
    expect(item).toMatchObject({
      id,
      body: null,
      tracks: ['accreditation', 'program'],
      actionRequired: true,
      actionDate: '2027-01-15',
      sample: true,
      why: [{ label: 'topic', cue: 'integrity' }],
    })
    expect(item.sources.map(({ name }) => name)).toContain('Our state society')
    expect(item.sources).toHaveLength(2)
  })

  test('a walk by cursor meets each of 250 items once, also while new ones arrive', async () => {
    const { db, app } = await started()
    const before = await store(
      db,
      Array.from({ length: 250 }, (_, i) => ({
        title: `rule ${i}`,
        from: i % 3 ? ['accme-news'] : ['accme-news', 'ja-news'],
      })),
    )
    const met: string[] = []
    let pages = 0
    for (let next: string | undefined = '/v1/news?limit=7&body=accme'; next; pages++) {
      const answer: Response = await app.request(next)
      const page = newsPage.parse(await answer.json())
      met.push(...page.items.map((item) => item.id))
      next = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
      expect(next === undefined).toBe(page.next === null)
      await store(db, [{ title: 'just arrived' }, { title: 'just arrived, too' }])
    }
    expect(pages).toBe(36)
    expect(met).toEqual(before.reverse())
  })

  test('who has the answer gets a 304 until the data changes, also by another process', async () => {
    const { db, app, database } = await started()
    await store(db, [{ title: 'first' }])
    const first = await app.request('/v1/news')
    const etag = first.headers.get('etag')!
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    expect(first.headers.get('cache-control')).toContain('max-age=')
    const again = (path: string, tags: string) => app.request(path, { headers: { 'If-None-Match': tags } })
    const unchanged = await again('/v1/news', `"other", W/${etag}`)
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag])
    expect((await again('/v1/news', '"other"')).status).toBe(200)
    const other = await database.open()
    const [id] = await store(other, [{ title: 'second' }])
    const changed = await again('/v1/news', etag)
    expect([changed.status, newsPage.parse(await changed.json()).items.length]).toEqual([200, 2])
    expect((await again(`/v1/news/${id}`, '*')).status).toBe(304)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const { db, app } = await started()
    await store(db, [{}])
    const get = await app.request('/v1/news')
    const head = await app.request('/v1/news', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control', 'vary'])
      expect(head.headers.get(name), name).toBe(get.headers.get(name))
    expect(get.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength))
  })

  test('hostile text comes out as it went in', async () => {
    const { db, app } = await started()
    const title = '</script><script>alert(1)</script> \u2028 "\\ \ud83d\ude00 é %,_'
    const [id] = await store(db, [{ title, text: '\u001f{"items":[]}' }])
    const answer = await app.request(`/v1/news/${id}`)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(newsItem.parse(await answer.json())).toMatchObject({ title, text: '\u001f{"items":[]}' })
  })

  test('a page has the beginning of a long text, the item the whole', async () => {
    const { db, app, page } = await started()
    const text = `${'word '.repeat(399)}end`
    const [id] = await store(db, [{ text }])
    await store(db, [{ text: '🙂'.repeat(3000) }, { text: 'x'.repeat(1000) }])
    const [full, emoji, long] = (await page('')).items.map((item) => item.text)
    expect(full).toBe('x'.repeat(1000))
    expect(emoji).toBe(`${'🙂'.repeat(499)}…`)
    expect(long).toBe(`${'word '.repeat(199)}word…`)
    expect(newsItem.parse(await (await app.request(`/v1/news/${id}`)).json()).text).toBe(text)
  })

  test('an id that cannot be one of ours is not found, whatever it holds', async () => {
    const { app } = await started()
    for (const id of ['%00', 'i1%00', "i1'--", 'x'.repeat(5000), '%F0%9F%99%82', '..%2f..'])
      expect((await app.request(`/v1/news/${id}`)).status, id.slice(0, 20)).toBe(404)
    expect((await app.request('/v1/news?topic=%00')).status).toBe(422)
  })

  test('gzip goes to one who asks for it, under a tag of its own', async () => {
    const { db, app } = await started()
    await store(
      db,
      Array.from({ length: 20 }, () => ({})),
    )
    const asked = (encodings: string, tag = '') =>
      app.request('/v1/news', { headers: { 'Accept-Encoding': encodings, ...(tag && { 'If-None-Match': tag }) } })
    const plain = await asked('br, gzip;q=0')
    const zipped = await asked('br;q=0.9, gzip')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect([plain.headers.get('vary'), zipped.headers.get('vary')]).toEqual([
      'Authorization, Accept-Encoding',
      'Authorization, Accept-Encoding',
    ])
    expect(zipped.headers.get('etag')).not.toBe(plain.headers.get('etag'))
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await plain.text())
    expect((await asked('gzip', zipped.headers.get('etag')!)).status).toBe(304)
  })
})
