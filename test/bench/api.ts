import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { syncSources } from '@cme-commons/app'
import { addItems, addLinks, type Db, inTx, migrate, open } from '@cme-commons/db'
import { createAdaptorServer } from '@hono/node-server'
import Database from 'better-sqlite3'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { makeApp } from '../../server/src/http.ts'
import { apiHouse } from '../support/api-house.ts'
import { knowledge } from '../support/world.ts'
import { rawRoute, sameBytes } from './api-baselines.ts'
import { loadDriver } from './load.ts'
import { folder, type Measured, machine, print, ratio } from './measure.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const PATH = '/v1/news'
const ROUNDS = 12
const STEP = 500

type Fetch = (request: Request, env?: object) => Response | Promise<Response>

/**
 * `GET /v1/news` with 20 items: the whole app against a bare Hono route that has the same bytes, and with nothing kept (as if the
 * data changed before each request) against Hono with a raw prepared statement.
 */
export async function apiSpeed(): Promise<Measured[]> {
  const file = `${folder()}/api.db`
  const db = await open(file)
  await stock(db, 2_000)
  const house = await apiHouse(db)
  const app = makeApp(house)
  const body = await (await app.request(PATH)).text()
  const look = new Database(file, { readonly: true }).prepare('pragma data_version').pluck()
  let changes = 0
  const changing = apiRoutes(house, () => `${look.get()} ${changes++}`)
  const rates = await compare({
    bare: sameBytes(PATH, body).fetch,
    app: app.fetch,
    raw: rawRoute(PATH, file, body).fetch,
    changing: changing.fetch,
  })
  await db.close()
  const what = `GET /v1/news (20 items, ${(Buffer.byteLength(body) / 1000).toFixed(1)} kB)`
  return [
    ratio(`${what}, data unchanged, against a bare Hono route, answers/s`, rates.app!, rates.bare!, 0.8),
    ratio(`${what}, data changed, against Hono with a raw statement, answers/s`, rates.changing!, rates.raw!, 0.5),
  ]
}

/**
 * Answers for each second of processor time that the serving thread used (the asking one is another process), the best of some
 * rounds in which all take turns: what else the machine does then weighs least.
 */
export async function compare(
  apps: Record<string, Fetch>,
  { path = PATH, headers = '', rounds = ROUNDS }: { path?: string; headers?: string; rounds?: number } = {},
): Promise<Record<string, number>> {
  const driver = loadDriver()
  const servers = await Promise.all(
    Object.entries(apps).map(async ([name, fetch]) => ({ name, ...(await serving(fetch)) })),
  )
  const best: Record<string, number> = {}
  for (let round = 0; round <= rounds; round++)
    for (const { name, port } of servers) {
      const before = process.cpuUsage()
      const { answers, bad } = await driver.run({ port, path, headers, connections: 32, ms: 500 })
      const { user, system } = process.cpuUsage(before)
      if (bad > 0) throw new Error(`${name} answered ${bad} of ${answers} badly`)
      if (round > 0) best[name] = Math.max(best[name] ?? 0, (answers / (user + system)) * 1e6)
    }
  driver.stop()
  for (const { server } of servers) server.close()
  return best
}

async function serving(fetch: Fetch) {
  const server = createAdaptorServer({ fetch: fetch as Parameters<typeof createAdaptorServer>[0]['fetch'] })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

export async function stock(db: Db, count: number): Promise<void> {
  await migrate(db, NOW)
  await inTx(db, async (tx) => {
    await syncSources(tx, knowledge, NOW)
    for (let from = 0; from < count; from += STEP) {
      const some = Array.from({ length: Math.min(STEP, count - from) }, (_, i) => itemOf(from + i))
      const items = await addItems(tx, some)
      await addLinks(
        tx,
        items.map(({ id, link }) => ({ item: id, source: 'accme-news', href: link })),
      )
    }
  })
}

const itemOf = (i: number) => ({
  title: `Rule ${i} of the standards explained`,
  text: 'Roles start after mitigation.',
  link: `https://example.org/${i}`,
  published: NOW,
  seen: NOW,
  old: 0,
  sample: 0,
  topic: knowledge.topics[i % 10]!.id,
  body: 'accme',
  region: 'us',
  tracks: ',program,',
  action: 0,
  action_date: null,
  why: JSON.stringify([{ label: 'topic', value: 'credit-system', cue: 'rule', where: 'title' }]),
  space: null,
})

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await apiSpeed()) ? 0 : 1
}
