import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { dataHeaders, problem } from '../problem.ts'
import { jsonAnswer, send } from './answer.ts'
import { privateHeaders } from './caller.ts'

export type Wrong = { pointer: string; detail: string }

/** What an operation answers, before it is drawn: a value as JSON, or why not. */
export type Told =
  | {
      status: 200 | 201 | 204
      json?: unknown
      /** Told with the JSON this one time, and never kept to be told again: a secret. */
      once?: Readonly<Record<string, string>>
      headers?: Readonly<Record<string, string>>
    }
  | Refused
export type Refused = {
  status: ContentfulStatusCode
  detail: string
  errors?: readonly Wrong[]
  headers?: Readonly<Record<string, string>>
}

export const told = (json: unknown, headers?: Readonly<Record<string, string>>): Told => ({
  status: 200,
  json,
  ...(headers ? { headers } : {}),
})
export const refused = (status: ContentfulStatusCode, detail: string, errors?: readonly Wrong[]): Refused => ({
  status,
  detail,
  ...(errors ? { errors } : {}),
})
/** The refusal of ids that the content does not have; nothing when it has all. */
export function strangers(
  pointer: string,
  said: readonly string[],
  known: readonly { id: string }[],
): Refused | undefined {
  const errors = said.flatMap((id, i): Wrong[] =>
    known.some((one) => one.id === id)
      ? []
      : [
          {
            pointer: `${pointer}/${i}`,
            detail: `There is none of this id; known are ${known.map((one) => one.id).join(', ')}.`,
          },
        ],
  )
  return errors.length > 0 ? refused(422, UNUSABLE, errors.slice(0, 10)) : undefined
}

/** What a refused body is told besides `errors`. */
export const UNUSABLE = 'The body cannot be used as it is: correct what `errors` points at.'

export const isRefused = (one: object): one is Refused => 'detail' in one

/** What a token is answered: for it alone, never to be kept by a cache, with the validator that `If-Match` takes. */
export function tellPrivately(c: Context, said: Told): Response | Promise<Response> {
  if (isRefused(said)) return tellProblem(c, said)
  if (said.status === 204)
    return new Response(null, { status: 204, headers: { ...dataHeaders, ...privateHeaders, ...said.headers } })
  const json = said.once ? { ...(said.json as object), ...said.once } : said.json
  const answer = jsonAnswer(json, { ...privateHeaders, ...said.headers })
  if (said.status === 200 && (c.req.method === 'GET' || c.req.method === 'HEAD')) return send(c, answer)
  return new Response(answer.body, { status: said.status, headers: answer.headers })
}

export const tellProblem = (c: Context, { status, detail, errors, headers }: Refused): Response =>
  problem(c, status, detail, { ...(errors ? { errors } : {}), ...(headers ? { headers } : {}) })
