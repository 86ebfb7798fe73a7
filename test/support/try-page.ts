import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { freshSqlite } from './databases.ts'
import { tryHouse } from './try-house.ts'

/** The try-out page on a port of its own, on a Monday at 10:00 in New York, until the end of the test. */
export async function openTryPage() {
  const house = await tryHouse(await (await freshSqlite()).open())
  const server = await new Promise<ReturnType<typeof serve>>((listening) => {
    const made = serve({ fetch: tryRoutes(house).fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  })
  const bound = server.address()
  return { house, address: `http://localhost:${typeof bound === 'object' && bound ? bound.port : ''}/try` }
}
