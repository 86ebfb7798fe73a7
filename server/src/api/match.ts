import type { Read, Tx } from '@cme-commons/db'
import type { Context } from 'hono'
import { jsonAnswer } from './answer.ts'
import type { Caller } from './caller.ts'
import { type Refused, refused } from './told.ts'

/** What there is of this id for this caller, exactly as `GET` tells it; nothing when there is none. */
export type Current = (db: Read, caller: Caller, id: string) => Promise<unknown>

const GONE = 'There is nothing of this id for this token: it was taken out, or is another community’s.'

/**
 * What is there now, if it is what the request means to change: `If-Match` names the validator of the answer that it was read from (of its
 * compressed form as well), or `*`.
 */
export async function changed(
  c: Context,
  tx: Tx,
  caller: Caller,
  current: Current,
): Promise<{ value: unknown } | Refused> {
  const value = await current(tx, caller, c.req.param('id') ?? '')
  if (value === undefined) return refused(404, GONE)
  const said = c.req.header('if-match')
  if (said === undefined)
    return refused(428, 'Say what you change: send the `ETag` of what you read as `If-Match`, or `If-Match: *`.')
  const { tag } = jsonAnswer(value)
  const names = said.split(',').map((one) => one.trim().replace(/\.gz"$/, '"'))
  if (names.includes('*') || names.includes(`"${tag}"`)) return { value }
  return refused(412, 'This was changed since you read it: read it again, and make your change to what is there now.')
}
