import type { Read, Tx } from '@cme-commons/db'
import { type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Access, admitted, declared } from './access.ts'
import { jsonAnswer } from './answer.ts'
import type { Caller } from './caller.ts'
import { ok, wrong } from './describe.ts'
import type { ApiHouse } from './house.ts'
import { onceOnly } from './idempotency.ts'
import type { Kept } from './kept.ts'
import { type Current, changed } from './match.ts'
import { readBody, readQuery } from './read-request.ts'
import { isRefused, type Told, tellPrivately, tellProblem } from './told.ts'

export type Handler = (c: Context) => Response | Promise<Response>
/** One operation: how the document describes it, and what answers it. */
export type Operation = { route: RouteConfig; handle: Handler }

type Answers = RouteConfig['responses']
type Described = {
  path: string
  operationId: string
  tag: string
  summary: string
  description?: string
  access: Access
  /** An example of each parameter in the path. */
  params?: Readonly<Record<string, string>>
  answers: Answers
}
export type Asked<Q> = { c: Context; caller: Caller | undefined; query: Q; db: Read; id: string }
type ReadSpec<Q extends z.ZodObject> = Described & {
  query?: Q
  /** Keeps what is answered to those who have no token. */
  kept?: Kept
  handle(asked: Asked<z.output<Q>>): Promise<Told>
}

const NOTHING = z.strictObject({})

/** A `GET`. Without a token it may be kept by everybody, with one by nobody. */
export function reading<Q extends z.ZodObject = typeof NOTHING>(house: ApiHouse, spec: ReadSpec<Q>): Operation {
  const schema = (spec.query ?? NOTHING) as Q
  const handle = async (c: Context): Promise<Response> => {
    const caller = await admitted(c, house, spec.access)
    if (caller instanceof Response) return caller
    const make = async (): Promise<Told> => {
      const query = readQuery(c, schema)
      if (isRefused(query)) return query
      return spec.handle({ c, caller, query: query.value, db: house.db.read, id: c.req.param('id') ?? '' })
    }
    if (caller || !spec.kept) return tellPrivately(c, await make())
    return spec.kept(c, async () => {
      const said = await make()
      return isRefused(said) ? tellProblem(c, said) : jsonAnswer(said.json, { Vary: 'Authorization', ...said.headers })
    })
  }
  return { route: routeOf('get', spec, { query: schema }), handle }
}

export type Written<Q> = Omit<Asked<unknown>, 'query' | 'db' | 'caller'> & {
  caller: Caller
  tx: Tx
  body: Q
  /** What is there now, for an operation that changes it. */
  current: unknown
}
type WriteSpec<B extends z.ZodType> = Described & {
  method: 'post' | 'patch' | 'delete'
  body?: B
  /** What is there now, as `GET` tells it: then the request has to say with `If-Match` what it changes. */
  current?: Current
  handle(written: Written<z.output<B>>): Promise<Told>
}

/** An operation that changes something: in one transaction, which an answer other than a success undoes. */
export function writing<B extends z.ZodType = z.ZodUndefined>(house: ApiHouse, spec: WriteSpec<B>): Operation {
  const handle = async (c: Context): Promise<Response> => {
    const caller = await admitted(c, house, spec.access)
    if (caller instanceof Response) return caller
    if (!caller) throw new Error(`${spec.operationId} changes something: it needs a caller`)
    const read = spec.body ? await readBody(c, spec.body) : { value: undefined as z.output<B>, text: '' }
    if (isRefused(read)) return tellProblem(c, read)
    const said = await onceOnly(house, c, caller, read.text, async (tx) => {
      const current = spec.current ? await changed(c, tx, caller, spec.current) : undefined
      if (current && isRefused(current)) return current
      return spec.handle({ c, caller, tx, body: read.value, current: current?.value, id: c.req.param('id') ?? '' })
    })
    return tellPrivately(c, said)
  }
  return { route: routeOf(spec.method, spec, spec.body ? { body: spec.body } : {}, spec.current !== undefined), handle }
}

const IDEMPOTENCY = z.object({
  'Idempotency-Key': z
    .string()
    .max(200)
    .optional()
    .openapi({
      param: { name: 'Idempotency-Key', in: 'header' },
      description:
        'A name of your own for this request: sent again within a day it gets the same answer, and does nothing twice.',
      example: '0f6f9c1e-7d2a-4a52-9c53-2f4f3a3c8a10',
    }),
})
const MATCH = z.object({
  'If-Match': z.string().openapi({
    param: { name: 'If-Match', in: 'header' },
    description: 'The `ETag` of what you read and now change, or `*` for whatever is there.',
    example: '*',
  }),
})

function routeOf(
  method: RouteConfig['method'],
  { path, operationId, tag, summary, description, access, params = { id: '' }, answers }: Described,
  { query, body }: { query?: z.ZodObject; body?: z.ZodType },
  matches = false,
): RouteConfig {
  const names = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name!)
  const inPath = z.object(
    Object.fromEntries(
      names.map((name) => [name, z.string().openapi({ param: { name, in: 'path' }, example: params[name] ?? '' })]),
    ),
  )
  const headers = method === 'post' ? IDEMPOTENCY : matches ? MATCH : undefined
  return {
    method,
    path,
    operationId,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...declared(access),
    request: {
      ...(names.length > 0 ? { params: inPath } : {}),
      ...(query && Object.keys(query.shape).length > 0 ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: { ...answers, ...problemsOf(method, access, names.length > 0, query, body, matches) },
  }
}

function problemsOf(
  method: string,
  access: Access,
  inPath: boolean,
  query: z.ZodObject | undefined,
  body: z.ZodType | undefined,
  matches: boolean,
): Answers {
  return {
    ...(body
      ? {
          400: wrong('The body is no JSON, or the address has a NUL in it.'),
          413: wrong('The body is larger than 100 kB.'),
          415: wrong('The body is not sent as JSON.'),
        }
      : {}),
    ...(access === 'anyone'
      ? {}
      : { 401: wrong('No token came, or one that is unknown, ended or expired; `WWW-Authenticate` says which.') }),
    ...(access === 'anyone' || access === 'wider' || access === 'token'
      ? {}
      : { 403: wrong('The token is good, but not for this.') }),
    ...(inPath ? { 404: wrong('There is nothing of this id for this token.') } : {}),
    ...(method === 'post' ? { 409: wrong('It is there already, or was decided already.') } : {}),
    ...(matches
      ? { 412: wrong('It was changed since you read it: read it again.'), 428: wrong('`If-Match` is missing.') }
      : {}),
    ...(query || body || method !== 'get'
      ? { 422: wrong('Something in the request is wrong: `errors` points at it.') }
      : {}),
  }
}

export { ok }
