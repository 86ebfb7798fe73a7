import { addDigest, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW, store } from '../../../test/support/api-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { makeApp } from '../http.ts'

const filter = { bodies: [], topics: [], regions: ['us'], tracks: ['program'], muted: ['research'], max: 2 }

async function started(tryOut = false) {
  const house = await apiHouse(await (await freshSqlite()).open(), { tryOut })
  const app = makeApp(house)
  const digest = (items: readonly string[]) =>
    inTx(house.db, (tx) =>
      addDigest(tx, {
        id: 'd1',
        filter: JSON.stringify(filter),
        since: 0,
        upto: 9,
        items: JSON.stringify(items),
        at: NOW,
        space: null,
      }),
    )
  const read = async (path: string) => {
    const answer = await app.request(path, { headers: { Accept: 'text/html' } })
    return { status: answer.status, headers: answer.headers, html: await answer.text() }
  }
  return { house, app, digest, read }
}

test('a digest keeps its page, with all its items by parts, also those its message had no room for', async () => {
  const { house, digest, read } = await started()
  const ids = await store(house.db, [
    { title: 'Comments are due', action: 1, action_date: '2027-01-15' },
    { title: 'A standard is explained' },
    { title: 'A study', topic: 'research', link: 'https://example.org/study' },
    { title: 'A made-up study', topic: 'research', sample: 1 },
  ])
  await digest(ids)
  const { status, headers, html } = await read('/digests/d1')
  expect(status).toBe(200)
  expect(headers.get('x-robots-tag')).toBe('noindex')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(html).toContain('CME standards news, 23 November 2026')
  expect(html.match(/<h3>.*?<\/h3>/g)).toEqual([
    '<h3>Needs action first</h3>',
    '<h3>Standards and criteria</h3>',
    '<h3>Also new</h3>',
  ])
  expect(html).toContain('href="https://example.org/study"')
  expect(html.match(/<em>Topic: /g)).toHaveLength(4)
  expect(html).toContain('<strong>By 15 January 2027</strong>')
  expect(html.match(/<strong>Sample<\/strong>/g)).toHaveLength(1)
  expect(html).toContain('<dt>Tracks</dt><dd>Program Developers</dd>')
  expect(html).not.toMatch(/<button|javascript:|style=|<script/)
})

test('a digest of a month has each of its items once, under one heading a part', async () => {
  const { house, digest, read } = await started()
  const items = Array.from({ length: 130 }, (_, i) => ({
    title: `Rule ${i}.`,
    topic: i < 65 ? 'criteria-policy' : 'research',
  }))
  await digest(await store(house.db, items))
  const { html } = await read('/digests/d1')
  expect(html).toContain('<strong>130 new items</strong>')
  expect(html.match(/>Rule \d+\.</g)).toEqual(items.map(({ title }) => `>${title}<`))
  expect(html.match(/<h3>/g)).toHaveLength(2)
})

test('a page is asked for again cheaply, and an item that left the archive is counted', async () => {
  const { house, app, digest, read } = await started()
  await digest([...(await store(house.db, [{}])), 'i99'])
  const { headers, html } = await read('/digests/d1')
  expect(html).toContain('One item is no longer in the archive.')
  const again = await app.request('/digests/d1', { headers: { 'If-None-Match': headers.get('etag')! } })
  expect(again.status).toBe(304)
  // What a 304 says of a policy would hold for the page that the browser kept.
  expect([null, headers.get('content-security-policy')]).toContain(again.headers.get('content-security-policy'))
})

test('a digest that is not kept has a friendly page', async () => {
  const { read } = await started()
  for (const path of ['/digests/none', '/digests/%3Cscript%3E', '/digests/..%2f..%2fetc']) {
    const { status, html, headers } = await read(path)
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store'])
    expect(html).toContain('This digest is not here')
    expect(html).not.toMatch(/<script/i)
  }
})

test('the home page shows the latest items with their labels, and the try-out only while it is on', async () => {
  const { house, read } = await started()
  expect((await read('/')).html).toContain('Nothing here yet.')
  await store(
    house.db,
    Array.from({ length: 8 }, (_, i) => ({ title: `Rule ${i} is explained` })),
  )
  const { html } = await read('/')
  expect(html.match(/<bdi>Rule \d is explained/g)).toEqual([7, 6, 5, 4, 3, 2].map((i) => `<bdi>Rule ${i} is explained`))
  expect(html).toContain('href="/news?track=accreditation">Accreditation Specialists</a>')
  expect(html).toContain('href="/v1/news.atom"')
  expect(html).not.toContain('href="/try"')
  expect(html).not.toContain('>Join<')
  const trying = await started(true)
  expect((await trying.read('/')).html).toContain('href="/try"')
})

test('hostile text stays text on every page', async () => {
  const { house, digest, read } = await started()
  const ids = await store(house.db, [
    {
      title: '<img src=x onerror=alert(1)>"\'&',
      text: '</main><script>alert(1)</script>',
      link: 'javascript:alert(1)',
      why: JSON.stringify([{ label: 'topic', value: 'x', cue: '<b onclick=1>', where: 'title' }]),
    },
  ])
  await digest(ids)
  for (const path of ['/', '/digests/d1']) {
    const { html } = await read(path)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<img src=x|<script|<b onclick|href="javascript/i)
  }
})
