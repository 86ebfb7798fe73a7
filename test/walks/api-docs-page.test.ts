import { afterAll, expect, onTestFinished } from 'vitest'
import { listen, makeApp } from '../../server/src/http.ts'
import { barriers } from '../support/accessible.ts'
import { apiHouse } from '../support/api-house.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { freshSqlite } from '../support/databases.ts'

afterAll(closeBrowser)

browserTest(
  'the documentation of the API can be read by everybody, on a phone and at a desk, light and dark',
  async () => {
    const server = await listen(makeApp(await apiHouse(await (await freshSqlite()).open())), {
      host: '127.0.0.1',
      port: 0,
    })
    onTestFinished(() => server.close(0))
    const site = `http://127.0.0.1:${server.port}`
    for (const look of [
      { width: 360, height: 800, scheme: 'dark' },
      { width: 1280, height: 900, scheme: 'light' },
    ] as const)
      for (const path of ['/v1/docs', '/v1/docs/conferences']) {
        const { page, errors } = await visit(site + path, look)
        for (const details of await page.locator('article').first().locator('details').all())
          await details.locator('summary').click()
        expect(await barriers(page), path).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
        expect(errors, path).toEqual([])
      }
  },
)
