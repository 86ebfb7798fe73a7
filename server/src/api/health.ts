import type { Context } from 'hono'
import { VERSION } from '../house.ts'
import { dataHeaders, problem } from '../problem.ts'
import { readyChecks } from './checks.ts'
import type { ApiHouse } from './house.ts'

const fresh = { ...dataHeaders, 'Cache-Control': 'no-store' }

/** `GET /healthz`: that the process answers. */
export const healthz = (c: Context): Response =>
  c.json({ status: 'alive', version: VERSION, uptime: Math.floor(process.uptime()) }, 200, fresh)

/** `GET /readyz`: that what is asked of it can be done, or a 503 that says what is wrong and what to do. A platform that is away is told beside. */
export const readyz = (house: ApiHouse) => async (c: Context) => {
  const checks = await readyChecks(house)
  const bad = checks.filter(({ ok, beside }) => !ok && !beside)
  if (bad.length === 0) return c.json({ status: 'ready', checks }, 200, fresh)
  return problem(c, 503, `Not ready. ${bad.map(({ say }) => say).join(' ')}`, {
    errors: bad.map(({ name, say }) => ({ pointer: `#/${name}`, detail: say })),
    headers: { 'Retry-After': '5' },
  })
}
