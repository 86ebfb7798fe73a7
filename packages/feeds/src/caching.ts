import { readDate } from './dates/read-date.ts'
import type { Validators } from './types.ts'

export type Headers = Record<string, string | string[] | undefined>

const one = (headers: Headers, name: string): string | undefined => {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
export const header = one

/** The request headers that ask for a document only if it changed. Validators go back exactly as they came. */
export function conditional(validators: Validators): Record<string, string> {
  const sendable = (value: string | undefined) => value && /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
  return {
    ...(sendable(validators.etag) ? { 'if-none-match': validators.etag! } : {}),
    ...(sendable(validators.lastModified) ? { 'if-modified-since': validators.lastModified! } : {}),
  }
}

/**
 * The validators of a response; what it leaves out stays as it was (a 304 need not repeat them). A server that says `Expires: 0` does not
 * know what it has: by its validators changes would be missed.
 */
export function validatorsOf(headers: Headers, before: Validators = {}): Validators {
  if (one(headers, 'expires')?.trim() === '0') return before.bodyHash ? { bodyHash: before.bodyHash } : {}
  return {
    ...before,
    ...(one(headers, 'etag') ? { etag: one(headers, 'etag') } : {}),
    ...(one(headers, 'last-modified') ? { lastModified: one(headers, 'last-modified') } : {}),
  }
}

const MOST_SECONDS = 30 * 86_400
const seconds = (value: number) => (value > 0 ? Math.min(Math.round(value), MOST_SECONDS) : 0)

/** Milliseconds since 1970, or NaN. A date that names no zone is UTC, not this machine's time. */
const httpDate = (text = '') => Date.parse(readDate(text) ?? '')

/** Seconds a `Retry-After` header asks to wait, from its number or HTTP date. */
export function retryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = one(headers, 'retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return seconds(Number(value))
  const at = httpDate(value)
  return Number.isNaN(at) ? undefined : seconds((at - nowMs) / 1000)
}

/** Seconds for which the server calls its answer fresh: the longer of `Cache-Control: max-age` and `Expires`. */
export function freshFor(headers: Headers, nowMs: number): number | undefined {
  const control = one(headers, 'cache-control') ?? ''
  if (/\bno-(cache|store)\b/i.test(control)) return undefined
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/i.exec(control)
  const expires = httpDate(one(headers, 'expires'))
  const date = httpDate(one(headers, 'date'))
  const left = Number.isNaN(expires) ? 0 : (expires - (Number.isNaN(date) ? nowMs : date)) / 1000
  return seconds(Math.max(maxAge ? Number(maxAge[1]) : 0, left)) || undefined
}
