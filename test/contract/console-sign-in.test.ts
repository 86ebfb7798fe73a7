import { HOUR, MINUTE } from '@cme-commons/core'
import { eraseMember, giveRole, inTx, makeMember, takeRole } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { client } from '../support/console-client.ts'
import { boss, consoleWorld, signedIn } from '../support/console-house.ts'
import { START } from '../support/try-house.ts'

const ann = { space: 'try', user: 'ann', name: 'Ann' }

test('a link signs in once; looking at it does not spend it', async () => {
  const { app, link } = await consoleWorld()
  const [one, two] = [client(app), client(app)]
  const href = await link()
  for (let i = 0; i < 3; i++) expect((await one.ask(href)).html).toContain('As <strong>Moderator</strong>')
  expect(one.cookie()).toBeUndefined()
  expect((await one.signIn(href)).status).toBe(200)
  expect((await two.signIn(href)).status).toBe(410)
  expect(two.cookie()).toBeUndefined()
})

test('of two who use a link at the same moment one is signed in', async () => {
  const { app, link } = await consoleWorld()
  const href = await link()
  const got = await Promise.all([1, 2, 3, 4].map(() => client(app).signIn(href)))
  expect(got.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410])
})

test('a link opens for ten minutes, and a new one ends the one before', async () => {
  const { app, link, tried } = await consoleWorld()
  const [old, fresh] = [await link(), await link()]
  expect((await client(app).signIn(old)).status).toBe(410)
  await tried.moveClock(new Date(Date.parse(START) + 11 * MINUTE).toISOString())
  expect((await client(app).signIn(fresh)).status).toBe(410)
})

test('a member gets no link, and an erased or degraded one is not let in with hers', async () => {
  const { app, link, db, house } = await consoleWorld()
  const member = await inTx(db, (tx) => makeMember(tx, 'try', 'ann', { ...nobody, name: 'Ann' }))
  expect(await link(ann)).toBe('')
  expect(await house.perform(ann, { do: 'console' })).toMatchObject({ refuse: 'moderators-only' })
  const hers = { space: 'try', member: member.id, role: 'moderator' as const }
  await inTx(db, (tx) => giveRole(tx, hers, START))
  const href = await link(ann)
  await inTx(db, (tx) => takeRole(tx, { ...hers, by: member.id }, START))
  expect((await client(app).signIn(href)).status).toBe(410)
  await inTx(db, (tx) => giveRole(tx, hers, START))
  const again = await link(ann)
  await inTx(db, (tx) => eraseMember(tx, member.id, START))
  expect((await client(app).signIn(again)).status).toBe(410)
})
const nobody = { name: null, track: null, region: null, zone: null, made_at: START }

test('whoever moderates by her platform is signed out when it tells otherwise, and everybody when the program is taken out', async () => {
  const { mo, house, db, link, other } = await signedIn()
  const { moderator: _, ...nobodyNow } = boss
  await house.perform({ ...nobodyNow, moderator: false }, { do: 'help' })
  expect((await mo.ask('/console')).status).toBe(200)
  await house.perform({ ...nobodyNow, moderator: false, channel: 'standards-news' }, { do: 'help' })
  expect((await mo.ask('/console')).status).toBe(401)
  const again = other()
  expect((await again.signIn(await link())).status).toBe(200)
  const { leaveSpace } = await import('@cme-commons/app')
  await inTx(db, (tx) => leaveSpace(tx, 'try', 'test', START))
  expect((await again.ask('/console')).status).toBe(401)
  expect(await db.read.selectFrom('console_sessions').selectAll().execute()).toEqual([])
})

test('the platform is asked at each request whether she still moderates; while it is silent she stays', async () => {
  const { mo, told, other, link } = await signedIn()
  told.set('moderator', true)
  expect((await mo.ask('/console')).status).toBe(200)
  told.delete('moderator')
  expect((await mo.ask('/console')).status).toBe(200)
  told.set('moderator', false)
  expect((await mo.ask('/console')).status).toBe(401)
  expect((await other().signIn(await link())).status).toBe(401)
})

test('a lost role ends what is open at the next request, and so does leaving', async () => {
  const { app, link, db } = await consoleWorld()
  const member = await inTx(db, (tx) => makeMember(tx, 'try', 'ann', { ...nobody, name: 'Ann' }))
  const hers = { space: 'try', member: member.id, role: 'moderator' as const }
  await inTx(db, (tx) => giveRole(tx, hers, START))
  const browser = client(app)
  expect((await browser.signIn(await link(ann))).status).toBe(200)
  const csrf = await browser.csrf()
  await inTx(db, (tx) => takeRole(tx, { ...hers, by: member.id }, START))
  expect((await browser.post('/console/say', { csrf, text: '/cme setup' })).status).toBe(401)
  expect((await browser.ask('/console')).status).toBe(401)
  await inTx(db, (tx) => giveRole(tx, hers, START))
  expect((await browser.ask('/console')).status).toBe(401)
})

test('a cookie that was there before is worth nothing: signing in makes a new one and ends the other', async () => {
  const { app, link, mo } = await signedIn()
  const victim = client(app)
  victim.carry(mo.cookie())
  const planted = mo.cookie()
  await victim.signIn(await link())
  expect(victim.cookie()).not.toBe(planted)
  expect((await victim.ask('/console')).status).toBe(200)
  expect((await mo.ask('/console')).status).toBe(401)
  const made = client(app)
  made.carry(`cme-console=${'A'.repeat(43)}`)
  expect((await made.ask('/console')).status).toBe(401)
  await made.signIn(await link())
  expect(made.cookie()).not.toContain('AAAA')
})

test('a link is its person’s alone: opened by somebody who is signed in, it ends her session and says whose it is', async () => {
  const { app, link, db, other, mo } = await signedIn()
  const member = await inTx(db, (tx) => makeMember(tx, 'try', 'ann', { ...nobody, name: 'Ann' }))
  await inTx(db, (tx) => giveRole(tx, { space: 'try', member: member.id, role: 'moderator' }, START))
  const anns = client(app)
  await anns.signIn(await link(ann))
  expect((await anns.ask('/console')).html).toContain('<p class="who">Ann</p>')
  const before = anns.cookie()
  const href = await link()
  expect((await anns.ask(href)).html).toContain('As <strong>Moderator</strong>')
  expect((await anns.ask('/console')).html).toContain('<p class="who">Ann</p>')
  expect((await anns.signIn(href)).html).toContain('<p class="who">Moderator</p>')
  const old = other()
  old.carry(before)
  expect((await old.ask('/console')).status).toBe(401)
  expect((await mo.ask('/console/sessions')).html).not.toContain('Ann')
  const csrf = await mo.csrf()
  const rows = await db.read.selectFrom('console_sessions').select(['id', 'user_id']).execute()
  await anns.signIn(await link(ann))
  const hers = (await db.read.selectFrom('console_sessions').select(['id']).where('user_id', '=', 'ann').execute())[0]!
    .id
  await mo.post('/console/do', { csrf, act: `cme1:console.end:${hers}` })
  expect((await anns.ask('/console')).status).toBe(200)
  expect(rows.every(({ user_id }) => user_id === 'moderator')).toBe(true)
})

test('a session ends after two idle hours, and after twelve in any case', async () => {
  const { mo, passes } = await signedIn()
  for (let i = 0; i < 11; i++) {
    passes(HOUR)
    expect((await mo.ask('/console')).status).toBe(200)
  }
  passes(HOUR)
  expect((await mo.ask('/console')).status).toBe(401)
  const idle = await signedIn()
  idle.passes(2 * HOUR)
  expect((await idle.mo.ask('/console')).status).toBe(401)
})

test('the secret turns every quarter of an hour; the one before holds for what is on its way, then ends the session', async () => {
  const { mo, passes, other } = await signedIn()
  const old = mo.cookie()
  passes(16 * MINUTE)
  const [slow, thief] = [other(), other()]
  slow.carry(old)
  await mo.ask('/console')
  expect(mo.cookie()).not.toBe(old)
  expect((await slow.ask('/console')).status).toBe(200)
  await mo.ask('/console')
  passes(2 * MINUTE)
  thief.carry(old)
  expect((await thief.ask('/console')).status).toBe(401)
  expect((await mo.ask('/console')).status).toBe(401)
})

test('an answer with a new secret that was lost on the way locks nobody out', async () => {
  const { mo, passes } = await signedIn()
  const old = mo.cookie()
  passes(16 * MINUTE)
  await mo.ask('/console')
  mo.carry(old)
  passes(5 * MINUTE)
  expect((await mo.ask('/console')).status).toBe(200)
  expect(mo.cookie()).not.toBe(old)
  expect((await mo.ask('/console')).status).toBe(200)
})
