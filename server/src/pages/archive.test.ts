import { inTx, revise } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, store } from '../../../test/support/api-house.ts'
import { describeEachDatabase } from '../../../test/support/databases.ts'
import { makeApp } from '../http.ts'

describeEachDatabase((fresh) => {
  async function started() {
    const house = await apiHouse(await (await fresh()).open())
    const app = makeApp(house)
    const read = async (path: string) => {
      const answer = await app.request(path, { headers: { Accept: 'text/html' } })
      return { status: answer.status, headers: answer.headers, html: await answer.text() }
    }
    return { house, app, read }
  }
  const titles = (html: string) =>
    [...html.matchAll(/<h2><a href="\/news\/\w+"><bdi>(.*?)<\/bdi>/g)].map(([, title]) => title)

  test('the archive turns its pages, and finds by words, labels and day; what a form leaves open means nothing', async () => {
    const { house, read } = await started()
    await store(house.db, [
      { title: 'A rule of Europe', region: 'eu', topic: 'eaccme-europe', body: 'uems' },
      ...Array.from({ length: 23 }, (_, i) => ({ title: `Rule ${i}`, published: '2026-10-01T00:00:00.000Z' })),
      { title: 'Mitigation of relationships' },
    ])
    const first = await read('/news')
    expect(titles(first.html)).toHaveLength(20)
    const [, older] = /rel="next" href="(\/news\?cursor=\w+)"/.exec(first.html)!
    expect(titles((await read(older!)).html)).toEqual(['Rule 3', 'Rule 2', 'Rule 1', 'Rule 0', 'A rule of Europe'])
    const form = '/news?q=rule&order=&topic=&body=&region=eu&track=&since='
    expect(titles((await read(form)).html)).toEqual(['A rule of Europe'])
    expect(titles((await read('/news?since=2026-11-01')).html)).toEqual([
      'Mitigation of relationships',
      'A rule of Europe',
    ])
    const { html } = await read('/news?topic=eaccme-europe')
    expect(html).toContain(
      'type="application/atom+xml" title="CME standards news: EACCME and Europe" href="/v1/news.atom?topic=eaccme-europe"',
    )
    expect(html).toContain('<option value="eaccme-europe" selected>')
    expect(html).toContain('>Topic: EACCME and Europe</bdi>')
    expect((await read('/news?q=nothingofthekind')).html).toContain('Nothing in the archive fits.')
  })

  test('an address that asks for what there is not says so beside the form', async () => {
    const { read } = await started()
    for (const path of ['/news?topic=nope', '/news?since=yesterday', '/news?cursor=x', '/news?q=%21%21']) {
      const { status, html, headers } = await read(path)
      expect([path, status, headers.get('cache-control')]).toEqual([path, 422, 'no-store'])
      expect(html).toContain('role="alert"')
      expect(html).toContain('action="/news"')
    }
    expect((await read('/news?utm_source=x&limit=100000')).status).toBe(200)
  })

  test('an item tells each label with its cue, and how it changed word by word', async () => {
    const { house, app, read } = await started()
    const [id, own] = await store(house.db, [
      {
        title: 'A rule is explained',
        why: JSON.stringify([{ label: 'topic', value: 'x', cue: 'rule', where: 'title' }]),
      },
      { title: 'Only theirs', space: 'try' },
    ])
    const before = await house.db.read.selectFrom('items').selectAll().where('id', '=', id!).executeTakeFirstOrThrow()
    const change = { at: '2026-11-22T10:00:00.000Z', hash: 'h', tell: false }
    await inTx(house.db, (tx) => revise(tx, before, { text: before.text.replace('before', 'long before') }, change))
    const { status, html, headers } = await read(`/news/${id}`)
    expect(status).toBe(200)
    expect(html).toContain('“rule” in the title')
    expect(html).toMatch(/<ins>long <\/ins>/)
    expect(html).toContain(
      'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fcme.example.org%2Fnews%2F',
    )
    expect(html).toContain(`<link rel="canonical" href="https://cme.example.org/news/${id}">`)
    const again = await app.request(`/news/${id}`, { headers: { 'If-None-Match': headers.get('etag')! } })
    expect(again.status).toBe(304)
    for (const path of [`/news/${own}`, '/news/none', '/news/%3Cscript%3E']) {
      const missing = await read(path)
      expect([path, missing.status]).toEqual([path, 404])
      expect(missing.html).not.toContain('Only theirs')
    }
  })
})
