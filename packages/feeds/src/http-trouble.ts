import type { Trouble } from '@cme-commons/core'
import { type Headers, header, retryAfter } from './caching.ts'
import { isTroubleError, trouble } from './trouble.ts'

/** What an answer other than a document means, and what to do about it. */
export function statusTrouble(status: number, headers: Headers, nowMs: number): Trouble {
  const wait = retryAfter(headers, nowMs)
  const more = { status, ...(wait === undefined ? {} : { retryAfter: wait }) }
  if (header(headers, 'cf-mitigated'))
    return trouble(
      'blocked',
      'The site asks for a browser check (Cloudflare); ask its owner to let feed readers in.',
      more,
    )
  if (status === 410)
    return trouble('gone', 'The server says this feed is gone for good; remove it or find its new address.', more)
  if (status === 429)
    return trouble('rate-limited', 'The server says it is read too often; it is left alone for a while.', more)
  if (status === 403)
    return trouble('blocked', 'The server refuses to hand out this feed; ask its owner to let feed readers in.', more)
  if (status === 401 || status === 407)
    return trouble('http-4xx', 'The address asks for a password; use a public feed.', more)
  if (status === 404) return trouble('http-4xx', 'There is nothing at this address (404); check it.', more)
  if (status >= 500)
    return trouble('http-5xx', `The server has a problem of its own (${status}); it is tried again later.`, more)
  if (status === 304)
    return trouble(
      'http-4xx',
      'The server says nothing changed, but it was never read before; it is tried again later.',
      more,
    )
  return trouble('http-4xx', `The server answers with status ${status} instead of a feed; check the address.`, more)
}

const DNS = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EBADNAME|EREFUSED|EFORMERR|ECANCELLED)/
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|CRL_|INVALID_CA)/
const UNPACKING = /^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_ZLIB|ERR_UNEXPECTED)/

/** Names the trouble behind whatever a look-up, socket, TLS, HTTP or unpacking error says. */
export function errorTrouble(error: unknown, when: { timedOut: boolean; stopped: boolean; seconds: number }): Trouble {
  const chain = causes(error)
  const known = chain.find(isTroubleError)
  if (known) return known.trouble
  const codes = chain.map((each) => String((each as { code?: unknown }).code ?? ''))
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code))
  if (when.timedOut || is(/TIMEOUT|ETIMEDOUT/))
    return trouble(
      'timeout',
      `The server did not answer in full within ${when.seconds} seconds; it is tried again later.`,
    )
  if (when.stopped) return trouble('timeout', 'The reading was stopped before it was complete.')
  if (is(DNS)) return trouble('dns', 'The host name cannot be found; check its spelling.')
  if (is(TLS))
    return trouble(
      'tls',
      `The server's certificate or encryption is not accepted; tell the owner of the site (${codes.find((c) => TLS.test(c))}).`,
    )
  if (is(/HEADERS_OVERFLOW/))
    return trouble('too-large', "The server's answer has headers without end; it cannot be read.")
  if (is(UNPACKING))
    return trouble(
      'not-a-feed',
      'The answer is said to be compressed but cannot be unpacked; tell the owner of the site.',
    )
  if (is(/ECONNREFUSED/)) return trouble('connect', 'The server takes no connection on this address; check it.')
  if (is(/^HPE_|UND_ERR_INVALID/))
    return trouble('connect', 'What answers at this address does not speak HTTP as it should; check the address.')
  return trouble('connect', 'The connection broke off before the document was complete; it is tried again later.')
}

function causes(error: unknown): Error[] {
  const found: Error[] = []
  const walk = (each: unknown) => {
    if (!(each instanceof Error) || found.includes(each) || found.length > 8) return
    found.push(each)
    walk(each.cause)
    if (each instanceof AggregateError) each.errors.forEach(walk)
  }
  walk(error)
  return found
}
