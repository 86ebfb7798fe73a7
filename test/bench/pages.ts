import { gzipSync } from 'node:zlib'
import { syncSources } from '@cme-commons/app'
import { plus } from '@cme-commons/core'
import { addDigest, addItems, addLinks, type Db, inTx, migrate, open, revise } from '@cme-commons/db'
import { sql } from 'kysely'
import { type App, makeApp } from '../../server/src/http.ts'
import { apiHouse, NOW } from '../support/api-house.ts'
import { calendarIn } from '../support/calendar-house.ts'
import { startPostgres } from '../support/postgres.ts'
import { knowledge } from '../support/world.ts'
import { folder, type Measured, machine, print } from './measure.ts'

const ITEMS = 100_000
const ROUNDS = 40
const DATES = 400

/**
 * Every public page made anew (as if the data changed before each request) over 100,000 items: its slowest twentieth in milliseconds of
 * our own time (with SQLite's, which answers inside it), on PostgreSQL also how long it takes with the database (a query without an index
 * takes longer than its bound), and what a reader loads for it: the page, the stylesheets and the typeface.
 */
export async function pageSpeed(items = ITEMS): Promise<Measured[]> {
  const sqlite = await open(`${folder()}/pages.db`)
  const onSqlite = await measure(sqlite, 'SQLite', items)
  await sqlite.close()
  const server = await startPostgres()
  const postgres = await open(server.url)
  const onPostgres = await measure(postgres, 'PostgreSQL', items)
  await postgres.close()
  await server.stop()
  return [...onSqlite, ...onPostgres]
}

async function measure(db: Db, name: string, items: number): Promise<Measured[]> {
  const ids = await stock(db, items)
  if (db.dialect === 'postgres')
    for (const table of ['items', 'item_words', 'item_links'])
      await sql.raw(`vacuum analyze ${table}`).execute(db.write)
  let changes = 0
  const app = makeApp(await apiHouse({ ...db, version: () => `${changes++}` }))
  const shared = db.dialect === 'sqlite' ? await sharedBytes(app) : 0
  const measured: Measured[] = []
  for (const path of pathsOf(ids)) {
    const { own, whole, bytes } = await timed(app, path)
    measured.push({ what: `${name}: ${path}, ms of our own time at the 95th percentile`, value: own, atMost: 50 })
    if (db.dialect === 'postgres')
      measured.push({ what: `${name}: ${path}, ms with the database, the middle one`, value: whole, atMost: 200 })
    if (shared > 0)
      measured.push({
        what: `${path}, kB to load (page, styles, typeface)`,
        value: (bytes + shared) / 1000,
        atMost: 100,
      })
  }
  return measured
}

const pathsOf = (ids: readonly string[]): string[] => [
  '/',
  '/news',
  `/news?cursor=${Buffer.from('before 2000').toString('base64url')}`,
  `/news?topic=${knowledge.topics[3]!.id}&region=eu&track=academic`,
  '/news?since=2026-11-22',
  '/news?q=accreditation',
  '/news?q=accreditation+w50&order=relevance&region=eu',
  `/news/${ids.at(-1)}`,
  '/digests/d1',
  '/calendar',
  '/calendar?month=2027-03&kinds=event',
  '/conferences',
  '/conferences/sacme',
  '/pathways',
  '/pathways/newcomer',
  '/glossary?letter=A',
  '/glossary?q=credit',
  '/sources',
  '/embed',
  '/embed/news?count=20',
  '/embed/dates?count=20',
]

/** What one page costs this thread and how long it takes with the database, the first few rounds left out, and its bytes as they are sent. */
async function timed(app: App, path: string): Promise<{ own: number; whole: number; bytes: number }> {
  const own: number[] = []
  const whole: number[] = []
  let html = ''
  for (let round = -3; round < ROUNDS; round++) {
    const before = process.threadCpuUsage()
    const start = performance.now()
    // What depends on nothing but the content is kept for good: another address each time.
    const answer = await app.request(`${path}${path.includes('?') ? '&' : '?'}again=${round + 10}`)
    html = await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    if (round < 0) continue
    const { user, system } = process.threadCpuUsage(before)
    own.push((user + system) / 1_000)
    whole.push(performance.now() - start)
  }
  return { own: ranked(own, 0.95), whole: ranked(whole, 0.5), bytes: gzipSync(html).byteLength }
}

const ranked = (all: number[], share: number): number => all.sort((a, b) => a - b)[Math.ceil(all.length * share) - 1]!

async function sharedBytes(app: App): Promise<number> {
  let bytes = 0
  for (const path of ['/assets/cme.css', '/assets/public.css', '/assets/inter.woff2', '/assets/mark.svg']) {
    const body = Buffer.from(await (await app.request(path)).arrayBuffer())
    bytes += path.endsWith('.woff2') ? body.byteLength : gzipSync(body).byteLength
  }
  return bytes
}

async function stock(db: Db, items: number): Promise<string[]> {
  await migrate(db, NOW)
  await inTx(db, (tx) => syncSources(tx, knowledge, NOW))
  const next = words()
  let last: Awaited<ReturnType<typeof addItems>> = []
  for (let made = 0; made < items; made += 1_000)
    await inTx(db, async (tx) => {
      last = await addItems(
        tx,
        Array.from({ length: 1_000 }, (_, i) => itemOf(made + i, next)),
      )
      await addLinks(
        tx,
        last.map(({ id, link }) => ({ item: id, source: 'accme-news', href: link })),
      )
    })
  await inTx(db, async (tx) => {
    let row = last.at(-1)!
    for (let i = 0; i < 10; i++) {
      const change = { text: row.text.replaceAll(` w${i}`, ` v${i}`) }
      await revise(tx, row, change, { at: plus(NOW, i * 1_000), hash: `${i}`, tell: false })
      row = { ...row, ...change }
    }
    const digest = {
      since: 0,
      upto: items,
      items: JSON.stringify(last.slice(0, 60).map(({ id }) => id)),
      at: NOW,
      space: null,
    }
    const filter = JSON.stringify({ bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 10 })
    await addDigest(tx, { id: 'd1', filter, ...digest })
  })
  const day = (n: number) => plus(NOW, n * 86_400_000).slice(0, 10)
  await calendarIn(
    db,
    NOW,
    Array.from({ length: DATES }, (_, i) => ({
      kind: (['abstracts', 'event', 'hotel', 'session'] as const)[i % 4]!,
      title: `Date ${i}`,
      when: { kind: 'day' as const, day: day(i - 20), zone: 'America/New_York' },
    })),
  )
  return last.map(({ id }) => id)
}

/** Words as often as words are: a few in every text, most of them rarely; the same in each run. */
function words() {
  let state = 12_345
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return `w${Math.floor(20_000 * (state / 0x7fffffff) ** 4)}`
  }
}

const itemOf = (i: number, next: () => string) => ({
  title: `Accreditation ${Array.from({ length: 8 }, next).join(' ')}`,
  text: `The standards for integrity: ${Array.from({ length: 110 }, next).join(' ')}. On accreditation and standards.`,
  link: `https://example.org/${i}`,
  published: plus(NOW, -(ITEMS - i) * 600_000),
  seen: plus(NOW, -(ITEMS - i) * 600_000),
  old: 0,
  sample: 0,
  topic: knowledge.topics[i % 10]!.id,
  body: 'accme',
  region: ['us', 'eu', 'intl'][i % 3]!,
  tracks: i % 50 === 0 ? ',academic,' : ',program,',
  action: 0,
  action_date: null,
  why: '[]',
  space: null,
})

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await pageSpeed()) ? 0 : 1
}
