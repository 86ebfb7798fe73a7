import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'

const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/
/** What proxies add; and those that add nothing by default speak HTTP 1.0. */
const FORWARDED = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']
const LOOPBACK_NAME = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/

/**
 * Lets through what comes from this machine and asks for it by a loopback name: a page elsewhere whose host name is made to point
 * here (DNS rebinding) still names itself in `Host`, and a proxy on this machine says that it forwards. What changes something must
 * be JSON from our own page, or from a program, which sends no `Origin`.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  if (!fromHere(c))
    return problem(
      c,
      403,
      'The try-out page answers only this machine: open it on the machine that runs CME Commons, as http://localhost with its port.',
    )
  if (!fromUs(c)) return problem(c, 403, 'This was asked for by another site: use the try-out page itself.')
  if (c.req.method === 'POST' && !/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    return problem(c, 415, 'Send JSON, with the header Content-Type: application/json.')
  }
  return next()
}

function fromHere(c: Context): boolean {
  if (FORWARDED.some((name) => c.req.header(name) !== undefined) || spokenBy(c) === '1.0') return false
  return LOOPBACK.test(remoteAddress(c)) && LOOPBACK_NAME.test(hostName(c.req.header('host') ?? ''))
}

/** The version of HTTP that the request came in; nothing in a test without a network. */
const spokenBy = (c: Context): string | undefined =>
  (c.env as { incoming?: { httpVersion?: string } } | undefined)?.incoming?.httpVersion

function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return ''
  }
}

const hostName = (host: string): string => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '')

function fromUs(c: Context): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${c.req.header('host')}`) return false
  const site = c.req.header('sec-fetch-site')
  const arriving = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
  return arriving || site === undefined || site === 'same-origin' || site === 'none'
}
