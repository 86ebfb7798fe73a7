import { readSearch, type Search } from '@cme-commons/core'
import { z } from '@hono/zod-openapi'

const MOST = 200

/** The parameters of a search in the news. */
export const searchParameters = {
  q: z
    .string()
    .max(MOST)
    .transform((said, issues) => {
      const read = readSearch(said)
      if (read.terms.length === 0 || read.filters.length > 0) issues.addIssue('nothing to look for')
      return read.terms
    })
    .optional()
    .openapi({
      param: {
        name: 'q',
        in: 'query',
        description:
          'Words that must all be there; `"a phrase"`, `beginn*`, `-without`. Plurals and accents do not matter.',
      },
      type: 'string',
      example: 'mitigation "financial relationships"',
    }),
  order: z
    .enum(['newest', 'relevance'])
    .default('newest')
    .openapi({
      param: { name: 'order', in: 'query', description: 'With `q`: the latest first, or what fits best.' },
      example: 'relevance',
    }),
}

export type Searched = Pick<Search, 'terms' | 'order'>

/** What is wrong with a parameter of a search, or nothing when it is another one. */
export function wrongSearch(name: string): string | undefined {
  if (name === 'q')
    return `Give words to look for, ${MOST} characters at most: mitigation "financial relationships" accredit* -webinar. Filters are parameters of their own.`
  if (name === 'order') return 'The order is newest or relevance.'
  return undefined
}

/** A page begins before the item of this number, or, of a ranked search, behind so many of those up to that number. */
export type Place = { before: number } | { upto: number; from: number }

/** Where the next page begins; says nothing to others, so that it may become something else. */
export const encodeCursor = (place: Place): string =>
  Buffer.from('before' in place ? `before ${place.before}` : `ranked ${place.upto} ${place.from}`).toString('base64url')

export function decodeCursor(said: string): Place | undefined {
  const [, before, upto, from] =
    /^(?:before (\d{1,10})|ranked (\d{1,10}) (\d{1,10}))$/.exec(Buffer.from(said, 'base64url').toString()) ?? []
  const place = before === undefined ? { upto: Number(upto), from: Number(from) } : { before: Number(before) }
  const numbers: number[] = Object.values(place)
  return numbers.every((one) => one < 2 ** 31) && encodeCursor(place) === said ? place : undefined
}
