import { open } from '@cme-commons/db'
import { Hono } from 'hono'
import { makeGate } from '../../server/src/api/gate.ts'
import { makeApp } from '../../server/src/http.ts'
import { apiHouse } from '../support/api-house.ts'
import { calendarIn } from '../support/calendar-house.ts'
import { compare, stock } from './api.ts'
import { folder, type Measured, machine, print, ratio } from './measure.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const ROUNDS = 5
const DATES = 60

/** What each kind of endpoint is measured by. */
const ENDPOINTS = {
  list: '/v1/news',
  item: '/v1/news/i1',
  search: '/v1/news?q=rule+explained&order=relevance',
  dates: '/v1/dates',
  calendar: '/v1/conferences.ics',
  feed: '/v1/news.atom',
} as const

/**
 * Each kind of endpoint as it is in use, with every caller counted, against a bare Hono route that has the same bytes; and a 304 against a
 * bare route that says 304 with the same headers.
 */
export async function endpointSpeed(): Promise<Measured[]> {
  const db = await open(`${folder()}/endpoints.db`)
  await stock(db, 2_000)
  await calendarIn(
    db,
    NOW,
    Array.from({ length: DATES }, (_, i) => ({ title: `Date ${i}` })),
  )
  const gate = makeGate({ rateLimit: 1e9, tokenRateLimit: 1e9, proxies: 0, corsOrigins: [] })
  const app = makeApp(await apiHouse(db, { gate }))
  const measured: Measured[] = []
  for (const [name, path] of Object.entries(ENDPOINTS)) {
    const answer = await app.request(path)
    const body = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    const type = answer.headers.get('content-type')!
    const bare = new Hono().get(path.split('?')[0]!, (c) => c.body(body, 200, { 'Content-Type': type }))
    const rates = await compare({ bare: bare.fetch, app: app.fetch }, { path, rounds: ROUNDS })
    const size = `${(Buffer.byteLength(body) / 1000).toFixed(1)} kB`
    measured.push(
      ratio(`${name}: GET ${path} (${size}) against a bare Hono route, answers/s`, rates.app!, rates.bare!, 0.5),
    )
  }
  const { headers } = await app.request(ENDPOINTS.list)
  const tag = headers.get('etag')!
  const same = { ETag: tag, 'Cache-Control': headers.get('cache-control')!, Vary: headers.get('vary')! }
  const bare = new Hono().get(ENDPOINTS.list, (c) => c.body(null, 304, same))
  const rates = await compare(
    { bare: bare.fetch, app: app.fetch },
    { path: ENDPOINTS.list, headers: `If-None-Match: ${tag}\r\n`, rounds: ROUNDS },
  )
  measured.push(
    ratio(
      `304: GET ${ENDPOINTS.list} against a bare Hono route that says 304 with the same headers, answers/s`,
      rates.app!,
      rates.bare!,
      0.8,
    ),
  )
  await db.close()
  return measured
}

if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await endpointSpeed()) ? 0 : 1
}
