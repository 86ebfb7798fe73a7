import { readSearch, UNEDITED } from '@cme-commons/core'
import {
  addItems,
  type Db,
  inTx,
  itemsNumbered,
  migrate,
  newsNumbered,
  open,
  putEdit,
  putSpace,
  type SearchQuery,
  searchItems,
} from '@cme-commons/db'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { startPostgres } from '../support/postgres.ts'
import { knowledge } from '../support/world.ts'
import { folder, type Measured, machine, print, seconds } from './measure.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const ITEMS = 100_000
const LIMIT = 20
const ROUNDS = 15
/** A community whose moderators edited so many items, labels and words. */
const SPACE = 'edits'
const EDITED = 1_000

/** A question, and the same in the words of each database. */
type Question = { said: string; rest?: Partial<SearchQuery>; fts: string; tsquery: string }

const TOPIC = knowledge.topics.find(({ id }) => id !== 'off-topic')!.id
const questions: Question[] = [
  { said: 'accreditation', fts: '"accreditation"', tsquery: 'accreditation' },
  { said: 'w150', fts: '"w150"', tsquery: 'w150' },
  { said: '"standards for integrity"', fts: '"standard for integrity"', tsquery: 'standard <-> for <-> integrity' },
  {
    said: '"integrity standards accreditation"',
    fts: '"integrity standard accreditation"',
    tsquery: 'integrity <-> standard <-> accreditation',
  },
  { said: 'w19*', fts: '"w19" *', tsquery: 'w19:*' },
  { said: 'w3 w40 w77', fts: '"w3" "w40" "w77"', tsquery: 'w3 & w40 & w77' },
  {
    said: 'accreditation w50',
    rest: { topics: [TOPIC], regions: ['eu'] },
    fts: `"accreditation" AND "w50" AND labels:"topic/${TOPIC}" AND labels:"region/eu"`,
    tsquery: `accreditation & w50 & 'topic/${TOPIC}' & 'region/eu'`,
  },
]

/**
 * A page of a search over 100,000 items, the items read as the API has them, against the bare statement: full-text match joined to the
 * items, and ranked over the same newest matches. The longest that SQLite, which answers in the event loop, holds it.
 */
export async function searchSpeed(): Promise<Measured[]> {
  const file = `${folder()}/search.db`
  const sqlite = await open(file)
  await stock(sqlite)
  const raw = new Database(file, { readonly: true })
  const onSqlite = await compare(sqlite, async ({ fts }, ranked) => {
    raw.prepare(bareSqlite(ranked)).all(fts)
  })
  raw.close()
  await sqlite.close()
  const server = await startPostgres()
  const postgres = await open(server.url)
  await stock(postgres)
  await sql`vacuum analyze items`.execute(postgres.write)
  await sql`vacuum analyze item_words`.execute(postgres.write)
  const onPostgres = await compare(postgres, async ({ tsquery }, ranked) => {
    await sql.raw(barePostgres(tsquery, ranked)).execute(postgres.read)
  })
  await postgres.close()
  await server.stop()
  return [
    ...onSqlite.map((one) => worst('SQLite', one)),
    {
      what: 'SQLite: the longest search, ms of the event loop’s processor time',
      value: Math.max(...onSqlite.map(({ longest }) => longest)) * 1e3,
      atMost: 30,
    },
    ...onPostgres.map((one) => worst('PostgreSQL', one)),
  ]
}

type Compared = { order: string; where: string; ours: number; bare: number; longest: number }

const worst = (database: string, { order, where, ours, bare }: Compared): Measured => ({
  what: `${database}: ${order} first, ${where}, ${questions.length} searches, times the bare query (${(ours * 1e3).toFixed(1)} ms against ${(bare * 1e3).toFixed(1)})`,
  value: ours / bare,
  atMost: 2,
})

/** Searches as the API asks them, and as a member of a community does that edited some of the items. */
const PLACES = [
  { where: 'for everybody', space: undefined },
  { where: 'in a community', space: SPACE },
]

async function compare(db: Db, bare: (question: Question, ranked: boolean) => Promise<void>): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const order of ['newest', 'relevance'] as const)
    for (const { where, space } of PLACES) {
      const shown = (numbers: number[]) =>
        space ? itemsNumbered(db.read, numbers, space) : newsNumbered(db.read, numbers)
      const sum = { order, where, ours: 0, bare: 0, longest: 0 }
      for (const question of questions) {
        const { terms } = readSearch(question.said)
        const query = { terms, order, space, limit: LIMIT, ...question.rest }
        const best = { ours: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY, held: Number.POSITIVE_INFINITY }
        for (let round = 0; round < ROUNDS; round++) {
          best.bare = Math.min(best.bare, await seconds(() => bare(question, order === 'relevance')))
          const before = process.threadCpuUsage()
          const took = await seconds(async () => shown(await searchItems(db.read, query)))
          const { user, system } = process.threadCpuUsage(before)
          best.ours = Math.min(best.ours, took)
          best.held = Math.min(best.held, (user + system) / 1e6)
        }
        sum.ours += best.ours
        sum.bare += best.bare
        sum.longest = Math.max(sum.longest, best.held)
      }
      compared.push(sum)
    }
  return compared
}

const columns = 'items.id, items.title, substr(items.text, 1, 1001) as text, items.link, items.published'

const bareSqlite = (ranked: boolean): string => {
  const found = (what: string, most: number) =>
    `select ${what} from item_words where item_words match ? order by rowid desc limit ${most}`
  return ranked
    ? `select ${columns} from (${found('rowid as seq, bm25(item_words, 8.0, 1.0, 0.0) as rank', 1_000)}) f
        join items on items.seq = f.seq order by f.rank limit ${LIMIT}`
    : `select ${columns} from (${found('rowid as seq', LIMIT)}) f join items on items.seq = f.seq order by f.seq desc`
}

const barePostgres = (tsquery: string, ranked: boolean): string => {
  const query = `'${tsquery.replaceAll("'", "''")}'::tsquery`
  const found = (what: string, most: number) =>
    `select ${what} from item_words where words @@ ${query} order by seq desc limit ${most}`
  return ranked
    ? `select ${columns} from (${found(`seq, ts_rank(words, ${query}, 1) as rank`, 1_000)}) f
        join items on items.seq = f.seq order by f.rank desc limit ${LIMIT}`
    : `select ${columns} from (${found('seq', LIMIT)}) f join items on items.seq = f.seq order by f.seq desc`
}

async function stock(db: Db): Promise<void> {
  await migrate(db, NOW)
  const next = words()
  for (let made = 0; made < ITEMS; made += 1_000)
    await inTx(db, async (tx) => {
      // PostgreSQL takes 65,535 values a statement.
      await addItems(
        tx,
        Array.from({ length: 1_000 }, (_, i) => itemOf(made + i, next)),
      )
    })
  const place = { platform: 'try' as const, name: 'Edits', zone: 'UTC', moderators: null, made_at: NOW }
  await inTx(db, (tx) => putSpace(tx, { id: SPACE, ...place }))
  const items = await db.read
    .selectFrom('items')
    .select('id')
    .where(sql<boolean>`seq % ${ITEMS / EDITED} = 0`)
    .execute()
  const line = { at: NOW, changed_by: null, said: 'bench', what: 'hide', why: null, before: UNEDITED }
  for (const [i, { id }] of items.entries())
    await inTx(db, (tx) => {
      const said = {
        title: `Accreditation ${next()}`,
        summary: `Standards: ${Array.from({ length: 40 }, next).join(' ')}`,
      }
      return putEdit(tx, { space: SPACE, item: id, ...UNEDITED, ...said, hidden: i % 2, region: 'eu' }, line)
    })
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
  published: NOW,
  seen: NOW,
  old: 0,
  sample: 0,
  topic: knowledge.topics[i % 10]!.id,
  body: 'accme',
  region: ['us', 'eu', 'intl'][i % 3]!,
  tracks: ',program,',
  action: 0,
  action_date: null,
  why: '[]',
  space: null,
})

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await searchSpeed()) ? 0 : 1
}
