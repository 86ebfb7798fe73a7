import { expect, test } from 'vitest'
import { ask } from '../../../test/support/ask-try.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { tryHouse } from '../../../test/support/try-house.ts'
import { tryRoutes } from './routes.ts'

const start = async () => tryRoutes(await tryHouse(await (await freshSqlite()).open()))

test.each(['localhost:8787', 'localhost', '127.0.0.1:8787', '[::1]:8787', '127.1.2.3'])(
  'the page is there for this machine as %s',
  async (host) => {
    const page = await ask(await start(), '/try', { host })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    )
    expect(page.text).not.toMatch(
      / style=| on[a-z]+="|<style|<script(?! type="module" src="\/try\/client\/main\.js"><\/script>)/,
    )
  },
)

test.each([
  ['another machine', { from: '192.168.1.20' }],
  ['another machine over IPv6', { from: '2001:db8::7' }],
  ['a name that was made to point here', { host: 'evil.example:8787' }],
  ['a name that looks like ours', { host: 'localhost.evil.example' }],
  ['no name', { host: '' }],
  ['a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
])('%s gets nothing', async (_, how) => {
  const app = await start()
  for (const path of ['/try', '/try/state?as=sara', '/try/client/main.js', '/try/events?as=sara']) {
    const refused = await ask(app, path, how)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  }
})

test('another site cannot press for you', async () => {
  const app = await start()
  const body = { as: 'sara', press: 'cme1:home' }
  expect((await ask(app, '/try/press', { body, headers: { origin: 'http://localhost:8787' } })).status).toBe(200)
  expect((await ask(app, '/try/press', { body, headers: { origin: 'https://evil.example' } })).status).toBe(403)
  expect((await ask(app, '/try/press', { body, headers: { origin: 'http://localhost:3000' } })).status).toBe(403)
  expect((await ask(app, '/try/press', { body, headers: { origin: 'null' } })).status).toBe(403)
  expect((await ask(app, '/try/press', { body, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  expect((await ask(app, '/try/press', { body, headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  expect(
    (await ask(app, '/try', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })).status,
  ).toBe(200)
})
