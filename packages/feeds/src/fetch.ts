import type { Trouble } from '@cme-commons/core'
import { Agent, type Dispatcher, request } from 'undici'
import { acceptEncoding, type Body, readBody } from './body.ts'
import { conditional, freshFor, header, validatorsOf } from './caching.ts'
import { guardedConnector } from './connect.ts'
import { type Allowed, addressTrouble, type Lookup } from './guard.ts'
import { errorTrouble, statusTrouble } from './http-trouble.ts'
import { redirectOf, shortAddress } from './redirect.ts'
import { trouble } from './trouble.ts'
import type { Validators } from './types.ts'

export type FetchOptions = {
  userAgent: string
  allow: Allowed
  lookup: Lookup
  totalMs: number
  maxBytes: number
  /** True where a web page is wanted rather than a feed. */
  page?: boolean
}

/** What came back from one address. `movedTo` is set when every redirect on the way was permanent. */
export type Fetched = { url: string; movedTo?: string; maxAge?: number; validators: Validators } & (
  | { kind: 'same' }
  | { kind: 'document'; body: Body; contentType?: string }
)

const MOST_REDIRECTS = 5
const accept =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5'

const acceptPage = 'text/html, application/xhtml+xml, */*;q=0.5'

/**
 * Gets one document under one deadline: name look-up, connecting, headers, body and redirects together. Sends the
 * validators, follows redirects by hand with every hop checked, and destroys its sockets before it answers.
 */
export async function fetchDocument(
  address: string,
  validators: Validators,
  options: FetchOptions,
  signal?: AbortSignal,
): Promise<Answer> {
  const deadline = new AbortController()
  // Not AbortSignal.timeout: its timer lets the program end while a look-up is still out.
  const timer = setTimeout(() => deadline.abort(), options.totalMs)
  const stop = signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal
  const agent = new Agent({
    connect: guardedConnector(options.allow, options.lookup, options.totalMs),
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 32_768,
    pipelining: 1,
  })
  try {
    return await Promise.race([follow(address, validators, options, agent, stop), aborted(stop)])
  } catch (error) {
    const timedOut = deadline.signal.aborted
    return {
      kind: 'trouble',
      trouble: errorTrouble(error, { timedOut, stopped: stop.aborted, seconds: options.totalMs / 1000 }),
    }
  } finally {
    clearTimeout(timer)
    agent.destroy().catch(() => undefined)
  }
}

/** Fails once the signal aborts. undici itself notices that only when it has a socket. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    if (signal.aborted) fail(new Error('aborted'))
    else signal.addEventListener('abort', () => fail(new Error('aborted')), { once: true })
  })
}

async function follow(
  address: string,
  validators: Validators,
  options: FetchOptions,
  agent: Agent,
  signal: AbortSignal,
): Promise<Answer> {
  let url = address
  let permanent = true
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const target = URL.parse(url)
    if (!target)
      return fail(trouble('bad-address', `${shortAddress(url)} is not a web address; it should begin with https://.`))
    const refused = addressTrouble(target, options.allow)
    if (refused) return fail(refused)
    target.hash = ''
    const response = await request(target, {
      dispatcher: agent,
      signal,
      headers: {
        'user-agent': options.userAgent,
        accept: options.page ? acceptPage : accept,
        'accept-encoding': acceptEncoding,
        ...conditional(validators),
      },
    })
    response.body.on('error', () => undefined)
    const next = redirectOf(response.statusCode, response.headers, target)
    if (!next) {
      const movedTo = hop > 0 && permanent ? target.href : undefined
      return { ...(await answer(response, target.href, validators, options, signal)), ...(movedTo ? { movedTo } : {}) }
    }
    response.body.destroy()
    if ('trouble' in next) return fail(next.trouble)
    permanent &&= response.statusCode === 301 || response.statusCode === 308
    url = next.url
  }
  return fail(trouble('redirects', `The address redirects more than ${MOST_REDIRECTS} times; use the final address.`))
}

type Answer = Fetched | { kind: 'trouble'; trouble: Trouble }
const fail = (found: Trouble) => ({ kind: 'trouble' as const, trouble: found })
async function answer(
  response: Dispatcher.ResponseData,
  url: string,
  before: Validators,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const { statusCode: status, headers, body } = response
  const maxAge = freshFor(headers, Date.now())
  if (status === 304 && (before.etag || before.lastModified)) {
    body.destroy()
    return { kind: 'same', url, validators: validatorsOf(headers, before), maxAge }
  }
  if (status < 200 || status > 299) {
    body.destroy()
    return fail(statusTrouble(status, headers, Date.now()))
  }
  const read = await readBody(body, header(headers, 'content-encoding'), options.maxBytes, signal)
  const validators = { ...validatorsOf(headers), bodyHash: read.hash }
  if (read.hash === before.bodyHash) return { kind: 'same', url, validators, maxAge }
  return { kind: 'document', url, validators, maxAge, body: read, contentType: header(headers, 'content-type') }
}
