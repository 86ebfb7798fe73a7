import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { syncSources, unread } from '@cme-commons/app'
import { findSource, inTx, migrate, open, putSource } from '@cme-commons/db'
import { createReader, type Reading } from '@cme-commons/feeds'
import { store } from '@cme-commons/server'
import { createAdaptorServer } from '@hono/node-server'
import { makeApp } from '../../server/src/http.ts'
import { apiHouse } from '../support/api-house.ts'
import { startPostgres } from '../support/postgres.ts'
import { command } from '../support/templates.ts'
import { knowledge } from '../support/world.ts'
import { folder, type Measured, machine, print, ratio, seconds } from './measure.ts'
import { percentile, probe } from './probe.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const ITEMS = 5_000
/** What a poll keeps of one reading. */
const KEPT = 200
const ROUNDS = 6
const log = { ...console, info() {} } as never

type Parser = { parseString(text: string): Promise<unknown> }
/** The library that reads feeds, as its users call it. */
const bareParser = (): Parser => {
  const Library = createRequire(new URL('../../packages/feeds/src/xml.ts', import.meta.url))('rss-parser')
  return new Library()
}

/**
 * A feed of 5,000 items decoded, cleaned, parsed, classified and stored, against the library's bare `parseString` of the same text, and how
 * long `/v1/news` takes meanwhile: as a poll does it, which keeps the 200 newest items. Then how fast all of them would be kept.
 */
export async function ingestSpeed(): Promise<Measured[]> {
  const text = documentOf()
  let bare = 0
  for (let round = 0; round < ROUNDS; round++)
    bare = Math.max(bare, ITEMS / (await seconds(() => bareParser().parseString(text))))
  const bytes = new TextEncoder().encode(text)
  const server = await startPostgres()
  const onServer = async (name: string) => {
    await command(server.url, `create database ${name}`)
    return Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  }
  // A PostgreSQL server on this machine works beside the reader, its thread and who asks: on two cores everybody waits for somebody.
  const databases = [
    { name: 'SQLite', fresh: async (name: string) => `${folder()}/${name}.db`, atLeast: 0.5, atMost: 10 },
    { name: 'PostgreSQL', fresh: onServer, atLeast: 0.25, atMost: 30 },
  ]
  const measured: Measured[] = []
  for (const { name, fresh, atLeast, atMost } of databases) {
    const what = `${name}: ${ITEMS} items read`
    const newest = await ingested(bytes, KEPT, ROUNDS, fresh)
    measured.push(
      ratio(`${what}, the ${KEPT} newest kept, against bare parsing, items/s`, newest.rate, bare, atLeast),
      {
        what: `${what}, /v1/news meanwhile, 99th percentile, ms`,
        value: newest.p99,
        atMost,
      },
    )
    const all = await ingested(bytes, ITEMS, 2, fresh)
    measured.push(ratio(`${what}, all of them kept, against bare parsing, items/s`, all.rate, bare, 0.02))
  }
  await server.stop()
  return measured
}

/** The best of some rounds after a first one that only warms up, each into an empty database that is asked for news all the while. */
async function ingested(bytes: Uint8Array, kept: number, rounds: number, fresh: (name: string) => Promise<string>) {
  const reader = createReader({ userAgent: 'bench', maxItems: kept })
  let rate = 0
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const db = await open(await fresh(`kept${kept}_${round}`))
    await migrate(db, NOW)
    await inTx(db, async (tx) => {
      await syncSources(tx, knowledge, NOW)
      await putSource(tx, { ...unread('wire', NOW), name: 'wire', url: 'http://wire.example/', enabled: 1 }, {})
    })
    const source = (await findSource(db.read, 'wire'))!
    const app = makeApp(await apiHouse(db))
    const server = createAdaptorServer({ fetch: app.fetch as never })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const asking = probe(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/news`, 5)
    await new Promise((then) => setTimeout(then, 500))
    asking.begin()
    const took = await seconds(async () => {
      const read = await reader.parse(bytes)
      if ('trouble' in read) throw new Error(read.trouble.say)
      const reading: Reading = { kind: 'items', feed: read.feed, validators: {}, url: source.url! }
      await store({ db, content: knowledge, reader, wake: async () => {}, log }, source, reading, NOW)
    })
    const asked = await asking.end()
    asking.stop()
    server.close()
    await db.close()
    if (round === 0) continue
    times.push(...asked)
    rate = Math.max(rate, ITEMS / took)
  }
  await reader.close()
  return {
    rate,
    p99: percentile(
      times.sort((a, b) => a - b),
      0.99,
    ),
  }
}

const SUBJECTS = [
  'Joint accreditation',
  'The Standards for Integrity',
  'PARS',
  'EACCME',
  'Commendation',
  'MOC reporting',
]
const VERBS = ['explains', 'changes', 'asks about', 'reports on', 'opens', 'reviews']
const PARAGRAPH =
  '<p>Providers of <b>continuing education</b> read what changed: gaps, needs, independence and <a href="https://example.org/evaluation">evaluation</a>. Planners and faculty tell of relevant financial relationships, and owners of ineligible companies stay out of it.</p>'

/** An item as feeds of real publishers have them, of 2.3 kB on average: a summary, the whole text, an author and categories. */
const itemOf = (i: number): string => {
  const title = `${SUBJECTS[i % 6]} ${VERBS[(i >> 2) % 6]} rule ${i} of continuing medical education`
  const at = new Date(Date.parse(NOW) - i * 60_000).toUTCString()
  return `<item><title>${title}</title><link>https://example.org/news/${i}</link><dc:creator>The editors</dc:creator><pubDate>${at}</pubDate>
<category>Education</category><category>Accreditation</category><guid isPermaLink="false">urn:bench:${i}</guid>
<description><![CDATA[<p>What changed in criterion ${i}, for whom, and from when. ${PARAGRAPH}]]></description>
<content:encoded><![CDATA[<p>Rule ${i}.</p>${PARAGRAPH.repeat(6)}]]></content:encoded></item>`
}
const documentOf = (): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Made-up society</title><link>https://example.org/</link>${Array.from({ length: ITEMS }, (_, i) => itemOf(i)).join('')}</channel></rss>`

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await ingestSpeed()) ? 0 : 1
}
