import type { Db } from '@cme-commons/db'
import { type GateSettings, makeGate } from '../../server/src/api/gate.ts'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { apiWorld } from './api-world.ts'
import { freshSqlite } from './databases.ts'

export type Body = Record<string, unknown>

/** The API of a world in which requests are a moderator’s unless they say otherwise. */
export async function started(db?: Db, gate: Partial<GateSettings> & { clock?: () => number } = {}) {
  const settings = { rateLimit: 0, tokenRateLimit: 0, proxies: 0, corsOrigins: [], ...gate }
  const { house, tokens } = await apiWorld(db ?? (await (await freshSqlite()).open()), {
    gate: makeGate(settings, gate.clock),
  })
  const app = apiRoutes(house)
  const send = async (method: string, path: string, json?: Body, headers: Record<string, string> = {}) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' }
    return app.request(path, { method, headers: { ...type, ...tokens.moderator, ...headers }, ...body })
  }
  const get = async (path: string) => (await (await send('GET', path)).json()) as Body
  return { house, app, tokens, send, get }
}
