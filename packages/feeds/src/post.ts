import { Agent, request } from 'undici'
import { header, retryAfter } from './caching.ts'
import { guardedConnector } from './connect.ts'
import { addressTrouble, allowed, type Lookup, lookupAll } from './guard.ts'
import { errorTrouble } from './http-trouble.ts'

/** What came back: the status (of the first answer: redirects are not followed), or in one sentence why nothing did. */
export type Posted = { status: number; retryAfter?: number } | { trouble: string }

export type Poster = {
  /** Sends a body under the address guard and reads nothing but the head of the answer. Never rejects. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted>
  /** What is wrong with an address before anything is sent to it: one sentence, or nothing. */
  refused(url: string): string | undefined
  close(): Promise<void>
}

export type PosterOptions = {
  /** `host`, `host:port` or `ip/bits` that may be written to although private, on another port or without encryption. */
  allow?: readonly string[]
  /** Milliseconds for one whole exchange, from the name look-up on. */
  totalMs?: number
  lookup?: Lookup
}

const MOST_OF_AN_ADDRESS = 2_000

/** Sends to addresses that people outside gave. Keep one for the life of the program and close it. */
export function createPoster({ allow = [], totalMs = 8_000, lookup = lookupAll }: PosterOptions = {}): Poster {
  const may = allowed(allow)
  const agent = new Agent({
    connect: guardedConnector(may, lookup, totalMs),
    connections: 4,
    pipelining: 1,
    maxHeaderSize: 16_384,
    headersTimeout: totalMs,
    bodyTimeout: 2_000,
    keepAliveTimeout: 4_000,
  })

  function refused(said: string): string | undefined {
    const url = URL.parse(said)
    if (!url || said.length > MOST_OF_AN_ADDRESS) return 'This is no web address: write it whole, with https://.'
    const found = addressTrouble(url, may)
    if (found) return found.say
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    if (url.protocol !== 'https:' && !may.host(url.hostname, port) && !may.address(url.hostname))
      return 'Only encrypted addresses are written to: use one with https://, or let the operator allow this host.'
    return undefined
  }

  async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted> {
    const wrong = refused(url)
    if (wrong) return { trouble: wrong }
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), totalMs)
    const late = new Promise<never>((_, fail) => {
      deadline.signal.addEventListener('abort', () => fail(new Error('late')), { once: true })
    })
    try {
      const sent = request(url, { method: 'POST', dispatcher: agent, headers, body, signal: deadline.signal })
      const answer = await Promise.race([sent, late])
      answer.body.on('error', () => undefined)
      // A short answer is read to its end, so that the connection can be used again; a long one is nobody's business.
      if (Number(header(answer.headers, 'content-length') ?? Number.NaN) <= 1_024) answer.body.resume()
      else answer.body.destroy()
      const wait = retryAfter(answer.headers, Date.now())
      return { status: answer.statusCode, ...(wait === undefined ? {} : { retryAfter: wait }) }
    } catch (error) {
      const when = { timedOut: deadline.signal.aborted, stopped: false, seconds: totalMs / 1000 }
      return { trouble: errorTrouble(error, when).say }
    } finally {
      clearTimeout(timer)
      late.catch(() => undefined)
    }
  }

  return { post, refused, close: () => agent.destroy() }
}
