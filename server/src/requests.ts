import { randomUUID } from 'node:crypto'
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'

/** What is told of a request once it was answered, or its sender went away: nothing of what was in it. `ms` is how long it took. */
export type Heard = { request: string; method: string; url: string; status: number; ms: number; broken?: true }

const HEADER = 'x-request-id'

/** The name of a request: what a proxy in front calls it, where that is a short plain word, or a new one. */
const nameOf = (said: string | string[] | undefined): string =>
  typeof said === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/.test(said) ? said : randomUUID()

/** An answer that carries the name of its request, so that who was answered and who reads the log mean the same one. */
export class NamedResponse extends ServerResponse {
  readonly request: string
  constructor(request: IncomingMessage, ...rest: object[]) {
    // Node hands its own options over as well, which its types do not say.
    super(...([request, ...rest] as [IncomingMessage]))
    this.request = nameOf(request.headers[HEADER])
  }
  // Beside `setHeader`, which makes every answer slower, this is the one place that all answers pass.
  override writeHead(status: number, ...rest: never[]): this {
    const headers = rest.at(-1) as unknown
    if (Array.isArray(headers))
      return super.writeHead(status, ...rest.slice(0, -1), [...headers, HEADER, this.request] as never)
    return super.writeHead(status, {
      ...(typeof headers === 'object' ? (headers as object | null) : {}),
      [HEADER]: this.request,
    })
  }
}

/** Tells `hear` of each request when it has ended. */
export function hearing(
  hear: (heard: Heard) => void,
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const began = performance.now()
    response.once('close', () => {
      hear({
        request: response instanceof NamedResponse ? response.request : '',
        method: request.method ?? '',
        url: request.url ?? '',
        status: response.statusCode,
        ms: Math.round((performance.now() - began) * 10) / 10,
        ...(response.writableFinished ? {} : { broken: true }),
      })
    })
    return handle(request, response)
  }
}

/** The name of the request that is being answered; none where it came without a network. */
export function requestOf(c: Context): string | undefined {
  const response: unknown = c.env?.outgoing
  return response instanceof NamedResponse ? response.request : undefined
}

/**
 * A path as it may be written down: the words that our own addresses are made of, and `*` for everything else, which may be a name, an
 * id or a secret. What follows a question mark is left out.
 */
export const plainPath = (url: string, words: ReadonlySet<string>): string =>
  url
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .split(/[?#]/)[0]!
    .split('/')
    .slice(0, 12)
    .map((part) => (part === '' || words.has(part) ? part : '*'))
    .join('/')

/** The words that the addresses of some routes are made of. */
export const wordsOf = (routes: readonly { path: string }[]): Set<string> =>
  new Set(routes.flatMap(({ path }) => path.split('/')).filter((part) => part && !/[:*{}]/.test(part)))
