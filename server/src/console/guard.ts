import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'

/**
 * Whether a form came from one of our own pages: browsers say so themselves, and a request that says nothing comes from none. A page elsewhere whose
 * name is made to point here names itself, and has none of our cookies.
 */
export function fromUs(c: Context, site: string): boolean {
  const fetched = c.req.header('sec-fetch-site')
  if (fetched !== undefined && fetched !== 'same-origin') return false
  const origin = c.req.header('origin')
  if (origin === undefined) return fetched === 'same-origin'
  if (!URL.canParse(origin)) return false
  return origin === originOf(site) || new URL(origin).host === c.req.header('host')
}

const originOf = (site: string): string | undefined => (URL.canParse(site) ? new URL(site).origin : undefined)

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares two secrets in a time that tells nothing of them. */
export const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/** How many links that open nothing may be tried from one address within ten minutes, and how many addresses are remembered. */
const TRIES = 10
const MOST = 10_000
const WITHIN = 600_000

/** Counts what was tried in vain. One process counts for itself: the links are too long to be guessed, this keeps the noise down. */
export function makeThrottle(now: () => number) {
  let since = now()
  const tries = new Map<string, number>()
  const fresh = () => {
    if (now() - since < WITHIN) return
    since = now()
    tries.clear()
  }
  return {
    /** Seconds to wait, or nothing. */
    wait(from: string): number | undefined {
      fresh()
      return (tries.get(from) ?? 0) >= TRIES ? Math.max(1, Math.ceil((since + WITHIN - now()) / 1000)) : undefined
    },
    failed(from: string): void {
      if (tries.size >= MOST) tries.clear()
      tries.set(from, (tries.get(from) ?? 0) + 1)
    },
  }
}
export type Throttle = ReturnType<typeof makeThrottle>
