import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unread } from '@cme-commons/app'
import { type Db, inTx, migrate, open, putSource } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { pollDue } from '@cme-commons/server'
import { feedOf } from '../support/news-site.ts'
import { knowledge } from '../support/world.ts'
import { folder, type Measured, machine, print, seconds } from './measure.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const SOURCES = 1_000
/** Few enough to be read in a moment: what they hold is what reading holds anyway. */
const FEW = 100
const ITEMS = 20
/** How long each server takes before it answers, in milliseconds. */
const SLOW = 300
const log = { ...console, info() {} } as never

/** A thousand sources, each on a host of its own that takes 0.3 s to answer, all due at once: how long a turn takes, and what it holds. */
export async function pollingSpeed(): Promise<Measured[]> {
  const server = createServer((request, response) => {
    const n = Number(request.url!.slice(1))
    const body = feedOf(Array.from({ length: ITEMS }, (_, i) => storyOf(n, i)))
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body), SLOW)
  })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const few = await polled(FEW, port)
  const all = await polled(SOURCES, port)
  server.close()
  return [
    { what: `${SOURCES} sources due at once, ${ITEMS} items each, seconds`, value: all.took, atMost: 60 },
    {
      what: `memory held at the most above the start, times that of ${FEW} sources (${all.mb.toFixed(0)} MB against ${few.mb.toFixed(0)})`,
      value: all.mb / Math.max(few.mb, 10),
      atMost: 1.5,
    },
  ]
}

async function polled(count: number, port: number) {
  const db = await open(`${folder()}/polling-${count}.db`)
  await migrate(db, NOW)
  await stock(db, count, port)
  const reader = createReader({ userAgent: 'bench', allow: ['127.0.0.0/8'] })
  const before = held()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, held() - before)
  }, 500)
  const took = await seconds(async () => {
    const results = await pollDue({ db, content: knowledge, reader, wake: async () => {}, log }, NOW)
    const stored = results.filter((one) => 'items' in one && one.items === ITEMS).length
    if (stored !== count) throw new Error(`${stored} of ${count} sources were stored whole`)
  })
  clearInterval(watch)
  await reader.close()
  await db.close()
  return { took, mb: most / 2 ** 20 }
}

/** What is held after a collection; collected anew each time, so that it is not what waits to be. It takes time: ask seldom. */
function held(): number {
  gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const stock = (db: Db, count: number, port: number): Promise<void> =>
  inTx(db, async (tx) => {
    for (let i = 0; i < count; i++) {
      const url = `http://127.1.${i >> 8}.${i & 255}:${port}/${i}`
      await putSource(tx, { ...unread(`s${i}`, NOW), name: `Source ${i}`, url, enabled: 1 }, {})
    }
  })

const storyOf = (source: number, i: number) => ({
  id: `urn:${source}:${i}`,
  title: `Society ${source} explains rule ${i} of continuing medical education`,
  link: `https://example.org/${source}/${i}`,
  at: new Date(Date.parse(NOW) - i * 3_600_000).toISOString(),
  text: 'Providers read what changed: gaps, needs, independence and evaluation.',
})

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await pollingSpeed()) ? 0 : 1
}
