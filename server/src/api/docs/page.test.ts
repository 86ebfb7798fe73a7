import { expect, test } from 'vitest'
import { apiHouse } from '../../../../test/support/api-house.ts'
import { freshSqlite } from '../../../../test/support/databases.ts'
import { apiRoutes } from '../routes.ts'

test('the documentation has every operation, without a script, and loads nothing of others', async () => {
  const app = apiRoutes(await apiHouse(await (await freshSqlite()).open()))
  const document = (await (await app.request('/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { operationId: string; tags: string[] }>>
    tags: { name: string }[]
  }
  const answer = await app.request('/v1/docs')
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/)
  const index = await answer.text()
  const clean = (page: string) => {
    expect(page).not.toMatch(/<script|style="|onclick|<link[^>]+href="https?:|<img[^>]+src="https?:/)
    expect(page.length).toBeLessThan(100_000)
  }
  clean(index)
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  for (const { name } of document.tags) {
    const own = operations.filter(({ tags }) => tags[0] === name)
    if (own.length === 0) continue
    const page = await (await app.request(`/v1/docs/${name}`)).text()
    clean(page)
    for (const { operationId } of own) {
      expect(index).toContain(`href="/v1/docs/${name}#${operationId}"`)
      expect(page).toContain(`id="${operationId}"`)
    }
  }
  expect(operations.every(({ tags }) => document.tags.some(({ name }) => name === tags[0]))).toBe(true)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  expect((await app.request('/v1/docs/nothing')).status).toBe(404)
  expect((await app.request('/v1/docs', { headers: { 'if-none-match': answer.headers.get('etag')! } })).status).toBe(
    304,
  )
  expect((await app.request('/v1/docs.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
})
