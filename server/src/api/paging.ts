import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { queryOf } from './news.ts'
import { type Told, told } from './told.ts'

const MOST_CURSOR = 800

/** The parameters of every list that comes in pages. */
export const pageParameters = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .openapi({ param: { name: 'limit', in: 'query', description: 'How many on a page.' }, example: 10 }),
  cursor: z
    .string()
    .max(MOST_CURSOR)
    .transform((said, issues) => {
      const place = placeOf(said)
      if (!place)
        issues.addIssue({
          code: 'custom',
          message: 'This is no cursor of ours: take `next` of the page before as it is, or begin without one.',
        })
      return place ?? []
    })
    .optional()
    .openapi({
      param: { name: 'cursor', in: 'query', description: 'The `next` of the page before; opaque.' },
      type: 'string',
      example: cursorOf(['2026-11-23T08:00:00.000Z', 'x1']),
    }),
}

/** Where a page begins: the values of the last row before it, by which the list is in order. */
export type PlaceInList = readonly string[]

export const next = z.string().nullable().describe('The `cursor` of the next page; null on the last.')

function cursorOf(place: PlaceInList): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function placeOf(said: string): PlaceInList | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(said, 'base64url').toString())
    const good =
      Array.isArray(place) &&
      place.length > 0 &&
      place.length <= 4 &&
      place.every((one) => typeof one === 'string' && !one.includes('\0') && one.isWellFormed())
    return good && cursorOf(place) === said ? place : undefined
  } catch {
    return undefined
  }
}

/**
 * One page of `rows`, of which the caller read one more than `limit` where there are more. `place` tells by what a row stands where it
 * does; `Link` leads to the next page, relative, so that it holds under whatever name a proxy shows us.
 */
export function paged<R>(
  c: Context,
  name: string,
  rows: readonly R[],
  limit: number,
  place: (row: R) => PlaceInList,
  json: (row: R) => unknown,
): Told {
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  const cursor = last === undefined ? null : cursorOf(place(last))
  const value = { [name]: shown.map(json), next: cursor }
  if (cursor === null) return told(value)
  const query = new URLSearchParams(queryOf(c))
  query.set('cursor', cursor)
  return told(value, { Link: `<${c.req.path}?${query}>; rel="next"` })
}

/** The schema of a page. */
export const pageOf = <S extends z.ZodType>(name: string, schema: S) =>
  z.strictObject({ [name]: z.array(schema), next })
