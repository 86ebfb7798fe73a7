import type { Context } from 'hono'
import { type Answer, answerOf } from '../api/answer.ts'
import type { Html } from '../html/html.ts'
import { pageHeaders, policy } from '../html/page.ts'

const TYPE = 'text/html; charset=utf-8'

/** A person sees what is new at once: a browser asks each time, and mostly hears that nothing changed. */
const CACHE = 'public, max-age=0, s-maxage=60, stale-while-revalidate=300'

/** A page that is kept and sent like any other answer. */
export const pageAnswer = async (
  page: Html | Promise<Html>,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> => answerOf(String(await page), TYPE, { 'Cache-Control': CACHE, ...pageHeaders, ...headers })

/** A page about something that is not there or went wrong; nobody keeps it. */
export const pageNow = async (c: Context, status: 404 | 422 | 500 | 503, page: Html): Promise<Response> =>
  c.body(String(await page), status, { ...pageHeaders, ...hidden, 'Content-Type': TYPE, 'Cache-Control': 'no-store' })

/** For pages with a form that asks us something. */
export const withForm = { 'Content-Security-Policy': policy({ forms: true }) } as const

/** Keeps a page out of search engines. */
export const hidden = { 'X-Robots-Tag': 'noindex' } as const
