import { hash } from 'node:crypto'
import { keepAnswer, keptAnswer, type Tx, takeKey } from '@cme-commons/db'
import type { Context } from 'hono'
import type { Caller } from './caller.ts'
import type { ApiHouse } from './house.ts'
import { addressOf } from './kept.ts'
import { isRefused, type Refused, refused, type Told } from './told.ts'

/** Undoes the transaction of a request that is refused. */
class Undone extends Error {
  readonly said: Refused
  constructor(said: Refused) {
    super('refused')
    this.said = said
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/

/**
 * Does what a request asks for in one transaction, which a refusal undoes. Under an `Idempotency-Key` it is done once: the same request
 * gets the same answer again, another one under the key is refused. What was refused is not kept, so that it can be corrected.
 */
export async function onceOnly(
  house: ApiHouse,
  c: Context,
  { token, space }: Caller,
  body: string,
  work: (tx: Tx) => Promise<Told>,
): Promise<Told> {
  const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
  if (key !== undefined && !KEY.test(key))
    return refused(422, 'The key cannot be used: correct what `errors` points at.', [
      { pointer: '#/header/Idempotency-Key', detail: 'Give 1 to 200 letters, digits or signs without spaces.' },
    ])
  const request = hash('sha256', `${c.req.method} ${addressOf(c)}\n${body}`, 'hex')
  try {
    return await house.act(async (tx) => {
      if (key !== undefined) {
        const row = { token: token.id, key, request, space, at: new Date().toISOString() }
        if (!(await takeKey(tx, row))) return again(await keptAnswer(tx, token.id, key), request)
      }
      const said = await work(tx)
      if (isRefused(said)) throw new Undone(said)
      if (key !== undefined) {
        const { status, json, headers = {} } = said
        const answer = { status, headers: JSON.stringify(headers), body: JSON.stringify(json ?? null) }
        await keepAnswer(tx, { token: token.id, key }, answer)
      }
      return said
    })
  } catch (error) {
    if (error instanceof Undone) return error.said
    throw error
  }
}

/** What was answered under a key, once more; or the refusal where it was for something else. */
function again(kept: Awaited<ReturnType<typeof keptAnswer>>, request: string): Told {
  if (kept?.request !== request)
    return refused(422, 'This key stands for another request: take a new one for each request.', [
      { pointer: '#/header/Idempotency-Key', detail: 'Another address or another body was sent under it.' },
    ])
  return {
    status: kept.status as 200 | 201 | 204,
    json: JSON.parse(kept.body),
    headers: { ...(JSON.parse(kept.headers) as Record<string, string>), 'Idempotency-Replayed': 'true' },
  }
}
