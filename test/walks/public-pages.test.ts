import { addDigest, inTx } from '@cme-commons/db'
import { serve } from '@hono/node-server'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { makeApp } from '../../server/src/http.ts'
import { barriers } from '../support/accessible.ts'
import { apiHouse, NOW } from '../support/api-house.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { freshSqlite } from '../support/databases.ts'
import { serveSite, stockSite } from '../support/public-site.ts'

afterAll(closeBrowser)

async function opened(hostile = '') {
  const db = await (await freshSqlite()).open()
  const site = await serveSite(db)
  const { items, conference } = await stockSite(db, hostile)
  const filter = { bodies: [], topics: [], regions: [], tracks: ['program'], muted: [], max: 10 }
  await inTx(db, (tx) =>
    addDigest(tx, {
      id: 'd1',
      filter: JSON.stringify(filter),
      since: 0,
      upto: 99,
      items: JSON.stringify(items),
      at: NOW,
      space: null,
    }),
  )
  const paths = [
    '/',
    '/news',
    `/news/${items.at(-1)}`,
    '/digests/d1',
    '/calendar',
    '/calendar?month=2027-02',
    '/conferences',
    '/conferences/sacme',
    `/conferences/${conference}`,
    '/sources',
    '/embed/news?count=20',
    '/embed/dates?theme=dark&size=large&accent=ffee00',
  ]
  const fixed = ['/pathways', '/pathways/newcomer', '/glossary?letter=C', '/embed']
  return { site, paths, fixed, items }
}

const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')

browserTest(
  'nothing bars the way on any public page, light and dark, wide and on a phone',
  async () => {
    const { site, paths, fixed } = await opened()
    for (const look of [{}, { scheme: 'dark' as const, width: 360, height: 800 }]) {
      const { page, errors } = await visit(`${site}/healthz`, look)
      for (const path of 'scheme' in look ? paths.filter((_, i) => i % 2 === 0) : [...paths, ...fixed]) {
        await page.goto(site + path)
        expect([path, await barriers(page)]).toEqual([path, []])
        expect([path, await fits(page)]).toEqual([path, true])
      }
      expect(errors).toEqual([])
    }
  },
  120_000,
)

const WORD = 'accreditation'.repeat(800)
const HOSTILE = `</title></h1></textarea><script>document.title='owned'</script><img src=x onerror="document.title='owned'"><svg onload="document.title='owned'"></svg>" onmouseover="document.title='owned' \u202eesrever \u2066${WORD} &lt;b&gt; {{7*7}} javascript:alert(1)`

browserTest(
  'what others write goes through every page as text: nothing runs, nothing is followed, nothing breaks the page',
  async () => {
    const { site, paths, items } = await opened(HOSTILE)
    const asked = [
      `/news?q=${encodeURIComponent('"></script><script>document.title="owned"</script>')}`,
      `/news?topic=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`,
      `/glossary?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`,
      `/calendar?space=${encodeURIComponent('"><script>alert(1)</script>')}`,
      `/embed/news?accent=${encodeURIComponent('red;}body{display:none')}&theme="><b>`,
      `/news/${items[0]}"><script>alert(1)</script>`,
    ]
    for (const look of [{}, { width: 360, height: 800 }]) {
      const { page, errors } = await visit(`${site}/healthz`, look)
      for (const path of [...paths, ...asked]) {
        await page.goto(site + path)
        const found = await page.evaluate(() => ({
          title: document.title,
          bad: document.querySelectorAll(
            'script, img:not([src^="/assets/"]), svg, [onload], [onerror], [onmouseover], a[href^="javascript:" i]',
          ).length,
        }))
        expect([path, found.bad]).toEqual([path, 0])
        expect(found.title).not.toBe('owned')
        expect([path, await fits(page)]).toEqual([path, true])
      }
      // What cannot be found, or asked, is told to the console by the browser itself.
      expect(errors.filter((error) => !/status of 4(04|22)/.test(error))).toEqual([])
    }
  },
  120_000,
)

browserTest('without scripts a reader searches, turns a page, opens an item and looks at another month', async () => {
  const { site } = await opened()
  const { page, errors } = await visit(`${site}/news`, { scripts: false })
  await page.getByRole('link', { name: 'Older news' }).click()
  await page.getByRole('link', { name: 'To the newest' }).click()
  await page.getByLabel('Words').fill('outcomes')
  await page.getByLabel('Region').selectOption('us')
  await page.getByRole('button', { name: 'Show' }).click()
  expect(await page.getByRole('article').count()).toBe(6)
  await page.getByRole('link', { name: /Words: outcomes ?: leave it out/ }).click()
  expect(await page.getByRole('article').count()).toBe(18)
  await page.getByRole('link', { name: /^State .* renewals, part 24/ }).click()
  await page.getByRole('heading', { name: 'How it changed' }).waitFor()
  expect(await page.locator('ins').last().textContent()).toContain('two rounds of hearings')
  await page.getByRole('link', { name: 'Calendar', exact: true }).click()
  await page.getByRole('link', { name: /^Later/ }).click()
  await page.getByRole('heading', { name: 'December 2026', level: 2, exact: true }).waitFor()
  await page.getByRole('link', { name: 'SACME 2027: Early-bird fee ends' }).last().click()
  await page.getByRole('heading', { name: 'SACME 2027', exact: true }).waitFor()
  expect(errors).toEqual([])
})

browserTest('another site shows our lists in a frame, and no other page of ours', async () => {
  const { site } = await opened()
  const body = `<title>A society</title><iframe id="ours" src="${site}/embed/news?count=2"></iframe><iframe id="page" src="${site}/news"></iframe>`
  const server = await new Promise<ReturnType<typeof serve>>((listening) => {
    const fetch = () => new Response(body, { headers: { 'Content-Type': 'text/html' } })
    const made = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
  })
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  const bound = server.address()
  const { page } = await visit(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : ''}/`)
  const frame = page.frameLocator('#ours')
  await frame.getByRole('heading', { name: 'CME standards news' }).waitFor()
  expect(await frame.getByRole('listitem').count()).toBe(2)
  expect(await page.frameLocator('#page').getByRole('heading', { name: 'Standards news' }).count()).toBe(0)
})

test('whatever stands in an address, a page answers: nothing fails, nothing hangs', async () => {
  const db = await (await freshSqlite()).open()
  const house = await apiHouse(db)
  await stockSite(db)
  const app = makeApp(house)
  const names = [
    'q',
    'topic',
    'since',
    'order',
    'cursor',
    'month',
    'kinds',
    'space',
    'letter',
    'jurisdiction',
    'count',
    'accent',
  ]
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('2027-02', 'relevance', 'x'.repeat(5_000)),
  )
  const query = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 })
  const pages = [
    '/',
    '/news',
    '/calendar',
    '/conferences',
    '/pathways',
    '/glossary',
    '/sources',
    '/embed/news',
    '/embed/dates',
  ]
  const path = fc.oneof(
    fc.constantFrom(...pages),
    fc
      .tuple(
        fc.constantFrom('/news', '/conferences', '/pathways', '/digests', '/embed/accent'),
        fc.string({ unit: 'binary' }),
      )
      .map(([room, id]) => `${room}/${encodeURIComponent(id.toWellFormed())}`),
  )
  await fc.assert(
    fc.asyncProperty(path, query, async (path, query) => {
      const asked = new URLSearchParams(query.map(([name, said]): [string, string] => [name, said.toWellFormed()]))
      const answer = await app.request(`${path}?${asked}`, { headers: { Accept: 'text/html' } })
      await answer.text()
      expect([200, 400, 404, 422]).toContain(answer.status)
    }),
    { numRuns: 150 },
  )
  expect(house.logged).toEqual([])
})
