import { JURISDICTIONS, type Jurisdiction, type Knowledge, lookup, type Term } from '@cme-commons/core'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import { addressOf, type Kept } from './kept.ts'

const JURISDICTION_IDS = Object.keys(JURISDICTIONS) as [Jurisdiction, ...Jurisdiction[]]
const NAMES = ['jurisdiction', 'q']
const MOST_Q = 100

/** The query of `GET /v1/glossary`. */
export const glossaryQuery = z.strictObject({
  jurisdiction: z
    .preprocess(
      (said) => (typeof said === 'string' ? [...new Set(said.split(',').map((id) => id.trim()))] : said),
      z.array(z.enum(JURISDICTION_IDS)),
    )
    .optional()
    .openapi({
      param: {
        name: 'jurisdiction',
        in: 'query',
        style: 'form',
        explode: false,
        description: 'Used in any of these; `intl` are terms used everywhere.',
      },
      example: ['eu', 'uk'],
    }),
  q: z
    .string()
    .trim()
    .max(MOST_Q)
    .optional()
    .openapi({
      param: { name: 'q', in: 'query', description: 'Letters in any case, or words of a name or a meaning.' },
      example: 'ecmec',
    }),
})

/** A term as the API tells it; the shape is `glossaryTerm` of the schemas. */
export const termJson = ({
  id,
  letters,
  name,
  jurisdiction,
  says,
  not,
  see,
  also,
  source,
  checked,
  confidence,
}: Term) => ({
  id,
  letters,
  name,
  jurisdiction,
  says,
  not: not ?? null,
  see: see ?? [],
  also: also ?? [],
  source,
  checked,
  confidence,
})

/** `GET /v1/glossary` */
export function listTerms({ glossary }: Knowledge, kept: Kept) {
  const make = async (c: Context): Promise<Answer | Response> => {
    const address = addressOf(c)
    const said = new URLSearchParams(address.includes('?') ? address.slice(address.indexOf('?') + 1) : '')
    const read = glossaryQuery.safeParse(
      Object.fromEntries([...new Set(said.keys())].map((name) => [name, said.getAll(name).join(',')])),
    )
    if (!read.success)
      return problem(c, 422, 'The query cannot be answered: correct what `errors` points at.', {
        errors: read.error.issues.slice(0, 10).flatMap(wrongs),
      })
    const { jurisdiction, q } = read.data
    const inside = jurisdiction ? glossary.filter((term) => jurisdiction.includes(term.jurisdiction)) : glossary
    return jsonAnswer({ terms: (q ? matching(inside, q) : inside).map(termJson) })
  }
  return (c: Context) => kept(c, () => make(c))
}

/** `GET /v1/glossary/{id}` */
export function oneTerm({ glossary }: Knowledge, kept: Kept) {
  const make = async (c: Context): Promise<Answer | Response> => {
    const term = glossary.find(({ id }) => id === c.req.param('id'))
    return term ? jsonAnswer(termJson(term)) : problem(c, 404, 'No term has this id: GET /v1/glossary lists them.')
  }
  return (c: Context) => kept(c, () => make(c))
}

/** What the words mean first, then every term that has them in letters, name or meaning. */
export function matching(glossary: readonly Term[], q: string): Term[] {
  const words = q.toLowerCase().split(/\s+/)
  const having = glossary.filter(({ letters, name, says, also = [] }) => {
    const text = [letters, name, says, ...also].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return [...new Set([...lookup(glossary, q).found, ...having])]
}

function wrongs(issue: z.core.$ZodIssue): { pointer: string; detail: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, 10).map((key) => ({
      pointer: `#/query/${key.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: `This is no parameter of the glossary; there are ${NAMES.join(', ')}.`,
    }))
  const name = String(issue.path[0])
  const detail =
    name === 'q'
      ? `Give at most ${MOST_Q} characters.`
      : `This is no jurisdiction of the glossary; known are ${JURISDICTION_IDS.join(', ')}.`
  return [{ pointer: `#/query/${name}`, detail }]
}
