import type { Context } from 'hono'
import type { Config } from '../config.ts'
import { problem } from '../problem.ts'

const WINDOW = 60
/** Of so many callers in a minute each is counted; in a flood of more the counts begin anew, so that memory stays bounded. */
const MOST_CALLERS = 100_000
const WORN = Symbol('worn')

export type GateSettings = Pick<Config, 'rateLimit' | 'tokenRateLimit' | 'proxies' | 'corsOrigins'>

/** Counts who asks, in real minutes, and says for which other sites a browser may read the answers. */
export type Gate = {
  /** What every answer to this request carries; `vary` when another site would get another answer. */
  open(c: Context): void
  /** Counts a request of an address, or of a token by its id; the 429 when there were too many. */
  count(c: Context, token?: string): Response | undefined
}

/** What is set on the way in and worn by the answer on its way out. */
type Worn = { headers: Record<string, string>; vary: string | undefined; done: boolean }

/** A property is found sooner than what `c.set` keeps in a map, and this is done for every answer. */
const wornBy = (c: Context): Worn | undefined => (c as { [WORN]?: Worn })[WORN]

/** The gate of these settings. `clock` answers milliseconds. */
export function makeGate(settings: GateSettings, clock: () => number = Date.now): Gate {
  const policies = {
    address: `"address";q=${settings.rateLimit};w=${WINDOW}`,
    token: `"token";q=${settings.tokenRateLimit};w=${WINDOW}`,
  }
  const counts = new Map<string, { used: number }>()
  let window = 0
  const take = (key: string): { used: number; left: number } => {
    const seconds = Math.floor(clock() / 1000)
    const current = Math.floor(seconds / WINDOW)
    if (current !== window || counts.size > MOST_CALLERS) {
      window = current
      counts.clear()
    }
    const count = counts.get(key) ?? { used: 0 }
    if (count.used++ === 0) counts.set(key, count)
    return { used: count.used, left: WINDOW - (seconds % WINDOW) }
  }
  return {
    open(c) {
      const worn: Worn = { headers: {}, vary: undefined, done: false }
      if (settings.corsOrigins.length > 0) worn.vary = allow(c, settings.corsOrigins, worn.headers)
      ;(c as { [WORN]?: Worn })[WORN] = worn
    },
    count(c, token) {
      const most = token === undefined ? settings.rateLimit : settings.tokenRateLimit
      if (most === 0) return undefined
      const name = token === undefined ? 'address' : 'token'
      const { used, left } = take(token ?? addressOfCaller(c, settings.proxies))
      const headers = wornBy(c)?.headers ?? {}
      headers['RateLimit-Policy'] = policies[name]
      headers.RateLimit = `"${name}";r=${Math.max(0, most - used)};t=${left}`
      if (used <= most) return undefined
      const say = `That was more than ${most} requests in a minute: wait for ${left} seconds, then go on more slowly.`
      return problem(c, 429, say, { headers: { ...headers, 'Retry-After': String(left) } })
    },
  }
}

const EXPOSED = 'ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed, X-Request-Id'

/** Lets scripts of the sites that the operator named read the answer; what the answer depends on then. */
function allow(c: Context, origins: readonly string[], headers: Record<string, string>): string | undefined {
  const every = origins.includes('*')
  const origin = c.req.header('origin')
  if (every || (origin !== undefined && origins.includes(origin))) {
    headers['Access-Control-Allow-Origin'] = every ? '*' : origin!
    headers['Access-Control-Expose-Headers'] = EXPOSED
  }
  return every ? undefined : 'Origin'
}

/** The answer to the question that a browser asks before a script's request to another site. */
export const preflightHeaders = (c: Context, methods: string): Record<string, string> =>
  wornBy(c)?.headers['Access-Control-Allow-Origin']
    ? {
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key',
        'Access-Control-Max-Age': '600',
      }
    : {}

/** Headers of a kept answer with what this request's answer wears besides. */
export function dressed(c: Context, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const worn = wornBy(c)
  if (!worn) return headers
  worn.done = true
  return { ...headers, ...worn.headers, ...(worn.vary ? { Vary: `${headers.Vary}, ${worn.vary}` } : {}) }
}

/** Any other answer with it. */
export function dress(c: Context, answer: Response): Response {
  const worn = wornBy(c)
  if (!worn || worn.done) return answer
  for (const [name, value] of Object.entries(worn.headers)) answer.headers.set(name, value)
  if (worn.vary) answer.headers.append('Vary', worn.vary)
  return answer
}

/**
 * Who asks: the other end of the connection, or, behind proxies of the operator's, the address that the outermost of them saw. Of an IPv6
 * address the first 64 bits, which is what one household has.
 */
export function addressOfCaller(c: Context, proxies: number): string {
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
  const direct = socket?.remoteAddress ?? ''
  const seen = proxies > 0 ? c.req.header('x-forwarded-for')?.split(',').at(-proxies)?.trim() : undefined
  const said = (seen || direct).slice(0, 45)
  if (!said.includes(':')) return said
  const address = said.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!address.includes(':')) return address
  const [front = '', back] = address.split('::')
  const groups = front.split(':')
  return back === undefined ? groups.slice(0, 4).join(':') : [...groups, '0', '0', '0', '0'].slice(0, 4).join(':')
}
