import { createMiddleware } from 'hono/factory'
import type { z } from 'zod'
import { problem } from '../problem.ts'
import type { TryHouse } from './house.ts'
import { channelsOf, type Person, somebody } from './space.ts'
import type { Where } from './talk.ts'

/** Reads the JSON body by `schema` into `input`; the first rule that it breaks is the detail of the problem. */
export const json = <S extends z.ZodType>(schema: S) =>
  createMiddleware<{ Variables: { input: z.output<S> } }>(async (c, next) => {
    const given = await c.req.json().catch(() => undefined)
    if (given === undefined) return problem(c, 400, 'The body is not JSON: check its quotes and brackets.')
    if (JSON.stringify(given).includes('\\u0000'))
      return problem(c, 422, 'A text has a character in it that no text has (NUL): leave it out.')
    const read = schema.safeParse(given)
    if (!read.success) return problem(c, 422, read.error.issues[0]!.message)
    c.set('input', read.data)
    return next()
  })

/** Finds who acts, and checks that she may be in the channel. */
export const acting = (house: TryHouse) =>
  createMiddleware<{ Variables: { input: { as: string; channel?: string | undefined }; at: Where } }>(
    async (c, next) => {
      const { as, channel } = c.get('input')
      const who = await somebody(house.db.read, as)
      if (!who) return problem(c, 404, nobody(as))
      const there = channel === undefined ? [] : await channelsOf(house.db.read, who)
      const found = there.find((one) => one.id === channel)
      if (channel !== undefined && !found) {
        return problem(
          c,
          404,
          `${who.name} sees no channel "${channel}": use one of ${there.map((one) => one.id).join(', ')}.`,
        )
      }
      if (found?.closed && 'text' in c.get('input'))
        return problem(c, 409, `#${channel} is closed: what was written stays to be read, and nobody can write there.`)
      c.set('at', { who, ...(channel === undefined ? {} : { channel }) })
      return next()
    },
  )

/** Finds who looks: `?as=` with a member's id. */
export const looking = (house: TryHouse) =>
  createMiddleware<{ Variables: { who: Person; after: number | undefined } }>(async (c, next) => {
    const as = c.req.query('as') ?? ''
    const who = await somebody(house.db.read, as)
    if (!who) return problem(c, 404, nobody(as))
    const after = c.req.header('last-event-id') ?? c.req.query('after')
    if (after !== undefined && !/^\d{1,15}$/.test(after))
      return problem(c, 422, '"after" is the highest "seq" that you have seen, a whole number.')
    c.set('who', who)
    c.set('after', after === undefined ? undefined : Math.min(Number(after), 2 ** 31 - 1))
    return next()
  })

const nobody = (as: string): string =>
  as
    ? `There is no member "${as.slice(0, 60)}": GET /try/state lists the members, POST /try/people makes one.`
    : 'Say who you are: add as=sara, or another member that GET /try/state lists.'
