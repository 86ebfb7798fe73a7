import { changeSource, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW, store } from '../../../test/support/api-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { knowledge } from '../../../test/support/world.ts'
import { makeApp } from '../http.ts'
import { contrast, readable } from './accent.ts'
import { embedOptions } from './embed-options.ts'

async function started() {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = makeApp(house)
  const read = async (path: string) => {
    const answer = await app.request(path, { headers: { Accept: 'text/html' } })
    return { status: answer.status, headers: answer.headers, html: await answer.text() }
  }
  return { house, read }
}

test('only the lists made for frames may be shown in one, and no page runs a script or takes a style from its text', async () => {
  const { read } = await started()
  for (const path of [
    '/',
    '/news',
    '/calendar',
    '/conferences',
    '/pathways',
    '/pathways/newcomer',
    '/glossary',
    '/sources',
    '/embed',
  ]) {
    const { status, headers, html } = await read(path)
    expect([path, status]).toEqual([path, 200])
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(html).not.toMatch(/<script| style="|<style| on[a-z]+="/)
    expect(html.match(/<h1/g)).toHaveLength(1)
    for (const link of ['/v1/news.atom', '/v1/conferences.ics', '/v1/deadlines.ics'])
      expect(html).toMatch(new RegExp(`<link rel="alternate" [^>]*href="${link}"`))
  }
  for (const path of ['/embed/news', '/embed/dates']) {
    const { headers, html } = await read(path)
    expect(headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(html).not.toMatch(/<script| style="|<style/)
  }
})

test('a framed list is as it was asked for, and what nobody knows is left out', async () => {
  const { house, read } = await started()
  await store(
    house.db,
    Array.from({ length: 9 }, (_, i) => ({ title: `Rule ${i}`, region: i % 2 ? 'eu' : 'us' })),
  )
  const { html } = await read('/embed/news?count=3&region=eu,nope&theme=dark&size=small&title=off&accent=%23FFEE00')
  expect(html.match(/<bdi>Rule \d/g)).toEqual(['<bdi>Rule 7', '<bdi>Rule 5', '<bdi>Rule 3'])
  expect(html).toContain('class="embed theme-dark size-small"')
  expect(html).toContain('href="/embed/accent/ffee00.css"')
  expect(html).toContain('href="/news?region=eu"')
  expect(embedOptions('news', 'count=1e9&accent=red;}&theme=%3Cb%3E&topic=off-topic', knowledge)).toMatchObject({
    count: 20,
    theme: 'auto',
    filters: new URLSearchParams(),
  })
  expect(embedOptions('news', 'accent=red;}', knowledge)).not.toHaveProperty('accent')
  const css = await read('/embed/accent/ffee00.css')
  expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(css.html).toMatch(/^:root\{--accent:light-dark\(#[0-9a-f]{6},#ffee00\)\}\n$/)
  expect((await read('/embed/accent/red.css')).status).toBe(404)
})

test('an accent can be read on light and on dark, whatever was asked for', () => {
  for (const colour of ['ffee00', '000000', 'ffffff', '9b2247', '00ff00', '7f7f7f'])
    for (const ground of ['ffffff', '161c1b'])
      expect(contrast(readable(colour, ground), ground)).toBeGreaterThanOrEqual(4.5)
  expect(readable('9b2247', 'ffffff')).toBe('9b2247')
})

test('a quiet digest is told from a broken one', async () => {
  const { house, read } = await started()
  const change = (more: object) => inTx(house.db, (tx) => changeSource(tx, 'accme-news', { enabled: 1, ...more }))
  await change({ read_at: '2026-11-23T07:00:00.000Z', next_at: '2026-11-23T09:00:00.000Z' })
  expect((await read('/sources')).html).toContain('it is because nothing happened')
  await change({ failing_since: NOW, trouble: 'It answered 403 at https://accme.example/feed?key=secret' })
  const { html } = await read('/sources')
  expect(html).toContain('cannot be read as planned')
  expect(html).not.toContain('secret')
  await change({ failing_since: null, trouble: null, next_at: '2026-11-22T09:00:00.000Z' })
  expect((await read('/sources')).html).toContain('>Late<')
})

test('the glossary is read by letter, by jurisdiction and by search', async () => {
  const { read } = await started()
  const terms = (html: string) => [...html.matchAll(/<article class="paper term" id="([\w-]+)"/g)].map(([, id]) => id)
  const e = (await read('/glossary?letter=e&jurisdiction=eu')).html
  expect(terms(e).length).toBeGreaterThan(0)
  for (const id of terms(e))
    expect(knowledge.glossary.find((term) => term.id === id)).toMatchObject({ jurisdiction: 'eu' })
  expect(terms((await read('/glossary?q=ecmec')).html)[0]).toBe(
    knowledge.glossary.find(({ letters }) => letters === 'ECMEC')?.id,
  )
  expect((await read('/glossary?q=zzzz')).html).toContain('None of the')
})

test('how people join stands on the home page as the settings have it', async () => {
  const house = await apiHouse(await (await freshSqlite()).open(), {
    join: { slack: { href: 'https://example.org/come', install: true }, discord: {} },
  })
  const html = await (await makeApp(house).request('/')).text()
  expect(html).toContain('href="https://example.org/come"')
  expect(html).toContain('href="/slack/install"')
  expect(html).toContain('<strong>On Discord</strong>: ask the moderators')
})
