import { MINUTE } from '@cme-commons/core'
import { findMember, inTx, makeMember, putSpace } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { expect, onTestFinished, test } from 'vitest'
import { client } from '../support/console-client.ts'
import { boss, consoleWorld, signedIn } from '../support/console-house.ts'
import { feedOf, newsSite } from '../support/news-site.ts'
import { START } from '../support/try-house.ts'

const nobody = { name: null, track: null, region: null, zone: null, made_at: START }

test('nothing is done without the secret of the forms, or for another page', async () => {
  const { mo, db, origin } = await signedIn()
  const csrf = await mo.csrf()
  const form = { csrf, act: 'cme1:calendar.open' }
  const refused: [Record<string, string>, Record<string, string>][] = [
    [{ act: form.act }, { Origin: origin }],
    [{ ...form, csrf: '' }, { Origin: origin }],
    [{ ...form, csrf: `${csrf.slice(0, -1)}_` }, { Origin: origin }],
    [form, {}],
    [form, { Origin: 'null' }],
    [form, { Origin: 'https://evil.example' }],
    [form, { Origin: `${origin}.evil.example` }],
    [form, { Origin: origin, 'Sec-Fetch-Site': 'cross-site' }],
    [form, { Origin: origin, 'Sec-Fetch-Site': 'same-site' }],
  ]
  for (const path of [
    '/console/do',
    '/console/out',
    '/console/submit',
    '/console/say',
    '/console/sources/look',
    '/console/sources/try',
  ])
    for (const [body, headers] of refused) expect((await mo.post(path, body, headers)).status).toBe(403)
  expect(await db.read.selectFrom('settings').select('name').where('name', 'like', 'calendar/%').execute()).toEqual([])
  expect((await mo.post('/console/do', form)).html).toContain('is open now')
  expect((await mo.ask(`/console/show?act=${encodeURIComponent('cme1:calendar.close')}`)).status).toBe(404)
})

test('the secret of one session’s forms is worth nothing in another', async () => {
  const { mo, other, link } = await signedIn()
  const csrf = await mo.csrf()
  const second = other()
  await second.signIn(await link())
  expect((await second.post('/console/say', { csrf, text: '/cme help' })).status).toBe(403)
})

test('a link of a page elsewhere cannot sign anybody in', async () => {
  const { app, link } = await consoleWorld()
  const key = new URL(await link(), 'http://localhost').searchParams.get('key')!
  const browser = client(app)
  expect((await browser.post('/console/in', { key }, { Origin: 'https://evil.example' })).status).toBe(403)
  expect(browser.cookie()).toBeUndefined()
  expect((await browser.post('/console/in', { key })).status).toBe(200)
})

test('guessing is slowed down for who guesses, and for nobody else', async () => {
  const { app, link, passes } = await consoleWorld()
  const guess = (n: number, from: string) =>
    client(app).post(
      '/console/in',
      { key: `bcd${'x'.repeat(44)}${n}` },
      { Origin: 'http://localhost', 'X-Forwarded-For': from },
    )
  const got: number[] = []
  for (let n = 0; n < 12; n++) got.push((await guess(n, '203.0.113.7')).status)
  expect(got).toEqual([...Array(10).fill(410), 429, 429])
  const late = await guess(1, '203.0.113.7')
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await guess(1, '203.0.113.8')).status).toBe(410)
  expect((await client(app).signIn(await link())).status).toBe(200)
  passes(11 * MINUTE)
  expect((await guess(1, '203.0.113.7')).status).toBe(410)
})

test('the cookie and every page say what they should, over https more', async () => {
  const plain = await signedIn()
  const secure = await consoleWorld({ site: 'https://cme.example.org' })
  const browser = client(secure.app, 'https://cme.example.org')
  const key = new URL(await secure.link(), 'https://cme.example.org').searchParams.get('key')!
  const answer = await secure.app.request('https://cme.example.org/console/in', {
    method: 'POST',
    body: new URLSearchParams({ key }),
    headers: { Origin: 'https://cme.example.org' },
  })
  const cookie = answer.headers.get('set-cookie')!
  expect(cookie).toMatch(/^__Host-cme-console=[\w-]{43}; /)
  for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=43200']) expect(cookie).toContain(part)
  expect(cookie).not.toContain('Domain')
  expect(answer.headers.get('location')).toBe('/console')
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  browser.carry(cookie.split(';')[0])
  for (const [who, path] of [
    [plain.mo, '/console'],
    [plain.mo, '/console/nowhere'],
    [plain.other(), '/console/audit'],
    [browser, '/console/sessions'],
  ] as const) {
    const { headers } = await who.ask(path)
    const policy = headers.get('content-security-policy')!
    for (const part of [
      "default-src 'none'",
      "script-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store, no-transform')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-robots-tag')).toContain('noindex')
  }
})

test('over plain http there is a link for this machine alone', async () => {
  const { house, link } = await consoleWorld()
  const site = (at: string) =>
    inTx(house.db, async (tx) => {
      const { perform } = await import('@cme-commons/app')
      const reply = await perform(
        { tx, now: START, content: house.content, actor: boss, site: at, random: () => 'BCDFGHJK' },
        { do: 'console' },
      )
      return 'say' in reply ? reply.say.title : ''
    })
  expect(await link()).toContain('/console/in?key=')
  for (const at of ['https://cme.example.org', 'http://localhost:8787', 'http://127.0.0.1', 'http://[::1]:80'])
    expect(await site(at)).toBe('The moderators’ console')
  for (const at of [
    'http://cme.example.org',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://192.168.1.4:8787',
  ])
    expect(await site(at)).toBe('The console is not set up yet')
})

test('nothing that is asked for sends anybody elsewhere', async () => {
  const { mo, app, link } = await signedIn()
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%5cevil.example'])
    for (const path of ['/console/in', '/console/out', '/console', '/console/show', '/console/source'])
      for (const name of ['next', 'from', 'to', 'return', 'redirect', 'url', 'id', 'act']) {
        const answer = await app.request(`http://localhost${path}?${name}=${encodeURIComponent(to)}`)
        expect(answer.headers.get('location')).toBeNull()
        expect(await answer.text()).not.toContain('evil.example')
      }
  const key = new URL(await link(), 'http://localhost').searchParams.get('key')!
  const answer = await app.request('http://localhost/console/in?next=//evil.example', {
    method: 'POST',
    body: new URLSearchParams({ key, next: '//evil.example', from: '//evil.example' }),
    headers: { Origin: 'http://localhost' },
  })
  expect(answer.headers.get('location')).toBe('/console')
  expect((await mo.ask('/console')).status).toBe(200)
})

test('what is kept of links and sessions opens nothing, and where she is signed in she can end', async () => {
  const { mo, db, link, other, house } = await signedIn()
  const key = new URL(await link(), 'http://localhost').searchParams.get('key')!
  const kept = JSON.stringify([
    await db.read.selectFrom('console_links').selectAll().execute(),
    await db.read.selectFrom('console_sessions').selectAll().execute(),
  ])
  expect(kept).not.toContain(key)
  expect(kept).not.toContain(mo.cookie()!.split('=')[1])
  const second = other()
  await second.signIn(await link())
  const page = await mo.ask('/console/sessions')
  expect(page.html.match(/Firefox on Linux/g)!.length).toBeGreaterThanOrEqual(2)
  const ids = [...page.html.matchAll(/value="cme1:console\.end:(con\d+)"/g)].map(([, id]) => id!)
  expect(ids).toHaveLength(2)
  const mine = (await db.read.selectFrom('console_sessions').select('id').orderBy('id').execute())[0]!.id
  await mo.post('/console/do', { csrf: await mo.csrf(), act: `cme1:console.end:${ids.find((id) => id !== mine)}` })
  expect((await second.ask('/console')).status).toBe(401)
  expect((await mo.ask('/console')).status).toBe(200)
  await house.perform(boss, { do: 'console.end' })
  expect((await mo.ask('/console')).status).toBe(401)
})

test('another community’s members, deliveries and sessions are not there', async () => {
  const { mo, db, house } = await signedIn()
  await inTx(db, (tx) =>
    putSpace(tx, { id: 'other', platform: 'slack', name: 'Other', zone: 'UTC', moderators: null, made_at: START }),
  )
  const mia = await inTx(db, (tx) => makeMember(tx, 'other', 'mia', { ...nobody, name: 'Mia Elsewhere' }))
  await house.perform({ space: 'other', user: 'mia', name: 'Mia Elsewhere' }, { do: 'digest.start' })
  await house.perform(
    { space: 'other', user: 'mia' },
    { do: 'form.submit', form: 'suggest', answers: { href: 'https://a.example/mia', title: 'Hers', why: 'x' } },
  )
  const { post } = await import('@cme-commons/db')
  const card = { title: 'Secret of theirs', blocks: [] }
  await inTx(db, (tx) =>
    post(tx, START, [
      {
        key: 'note/theirs',
        lane: 'try/other',
        to: { space: 'other', channel: 'x' },
        effect: { kind: 'message', card },
        due: START,
      },
    ]),
  )
  const paths = [
    '',
    '/deliveries',
    '/deliveries?q=note',
    '/members',
    '/members?q=Mia',
    '/suggestions',
    '/audit',
    '/digests',
    '/settings',
    '/items',
  ]
  for (const path of paths) expect((await mo.ask(`/console${path}`)).html).not.toMatch(/Elsewhere|theirs|a\.example/)
  expect((await mo.ask(`/console/member?id=${mia.id}`)).status).toBe(404)
  expect((await mo.ask('/console/delivery?key=note/theirs')).html).toContain('no such delivery')
  const csrf = await mo.csrf()
  for (const act of [
    'cme1:delivery.retry:note%2Ftheirs',
    'cme1:delivery.drop:note%2Ftheirs',
    'cme1:suggestions.approve:sug1',
  ])
    expect((await mo.post('/console/do', { csrf, act })).html).toContain('class="refused"')
  expect((await mo.post('/console/do', { csrf, act: 'cme1:source.pause:accme-news' })).html).toContain(
    'Your operator looks after the sources',
  )
  expect((await mo.post('/console/sources/look', { csrf, url: 'https://a.example/' })).status).toBe(404)
  expect(await findMember(db.read, 'other', 'mia')).toBeDefined()
})

test('an address in our own network is not looked at, however it is written', async () => {
  const site = await newsSite(() => ({ body: feedOf([{ id: '1', title: 'Ours alone' }]) }))
  onTestFinished(() => site.close())
  const reader = createReader({ userAgent: 'test' })
  onTestFinished(() => reader.close())
  const { mo } = await signedIn({ reader })
  const csrf = await mo.csrf()
  const { port } = new URL(site.url)
  const looked = async (url: string) => (await mo.post('/console/sources/look', { csrf, url })).html
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '2130706433',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
    '0.0.0.0',
  ])
    expect(await looked(`http://${host}:${port}/feed`)).toContain('Nothing can be read there')
  for (const url of [
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'data:text/xml,<rss/>',
    '',
    ' ',
    'http://',
    'javascript:1',
  ])
    expect(await looked(url)).toContain('Nothing can be read there')
  expect(site.asked).toEqual([])
})
