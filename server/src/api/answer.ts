import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'
import { dataHeaders } from '../problem.ts'
import { dressed } from './gate.ts'

type Headers = Readonly<Record<string, string>>

/** An answer whose bytes are ready to go out, any number of times; `zipped` is made when somebody first asks for it, `less` (the headers of a 304) likewise. */
export type Answer = { body: string; tag: string; headers: Headers; zipped?: Promise<Zipped>; less?: Headers }
type Zipped = { body: Uint8Array<ArrayBuffer>; headers: Headers }

/** Anybody may keep it for a minute, show it while asking again, and for a day when we don't answer. */
const CACHE = 'public, max-age=60, stale-while-revalidate=300, stale-if-error=86400'
const WORTH_ZIPPING = 1000

/** The body with its strong validator, the hash of its bytes. A `Cache-Control` of the caller's goes before ours. */
export function answerOf(body: string, type: string, headers: Headers): Answer {
  const tag = hash('sha256', body, 'base64url').slice(0, 22)
  return {
    body,
    tag,
    headers: {
      'Cache-Control': CACHE,
      ...headers,
      'Content-Type': type,
      'Content-Length': String(Buffer.byteLength(body)),
      Vary: headers.Vary ? `${headers.Vary}, Accept-Encoding` : 'Accept-Encoding',
      ETag: `"${tag}"`,
    },
  }
}

export const jsonAnswer = (value: unknown, headers?: Headers): Answer =>
  answerOf(JSON.stringify(value), 'application/json', headers ? { ...dataHeaders, ...headers } : dataHeaders)

/** Sends what is ready: a 304 to one who has it, gzip to one who asks for that. */
export function send(c: Context, answer: Answer): Response | Promise<Response> {
  const zipped = answer.body.length >= WORTH_ZIPPING && wantsGzip(c.req.header('accept-encoding'))
  const had = c.req.header('if-none-match')
  if (had !== undefined && names(had, answer.tag)) return unchanged(c, answer, zipped)
  if (zipped) return sendZipped(c, answer)
  // Not c.body(): that copies the headers, which costs as much as all the rest of a kept answer.
  return new Response(answer.body, { status: 200, headers: dressed(c, answer.headers) })
}

/** The tag of the zipped form begins with that of the plain one, so one look finds either. */
const names = (had: string, tag: string): boolean => had.trim() === '*' || had.includes(`"${tag}`)
const zippedTag = (tag: string): string => `"${tag}.gz"`

function unchanged(c: Context, answer: Answer, zipped: boolean): Response {
  answer.less ??= withoutBody(answer)
  const headers = zipped ? { ...answer.less, ETag: zippedTag(answer.tag) } : answer.less
  return new Response(null, { status: 304, headers: dressed(c, headers) })
}

/** What RFC 9110 wants of a 304; whatever else there is, who asks has from the answer that she keeps. */
const withoutBody = ({ headers }: Answer): Headers =>
  Object.fromEntries(NEEDED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
const NEEDED = ['Cache-Control', 'ETag', 'Last-Modified', 'Vary']

async function sendZipped(c: Context, answer: Answer): Promise<Response> {
  answer.zipped ??= zip(answer)
  const { body, headers } = await answer.zipped
  return new Response(body, { status: 200, headers: dressed(c, headers) })
}

const gzipped = promisify(gzip)

async function zip({ body, tag, headers }: Answer): Promise<Zipped> {
  const bytes = await gzipped(body)
  const changed = { 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.byteLength), ETag: zippedTag(tag) }
  return { body: bytes as Uint8Array<ArrayBuffer>, headers: { ...headers, ...changed } }
}

/** True when gzip, or everything, is accepted and not with a weight of zero. */
function wantsGzip(accepts: string | undefined): boolean {
  if (!accepts) return false
  const weights = new Map(accepts.toLowerCase().split(',').map(weighed))
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}

function weighed(said: string): [name: string, weight: number] {
  const [name = '', ...settings] = said.split(';').map((part) => part.trim())
  const weight = settings.find((setting) => setting.startsWith('q='))
  return [name, weight ? Number(weight.slice(2)) : 1]
}
