import type { Trouble } from '@cme-commons/core'
import { type Headers, header } from './caching.ts'
import { trouble } from './trouble.ts'

/** An address as a sentence can hold it. */
export const shortAddress = (url: string) => (url.length > 100 ? `${url.slice(0, 100)}…` : url || 'An empty text')

/** Where a response sends us on, or why it may not; nothing when it is no redirect. The new address is not yet checked. */
export function redirectOf(
  status: number,
  headers: Headers,
  from: URL,
): { url: string } | { trouble: Trouble } | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined
  const location = header(headers, 'location')
  const target = location ? URL.parse(location, from.href) : null
  const fail = (say: string) => ({ trouble: trouble('redirects', say, { status }) })
  if (!target) return fail('The server redirects without saying where; use another address.')
  if (from.protocol === 'https:' && target.protocol === 'http:')
    return fail(
      `The address redirects from https to ${shortAddress(target.href)}, which is not encrypted; use another one.`,
    )
  return { url: target.href }
}
