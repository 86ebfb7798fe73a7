import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What every answer that is data carries: whatever a browser is talked into, it is no page. */
export const dataHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const

/** `errors` say which part of the request is wrong (`#/query/limit`); `instance` is the name under which the log has it. */
export type More = {
  errors?: readonly { pointer: string; detail: string }[]
  instance?: string
  headers?: Readonly<Record<string, string>>
}

/** An RFC 9457 problem document; `detail` is one sentence that says what to do. */
export const problem = (
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  { errors, instance, headers }: More = {},
): Response =>
  c.json({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, detail, instance, errors }, status, {
    ...dataHeaders,
    ...headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  })
