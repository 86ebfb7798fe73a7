import { inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW } from '../../../test/support/api-house.ts'
import { describeEachDatabase, freshSqlite } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'
import { health, problemDocument, readiness } from './schemas.ts'

describeEachDatabase((fresh) => {
  test('it is ready when the database, the content and the jobs are', async () => {
    const app = apiRoutes(await apiHouse(await (await fresh()).open()))
    const answer = await app.request('/readyz')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(readiness.parse(await answer.json()).checks.map(({ name }) => name)).toEqual([
      'database',
      'migrations',
      'content',
      'jobs',
    ])
    expect(health.parse(await (await app.request('/healthz')).json()).status).toBe('alive')
  })

  test('a database that is away makes it not ready but alive, and keeps its address to itself', async () => {
    const house = await apiHouse(await (await fresh()).open())
    const app = apiRoutes(house)
    await house.db.close()
    const answer = await app.request('/readyz')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    const { detail, errors } = problemDocument.parse(await answer.json())
    expect(errors).toEqual([{ pointer: '#/database', detail: expect.stringContaining('does not answer') }])
    expect(detail).not.toContain(house.db.where)
    expect((await app.request('/healthz')).status).toBe(200)
    expect([500, 503]).toContain((await app.request('/v1/news')).status)
  })
})

test('a platform that is away is told, and makes nothing else not ready', async () => {
  const heard = () => [
    { platform: 'slack' as const, connected: true },
    { platform: 'discord' as const, connected: false },
  ]
  const app = apiRoutes(await apiHouse(await (await freshSqlite()).open(), { heard }))
  const answer = await app.request('/readyz')
  expect(answer.status).toBe(200)
  const { checks } = readiness.parse(await answer.json())
  expect(checks.slice(-2)).toEqual([
    { name: 'slack', ok: true, say: 'Slack is connected.', beside: true },
    { name: 'discord', ok: false, say: expect.stringContaining('cme discord check'), beside: true },
  ])
})

test('each thing that is not well is said, with what to do', async () => {
  const house = await apiHouse(await (await freshSqlite()).open(), { atWork: () => false })
  await inTx(house.db, (tx) => tx.deleteFrom('migrations').where('name', '=', '0002-news').execute())
  const app = apiRoutes({ ...house, content: { ...house.content, topics: [] } })
  const { errors } = problemDocument.parse(await (await app.request('/readyz')).json())
  expect(errors!.map(({ pointer }) => pointer)).toEqual(['#/migrations', '#/content', '#/jobs'])
  expect(errors![0]!.detail).toContain('cme migrate')
  await inTx(house.db, (tx) => tx.insertInto('migrations').values({ name: '9999-later', at: NOW }).execute())
  const newer = problemDocument.parse(await (await app.request('/readyz')).json())
  expect(newer.errors![0]!.detail).toContain('update the program')
})
