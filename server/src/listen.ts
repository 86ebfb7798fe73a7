import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { dataHeaders } from './problem.ts'
import { type Heard, hearing, NamedResponse } from './requests.ts'

/** Everything that is answered over HTTP. `request` asks it without a network, for tests. */
export type App = {
  fetch: (request: Request, env?: object) => Response | Promise<Response>
  request: (path: string, init?: RequestInit) => Promise<Response>
  /** What our addresses are made of, beside ids and names. */
  words: ReadonlySet<string>
}

/** Where a server listens. `close` takes no more, lets what is being answered end, and cuts off what lasts longer than `patience` ms. */
export type Listening = { host: string; port: number; close(patience?: number): Promise<void> }

/** A server could not start listening; `message` is one line that says what to do. */
export class ListenError extends Error {
  readonly trouble: 'in-use' | 'not-allowed' | 'no-such-address'
  constructor(trouble: ListenError['trouble'], message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'ListenError'
    this.trouble = trouble
  }
}

/** Longer than the idle time of usual proxies, so that it is they who close. */
const KEEP_ALIVE = 75_000
const HEADERS = 10_000
const REQUEST = 30_000
const PATIENCE = 2_000

/** Serves the app; port 0 takes a free one. Each answer carries the name of its request; `hear` is told of it. Throws a `ListenError`. */
export async function listen(
  app: Pick<App, 'fetch'>,
  { host, port }: { host: string; port: number },
  hear?: (heard: Heard) => void,
): Promise<Listening> {
  const handle = getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0], { errorHandler: refused })
  const server = createServer(
    {
      headersTimeout: HEADERS,
      requestTimeout: REQUEST,
      keepAliveTimeout: KEEP_ALIVE,
      ServerResponse: NamedResponse as never,
    },
    hear ? hearing(hear, handle) : handle,
  )
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw explainedListen(error, host, port)
  }
  const close = async (patience = PATIENCE) => {
    const closed = once(server, 'close')
    server.close()
    const timer = setTimeout(() => server.closeAllConnections(), patience)
    await closed
    clearTimeout(timer)
  }
  return { host, port: (server.address() as AddressInfo).port, close }
}

/** A request that is no request: a broken host name or address. */
function refused(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500
  const title = status === 400 ? 'Bad Request' : 'Internal Server Error'
  const detail = status === 400 ? 'The host or the address of this request is broken.' : 'Something went wrong here.'
  const headers = { ...dataHeaders, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' }
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), { status, headers })
}

function explainedListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return new ListenError(
      'in-use',
      `Port ${port} is in use: stop the other program or set PORT=${port < 65535 ? port + 1 : 8787}.`,
      error,
    )
  if (code === 'EACCES' || code === 'EPERM')
    return new ListenError(
      'not-allowed',
      `Port ${port} may not be opened by this user: set PORT to one above 1023, such as PORT=8787.`,
      error,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
    return new ListenError(
      'no-such-address',
      `This machine has no address ${host}: set HOST=127.0.0.1 for this machine only, or HOST=0.0.0.0 for all its addresses.`,
      error,
    )
  return error
}
