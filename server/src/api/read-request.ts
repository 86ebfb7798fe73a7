import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { queryOf } from './news.ts'
import { type Refused, refused, UNUSABLE, type Wrong } from './told.ts'

const MOST_WRONG = 10
/** Characters of a body that are read; a table of dates has a few thousand. */
export const MOST_BODY = 100_000

const unanswerable = (errors: readonly Wrong[]): Refused =>
  refused(422, 'The query cannot be answered: correct what `errors` points at.', errors)
const unusable = (errors: readonly Wrong[]): Refused => refused(422, UNUSABLE, errors)

/** The query of a request as its schema reads it. A parameter that is given twice counts as a list between commas. */
export function readQuery<Q extends z.ZodObject>(c: Context, schema: Q): { value: z.output<Q> } | Refused {
  const said = new URLSearchParams(queryOf(c))
  const given = Object.fromEntries([...new Set(said.keys())].map((name) => [name, said.getAll(name).join(',')]))
  const read = schema.safeParse(given)
  if (read.success) return { value: read.data }
  return unanswerable(wrongsOf(read.error, '#/query', Object.keys(schema.shape)))
}

/** The JSON body of a request as its schema reads it. */
export async function readBody<B extends z.ZodType>(
  c: Context,
  schema: B,
): Promise<{ value: z.output<B>; text: string } | Refused> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  const text = await c.req.text()
  if (type !== 'application/json' && type !== 'application/merge-patch+json')
    return refused(415, 'Send the body as JSON, with `Content-Type: application/json`.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused(400, 'The body is no JSON: correct it, and send it whole.')
  }
  const strange = strangeText(value, '#')
  if (strange)
    return unusable([
      { pointer: strange, detail: 'This has a character that is none, or goes too deep: leave it out.' },
    ])
  const read = schema.safeParse(value)
  if (read.success) return { value: read.data, text }
  return unusable(wrongsOf(read.error, '#', 'shape' in schema ? Object.keys(schema.shape as object) : []))
}

/** Deeper than any body of ours; what goes down further is somebody's try. */
const DEEPEST = 12

/** Where a text has a NUL or half a character, which PostgreSQL does not take, or where values are nested without an end. */
function strangeText(value: unknown, at: string, depth = 0): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > DEEPEST) return at
  for (const [name, one] of Object.entries(value)) {
    const found = strangeText(one, `${at}/${escaped(name)}`, depth + 1)
    if (found) return found
  }
  return undefined
}

/** A name as a JSON pointer in a fragment has it. */
const escaped = (name: string): string =>
  encodeURIComponent(name.slice(0, 60).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))

function wrongsOf(error: z.ZodError, root: string, names: readonly string[]): Wrong[] {
  return error.issues.flatMap((issue) => wrongs(issue, root, names)).slice(0, MOST_WRONG)
}

function wrongs(issue: z.core.$ZodIssue, root: string, names: readonly string[]): Wrong[] {
  const pointer = [root, ...issue.path.map((part) => escaped(String(part)))].join('/')
  // In a query a list stands between commas: its members have no address of their own.
  const at = root === '#/query' ? `${root}/${escaped(String(issue.path[0] ?? ''))}` : pointer
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escaped(key)}`,
      detail:
        issue.path.length > 0 || names.length === 0
          ? 'Nothing of this name belongs here.'
          : `Nothing of this name belongs here; there are ${names.join(', ')}.`,
    }))
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((a, b) => b.length - a.length).at(-1)?.[0]
    if (closest) return wrongs({ ...closest, path: [...issue.path, ...closest.path] } as z.core.$ZodIssue, root, names)
  }
  return [{ pointer: at, detail: sayOf(issue) }]
}

function sayOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.path.length > 0
        ? `This is missing or no ${issue.expected}: give it.`
        : `This has to be ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`
    case 'invalid_value':
      return `Choose one of ${issue.values.map(String).join(', ')}.`
    case 'too_big':
      return `At most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' of them' : ''}.`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'This must not be empty.'
        : `At least ${String(issue.minimum)}${issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' of them' : ''}.`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'This is not written as it should be: see the document at /v1/openapi.json.'
    default:
      return issue.message.endsWith('.') ? issue.message : 'This cannot be read: see the document at /v1/openapi.json.'
  }
}

const FORMATS: Record<string, string> = {
  date: 'Write a day as in 2027-03-14.',
  datetime: 'Write a moment as in 2027-03-14T09:00:00Z.',
  url: 'Write a whole address, as in https://example.org/meeting.',
}
