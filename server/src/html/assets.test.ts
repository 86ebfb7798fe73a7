import { expect, test } from 'vitest'
import { assetRoutes } from './assets.ts'

const app = assetRoutes()

test.each([
  ['/assets/cme.css', 'text/css; charset=utf-8'],
  ['/assets/mark.svg', 'image/svg+xml'],
  ['/assets/inter.woff2', 'font/woff2'],
  ['/assets/inter-ext.woff2', 'font/woff2'],
])('%s is served with its type and kept by its tag', async (path, type) => {
  const first = await app.request(path)
  expect(first.status).toBe(200)
  expect(first.headers.get('content-type')).toBe(type)
  expect(first.headers.get('cache-control')).toBe('no-cache')
  expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(100)
  const again = await app.request(path, { headers: { 'If-None-Match': first.headers.get('etag')! } })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

test('only the listed files are there', async () => {
  for (const path of ['/assets/page.css', '/assets/../html/card.ts', '/assets/%2e%2e/card.ts', '/assets/']) {
    expect((await app.request(path)).status).toBe(404)
  }
})
