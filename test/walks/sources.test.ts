import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { unread } from '@cme-commons/app'
import { findSource, inTx, listItems, open, putSource } from '@cme-commons/db'
import { readOpml } from '@cme-commons/feeds'
import { expect, onTestFinished, test } from 'vitest'
import { spared, triedLater } from '../../server/src/cli/feeds-later.ts'
import type { House } from '../../server/src/house.ts'
import { freshSqlite } from '../support/databases.ts'
import { type Answer, feedOf, newsSite, pageOf, type Story } from '../support/news-site.ts'

const entry = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

/** A folder with a database, a site on this machine, and the command line. */
async function operator(answers: Record<string, Answer>) {
  const dir = mkdtempSync(join(tmpdir(), 'cme-sources-'))
  const site = await newsSite((path) => answers[path] ?? { status: 404 })
  onTestFinished(async () => {
    await site.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const database = join(dir, 'cme.db')
  return {
    dir,
    database,
    url: site.url,
    asked: site.asked,
    async cme(...args: string[]) {
      const child = spawn(process.execPath, [entry, ...args], {
        env: { PATH: process.env.PATH, DATABASE_URL: database, FEEDS_ALLOW: '127.0.0.0/8' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [out, err, code] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise((end) => child.on('close', end)),
      ])
      return { out, err: err.trim(), code }
    },
  }
}

const call = { id: '1', title: 'Call for comment on CME accreditation criteria', link: 'https://society.example/1' }
const day = new Date().toISOString()
const link = (href: string) => `<link rel="alternate" type="application/rss+xml" href="${href}">`

test('the feed behind a page is found, shown and stored silently; several are a choice', async () => {
  const o = await operator({
    '/': { body: `<html><head>${link('/feed')}</head></html>` },
    '/both': { body: `<html><head>${link('/feed')}${link('/other')}</head></html>` },
    '/feed': { body: feedOf([call]) },
    '/other': { body: feedOf([{ id: 'o', title: 'Another' }]) },
  })
  const several = await o.cme('feeds', 'add', `${o.url}/both`, '--id', 'society')
  expect(several).toMatchObject({ code: 1, err: expect.stringContaining(`cme feeds add ${o.url}/other`) })
  const shown = await o.cme('feeds', 'add', o.url, '--id', 'society', '--dry-run')
  expect(shown.out).toContain('0 to store and send, 1 to store only')
  const added = await o.cme('feeds', 'add', o.url, '--id', 'society')
  expect(added).toMatchObject({ code: 0 })
  expect(added.out).toContain(`Made-up society <${o.url}/feed>: 1 item`)
  expect(added.out).toContain('What a source has when it is first read is old news.')
  expect(added.out).toContain('society: read, 1 new item')
  expect((await o.cme('feeds', 'list')).out).toMatch(
    /society +on +Made-up society\n.*\/feed\n *read .* UTC, next .* UTC, last new item .* UTC/,
  )
  const db = await open(o.database)
  expect((await listItems(db.read, { limit: 9 })).map(({ old }) => old)).toEqual([1])
  await db.close()
  for (const same of [`${o.url}/feed/`, `${o.url}/feed#top`, o.url.replace('http', 'HTTP')])
    expect(await o.cme('feeds', 'add', same, '--id', 'again')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is a source society already'),
    })
  const none = await o.cme('feeds', 'add', `${o.url}/nothing`, '--id', 'x')
  expect(none).toMatchObject({ code: 1, err: expect.stringContaining('404') })
})

test('a dry run says what would become of each entry and why, and changes nothing', async () => {
  const stories: Story[] = [call]
  const answers: Record<string, Answer> = { '/feed': {} }
  const o = await operator(answers)
  answers['/feed'] = { body: feedOf(stories) }
  await o.cme('feeds', 'add', `${o.url}/feed`, '--id', 'society')
  stories.unshift(
    { id: '2', title: 'ACCME opens a call for comment on accreditation criteria', at: day },
    { id: '3', title: 'CME Group futures fall', at: day },
    { id: '4', title: 'ACCME accreditation criteria of long ago', at: '2020-01-01T00:00:00Z' },
  )
  answers['/feed'] = { body: feedOf(stories) }
  const lines = (await o.cme('feeds', 'dry-run', 'society', '--json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ title, fate, why }) => [title.slice(0, 14), fate, why])).toEqual([
    ['Call for comme', 'known', expect.stringMatching(/archive already, as i\d+/)],
    ['ACCME accredit', 'archive', expect.stringMatching(/more than 30 days ago/)],
    ['ACCME opens a ', 'unwanted', 'There is no digest yet.'],
    ['CME Group futu', 'archive', expect.stringContaining('off topic: “CME Group” in the title')],
  ])
  expect((await o.cme('feeds', 'dry-run', 'society')).out).toContain(
    '0 to store and send, 3 to store only, 1 to leave out',
  )
  const db = await open(o.database)
  expect(await listItems(db.read, { limit: 9 })).toHaveLength(1)
  await db.close()
  expect(await o.cme('feeds', 'dry-run', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('feeds list'),
  })
})

test('a dry run tells a change that is kept from one that is news again, as the next reading then does', async () => {
  const answers: Record<string, Answer> = { '/feed': { body: feedOf([]) } }
  const o = await operator(answers)
  await o.cme('feeds', 'add', `${o.url}/feed`, '--id', 'society')
  const [rule, study] = ['ACCME changes an accreditation criteria policy', 'A study of outcomes in CME courses']
  const body = (n: string) =>
    feedOf([
      { id: '1', title: rule, at: day, text: `Comments are due in ${n}.` },
      { id: '2', title: study, at: day, text: `There were outcomes in ${n}.` },
      { id: '3', title: 'ACCME keeps another accreditation criteria policy', at: day },
    ])
  answers['/feed'] = { body: body('May') }
  expect((await o.cme('feeds', 'poll', 'society')).out).toContain('3 new items')
  answers['/feed'] = { body: body('June') }
  const dryRun = async () =>
    (await o.cme('feeds', 'dry-run', 'society', '--json')).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const fates = async () => new Map((await dryRun()).map(({ title, fate }) => [title, fate]))
  expect([...(await fates()).values()].sort()).toEqual(['known', 'retold', 'revised'])
  expect([(await fates()).get(rule), (await fates()).get(study)]).toEqual(['retold', 'revised'])
  const shown = (await o.cme('feeds', 'dry-run', 'society')).out
  expect(shown).toContain('1 changed to send again, 1 changed to keep only, 1 to leave out')
  expect(shown).toMatch(/In 0 of 0 digests\. It is in the archive as i\d, .* be news again/)
  expect(shown).toMatch(/with other words; the change would be kept and told to nobody/)
  const db = await open(o.database)
  const changes = () => db.read.selectFrom('item_revisions').select(['title', 'told']).orderBy('told').execute()
  expect(await changes()).toEqual([])
  expect((await listItems(db.read, { limit: 9 })).map(({ text }) => text).join()).not.toContain('June')
  await o.cme('feeds', 'poll', 'society')
  expect(await changes()).toEqual([
    { title: study, told: 0 },
    { title: rule, told: 1 },
  ])
  await db.close()
  expect([...(await fates()).values()]).toEqual(['known', 'known', 'known'])
})

test('a page is tried by its selectors before it is switched on', async () => {
  const o = await operator({ '/news': { body: pageOf([{ ...call, at: day }]) } })
  expect((await o.cme('migrate')).code).toBe(0)
  expect(await o.cme('feeds', 'dry-run', 'sacme', '--json')).toMatchObject({ code: 1 })
  const db = await open(o.database)
  const change = { url: `${o.url}/news`, selectors: '{"list":".news li","title":"a"}' }
  const sacme = (await db.read.selectFrom('sources').selectAll().where('id', '=', 'sacme').execute())[0]!
  expect(sacme).toMatchObject({ kind: 'page', enabled: 0, reason: expect.stringContaining('Nobody has tried') })
  await inTx(db, (tx) => putSource(tx, { ...sacme, id: 'tried' }, {}))
  await inTx(db, (tx) => putSource(tx, { ...sacme, id: 'tried' }, change))
  await db.close()
  expect((await o.cme('feeds', 'dry-run', 'tried')).out).toContain('Call for comment on CME accreditation criteria')
  expect((await o.cme('feeds', 'enable', 'tried')).out).toBe('tried: read, 1 new item\n')
})

test('a reading list comes in with its folders, one request a host at a time, and goes out again', async () => {
  const o = await operator({ '/a': { body: feedOf([call]) }, '/b': { body: feedOf([]) } })
  const file = join(o.dir, 'list.opml')
  writeFileSync(
    file,
    `<opml version="2.0"><head/><body><outline text="Journals"><outline text="Europe"><outline text="A" xmlUrl="${o.url}/a" category="/CPD"/></outline>
    <outline text="B &amp; C" xmlUrl="${o.url}/b"/></outline><outline text="Gone" xmlUrl="${o.url}/gone"/></body></opml>`,
  )
  const { out, code } = await o.cme('feeds', 'import', file)
  expect(code).toBe(0)
  expect(out.split('\n').map((line) => line.replace(/^\S+: /, ''))).toEqual([
    'read, 1 new item',
    'read, 0 new items',
    'added, but off: There is nothing at this address (404); check it.',
    '',
  ])
  expect(o.asked).toEqual(['/a', '/b', '/gone'])
  expect((await o.cme('feeds', 'import', file)).out).toContain('is here already')
  const list = readOpml(new TextEncoder().encode((await o.cme('feeds', 'export')).out))
  expect(list).toEqual([
    { url: `${o.url}/b`, title: 'B & C', folder: ['Journals'] },
    { url: `${o.url}/a`, title: 'A', folder: ['Journals', 'Europe'], categories: '/CPD' },
  ])
  const wrong = await o.cme('feeds', 'import', entry)
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('no reading list') })
})

/** A site whose feeds ask for an hour of patience until the test says otherwise, and a list of eight of them beside one of another host. */
async function busy() {
  const state = { status: 429 }
  const site = await newsSite(() =>
    state.status === 200 ? { body: feedOf([call]) } : { status: state.status, headers: { 'retry-after': '3600' } },
  )
  onTestFinished(() => site.close())
  const o = await operator({ '/other': { body: feedOf([call]) } })
  const host = site.url
  const urls = [...Array.from({ length: 8 }, (_, i) => `${host}/${i}`), `${o.url}/other`]
  const file = join(o.dir, 'busy.opml')
  const outlines = urls.map((url, i) => `<outline text="F${i}" xmlUrl="${url}"/>`).join('')
  writeFileSync(file, `<opml version="2.0"><head/><body>${outlines}</body></opml>`)
  const sources = async () => {
    const db = await open(o.database)
    const rows = await db.read.selectFrom('sources').selectAll().where('url', 'like', `${host}%`).execute()
    await db.close()
    return rows
  }
  const inMinutes = (at: string) => Math.round((Date.parse(at) - Date.now()) / 60_000)
  return { ...o, state, site, file, host, sources, inMinutes }
}

test('a host that asks for patience while a reading list comes in is asked once, and its feeds are on, and read later', async () => {
  const b = await busy()
  const { out, code } = await b.cme('feeds', 'import', b.file)
  expect(code).toBe(0)
  expect(out.match(/: on, and read later\. /g)).toHaveLength(8)
  expect(out).toContain('Its server asked for patience a moment ago')
  expect(out).toContain(': read, 1 new item')
  expect(b.site.asked).toEqual(['/0'])
  const rows = await b.sources()
  expect(rows.map(({ enabled, switched, read_at }) => [enabled, switched, read_at])).toEqual(
    Array(8).fill([1, 1, null]),
  )
  for (const { next_at } of rows) {
    expect(b.inMinutes(next_at)).toBeGreaterThan(50)
    expect(b.inMinutes(next_at)).toBeLessThanOrEqual(60)
  }
  expect((await b.cme('feeds', 'poll')).out).toContain('No source is due now.')
  expect(b.site.asked).toHaveLength(1)
})

test('named feeds of one host are read in turn, and the rest is spared when it asks for patience', async () => {
  const b = await busy()
  b.state.status = 200
  await b.cme('feeds', 'import', b.file)
  const ids = (await b.sources()).map(({ id }) => id)
  b.site.asked.length = 0
  b.site.together = 0
  expect((await b.cme('feeds', 'poll', ...ids, ids[0]!)).out.match(/read, 0 new items/g)).toHaveLength(8)
  expect([b.site.asked.length, b.site.together]).toEqual([8, 1])
  b.state.status = 503
  b.site.asked.length = 0
  const { out, code } = await b.cme('feeds', 'poll', ...ids)
  expect([b.site.asked.length, code]).toEqual([1, 1])
  expect(out.match(/not read now; its server asked for patience/g)).toHaveLength(7)
})

test('switching sources on asks a host that wants patience once; they are on and read later, what a person has to mend stays off', async () => {
  const b = await busy()
  await b.cme('feeds', 'import', b.file)
  const ids = (await b.sources()).map(({ id }) => id)
  await b.cme('feeds', 'disable', ...ids)
  b.site.asked.length = 0
  const tried = await b.cme('feeds', 'enable', ...ids)
  expect([tried.code, b.site.asked.length]).toEqual([0, 1])
  expect(tried.out.match(/: on, and read later\. /g)).toHaveLength(8)
  expect((await b.sources()).every(({ enabled, next_at }) => enabled === 1 && b.inMinutes(next_at) > 50)).toBe(true)
  await b.cme('feeds', 'disable', ids[0]!)
  b.state.status = 404
  expect((await b.cme('feeds', 'enable', ids[0]!)).err).toContain('Nothing was switched on')
  expect((await b.sources()).find(({ id }) => id === ids[0])?.enabled).toBe(0)
  b.state.status = 200
  expect((await b.cme('feeds', 'enable', ids[0]!)).out).toMatch(/: read, \d new items?\n/)
  expect((await b.sources()).find(({ id }) => id === ids[0])).toMatchObject({ enabled: 1, failures: 0 })
})

test('a source that answers too late is on and tried again soon, its host is asked for others all the same', async () => {
  const db = await (await freshSqlite()).open()
  const now = '2026-11-23T08:00:00.000Z'
  const [source, other] = ['slow', 'other'].map((id) => ({ ...unread(id, now), url: `https://a.example/${id}` }))
  const house = { db, clock: { now: () => now } as House['clock'] }
  const waiting = new Map()
  const slow = { kind: 'timeout' as const, say: 'No answer within 20 seconds.' }
  expect(await triedLater(house, source!, slow, waiting)).toBe(true)
  expect(await spared(house, other!, waiting)).toBe(false)
  expect(await triedLater(house, other!, { kind: 'http-4xx', status: 404, say: 'Nothing there.' }, waiting)).toBe(false)
  expect(await findSource(db.read, 'slow')).toMatchObject({
    enabled: 1,
    failures: 1,
    next_at: '2026-11-23T08:15:00.000Z',
  })
  expect(await findSource(db.read, 'other')).toBeUndefined()
})
