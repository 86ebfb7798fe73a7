import type { Version } from '@cme-commons/db'
import type { Context } from 'hono'
import { type Answer, send } from './answer.ts'

/** Answers with what is kept under this address (path and query as written), or with what `make` makes; a `Response` is not kept. */
export type Kept = (c: Context, make: () => Promise<Answer | Response>) => Response | Promise<Response>

/** Characters: some thousand pages of news, a few megabytes. An entry weighs its address and its place in the map as well. */
const MOST = 8_000_000
const PLACE = 500
/** Nobody asks for the same page twice under an address longer than this. */
const LONGEST_ADDRESS = 500

/**
 * Keeps answers until `version` says that the data changed; of those that don't fit, the oldest leave first. What is kept
 * goes out without a promise where the database tells its version at once, which the HTTP adapter rewards.
 */
export function keepAnswers(version: () => Version | Promise<Version>, most = MOST): Kept {
  const answers = new Map<string, Answer>()
  let current: Version | undefined
  let size = 0

  const keep = (key: string, answer: Answer) => {
    if (answers.has(key) || key.length > LONGEST_ADDRESS) return
    answers.set(key, answer)
    size += weight(key, answer)
    for (const [oldest, old] of answers) {
      if (size <= most) break
      answers.delete(oldest)
      size -= weight(oldest, old)
    }
  }
  const find = (key: string, seen: Version): Answer | undefined => {
    if (seen !== current) {
      current = seen
      answers.clear()
      size = 0
    }
    return answers.get(key)
  }
  const answer = (c: Context, make: () => Promise<Answer | Response>, seen: Version) => {
    const key = addressOf(c)
    const found = find(key, seen)
    if (found) return send(c, found)
    return make().then((made) => {
      if (made instanceof Response) return made
      // What was made under an older version may lack what the newer one has.
      if (seen === current) keep(key, made)
      return send(c, made)
    })
  }
  return (c, make) => {
    const seen = version()
    return seen instanceof Promise ? seen.then((told) => answer(c, make, told)) : answer(c, make, seen)
  }
}

const weight = (key: string, { body }: Answer): number => body.length + key.length + PLACE

/** Path and query of a request, as written. */
export const addressOf = (c: Context): string => c.req.raw.url.slice(c.req.raw.url.indexOf('/', 8))
