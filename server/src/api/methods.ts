import type { Context } from 'hono'
import type { Router } from 'hono/router'
import { dataHeaders, problem } from '../problem.ts'
import { preflightHeaders } from './gate.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Answers what no route took: which methods an address has, or that there is nothing. */
export const notFound = (app: { router: Router<unknown> }) => (c: Context) => {
  const known = METHODS.filter((method) => app.router.match(method, c.req.path)[0].length > 0)
  if (known.length === 0)
    return problem(c, 404, 'There is nothing at this address: /v1/openapi.json lists what there is.')
  const headers = { Allow: [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ') }
  if (c.req.method === 'OPTIONS')
    return c.body(null, 204, { ...dataHeaders, ...headers, ...preflightHeaders(c, known.join(', ')) })
  return problem(c, 405, `This address answers ${headers.Allow} only.`, { headers })
}
