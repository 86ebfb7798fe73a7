import { plus } from '@cme-commons/core'
import { changeSource, inTx, post } from '@cme-commons/db'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { apiHouse, NOW } from '../../../test/support/api-house.ts'
import { message } from '../../../test/support/couriers.ts'
import { describeEachDatabase, freshSqlite } from '../../../test/support/databases.ts'
import { makeApp } from '../http.ts'
import { makeMetrics } from './metrics.ts'
import { metricsRoutes } from './routes.ts'

const TOKEN = 'a-token-of-sixteen-characters'

/** The samples of an exposition in Prometheus's text format, by name with labels. */
function samplesIn(text: string): Record<string, number> {
  const line = /^([a-zA-Z_:][\w:]*(?:\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})?) (-?[\d.e+-]+|Nan|NaN|[+-]Inf)$/
  const rows = text.split('\n').filter((row) => row && !row.startsWith('# '))
  return Object.fromEntries(
    rows.map((row) => [line.exec(row)?.[1] ?? `no sample: ${row}`, Number(line.exec(row)?.[2])]),
  )
}

describeEachDatabase((fresh) => {
  test('it tells how much waits, what did not arrive, how old each source is, and what the platforms said', async () => {
    const db = await (await fresh()).open()
    await apiHouse(db)
    const metrics = makeMetrics({ db, now: () => NOW, version: '0.1.0', sinceLastTick: () => 42_000 })
    onTestFinished(metrics.stop)
    await inTx(db, async (tx) => {
      await post(tx, NOW, [
        message('a', { due: plus(NOW, -90_000) }),
        message('b', { due: NOW }),
        message('c', { due: plus(NOW, 60_000) }),
        message('d', { lane: 'webhook/wh1', due: plus(NOW, 60_000) }),
        ...['e', 'f', 'g'].map((key) => message(key, { due: NOW })),
      ])
      await sql`update deliveries set state = 'dead' where key in ('e', 'f')`.execute(tx)
      await sql`update deliveries set state = 'sending', lease_until = ${NOW} where key = 'g'`.execute(tx)
      await changeSource(tx, 'accme-news', {
        enabled: 1,
        url: 'https://example.org/',
        read_at: plus(NOW, -600_000),
        failures: 2,
      })
    })
    const chat = metrics.watch('chat', async (parcel) => (parcel.attempt === 1 ? { done: true } : { later: 1_000 }))
    for (const attempt of [1, 1, 2]) await chat({ attempt } as never)
    await expect(metrics.watch('chat', () => Promise.reject(new Error('x')))({} as never)).rejects.toThrow()
    metrics.heard({ request: '', method: 'GET', url: '/v1/members/m1', status: 429, ms: 3 })
    const { type, body } = await metrics.text()
    expect(type).toMatch(/^text\/plain; version=/)
    const samples = samplesIn(body)
    expect(samples).toMatchObject({
      'cme_build_info{version="0.1.0"}': 1,
      'cme_queue_depth{platform="chat"}': 3,
      'cme_queue_due{platform="chat"}': 2,
      'cme_queue_oldest_seconds{platform="chat"}': 90,
      'cme_queue_depth{platform="webhook"}': 1,
      'cme_queue_due{platform="webhook"}': 0,
      'cme_deliveries{state="dead"}': 2,
      'cme_deliveries{state="sending"}': 1,
      'cme_source_age_seconds{source="accme-news"}': 600,
      'cme_source_failures{source="accme-news"}': 2,
      cme_tick_age_seconds: 42,
      cme_quarantined: 0,
      'cme_deliveries_total{platform="chat",outcome="done"}': 2,
      'cme_deliveries_total{platform="chat",outcome="later"}': 1,
      'cme_deliveries_total{platform="chat",outcome="failed"}': 1,
      'cme_rate_limited_total{platform="chat"}': 1,
      'cme_http_request_seconds_count{status="4xx"}': 1,
    })
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
    ])
      expect(samples[name], name).toBeGreaterThanOrEqual(0)
    expect(Object.keys(samples).filter((name) => name.startsWith('no sample'))).toEqual([])
    expect(body).not.toMatch(/U1|T1|m1|example\.org/)
  })
})

test('what Prometheus asks often is asked of the database once in a while', async () => {
  const db = await (await freshSqlite()).open()
  const metrics = makeMetrics({ db, now: () => NOW, version: '0.1.0', sinceLastTick: () => undefined })
  onTestFinished(metrics.stop)
  await metrics.text()
  await inTx(db, (tx) => post(tx, NOW, [message('a')]))
  const [one, two] = await Promise.all([metrics.text(), metrics.text()])
  expect(one.body).not.toContain('cme_queue_depth{')
  expect(two.body).not.toContain('cme_tick_age_seconds 0.')
})

test('only whoever has the operator’s token sees it; without a token there is nothing to see', async () => {
  const db = await (await freshSqlite()).open()
  const text = async () => ({ type: 'text/plain; version=0.0.4', body: 'cme_build_info 1\n' })
  const app = makeApp(await apiHouse(db), [metricsRoutes({ text }, TOKEN)])
  const ask = async (authorization?: string) =>
    app.request('/metrics', authorization ? { headers: { authorization } } : {})
  for (const said of [undefined, 'Bearer', `Bearer ${TOKEN.slice(1)}`, `Basic ${btoa(`a:${TOKEN}`)}`, TOKEN]) {
    const refused = await ask(said)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')])
  }
  const good = await app.request('/metrics', { headers: { authorization: 'Bearer another-token-0123456789' } })
  expect(good.status).toBe(401)
  const right = makeApp(await apiHouse(db), [metricsRoutes({ text }, 'another-token-0123456789')])
  const answer = await right.request('/metrics', { headers: { authorization: 'Bearer another-token-0123456789' } })
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
    200,
    'cme_build_info 1\n',
    'no-store',
  ])
  expect((await makeApp(await apiHouse(db)).request('/metrics')).status).toBe(404)
})
