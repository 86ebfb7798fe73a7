import { randomUUID } from 'node:crypto'
import { DbError, explained } from '@cme-commons/db'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { problem } from '../problem.ts'
import { requestOf } from '../requests.ts'
import type { ErrorLog } from './house.ts'

/** What one who asked is told after a failure, and the name under which the log has it. Nothing of the error itself. */
export type Apology = { status: 500 | 503; say: string; instance: string }

/** Logs a failure once. A database that is away is a 503: it may be back in a moment. */
export function apologyFor(error: Error, c: Context, log: ErrorLog): Apology {
  const id = randomUUID()
  const instance = `urn:uuid:${id}`
  log.error({ id, request: requestOf(c), err: error, method: c.req.method, path: routePath(c) }, 'a request failed')
  if (explained(error, '') instanceof DbError)
    return { status: 503, say: 'The database does not answer right now: try again in a moment.', instance }
  return {
    status: 500,
    say: 'Something went wrong here and is logged: try again, or tell the operator the `instance`.',
    instance,
  }
}

/** The error handler of everything that answers data. */
export const dataFailed = (log: ErrorLog) => (error: Error, c: Context) => {
  if (error instanceof HTTPException && error.status < 500) return problem(c, error.status as 400, error.message)
  const { status, say, instance } = apologyFor(error, c, log)
  return problem(c, status, say, { instance, headers: status === 503 ? { 'Retry-After': '5' } : {} })
}
