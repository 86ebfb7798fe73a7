import type { EdgeLog } from '@cme-commons/core'
import { type App, isValidSlackRequest, type Receiver } from '@slack/bolt'

/** How a request that was not let in is counted. */
export type Refused = 'unsigned' | 'forged' | 'old' | 'malformed' | 'oversized'

export type HttpReceiver = Receiver & {
  /** Answers a request to `/slack/events`. */
  receive(request: Request): Promise<Response>
  refused(): Readonly<Record<Refused, number>>
}

const MOST_BYTES = 1_000_000
const WINDOW_S = 300
/** Slack gives up after three seconds; a listener that is slower has acknowledged before. */
const PATIENCE = 2_800

/** Requests of Slack over HTTP, let in only with a signature over the raw body that is younger than five minutes. */
export function httpReceiver(signingSecret: string, log: EdgeLog): HttpReceiver {
  let app: App | undefined
  const counts: Record<Refused, number> = { unsigned: 0, forged: 0, old: 0, malformed: 0, oversized: 0 }
  const refuse = (why: Refused, status: number): Response => {
    counts[why]++
    log.warn({ why, count: counts[why] }, 'a request to Slack’s address was refused')
    return new Response(null, { status })
  }

  async function receive(request: Request): Promise<Response> {
    const raw = await bodyOf(request)
    if (raw === undefined) return refuse('oversized', 413)
    const trouble = signed(request, raw)
    if (trouble) return refuse(trouble, 401)
    const body = parsed(request.headers.get('content-type') ?? '', raw)
    if (!body) return refuse('malformed', 400)
    if (body.ssl_check === '1') return new Response(null)
    if (body.type === 'url_verification')
      return Response.json({ challenge: typeof body.challenge === 'string' ? body.challenge : '' })
    return answered(body, request)
  }

  function signed(request: Request, body: string): Refused | undefined {
    const signature = request.headers.get('x-slack-signature')
    const at = Number(request.headers.get('x-slack-request-timestamp') || Number.NaN)
    if (!signature || Number.isNaN(at)) return 'unsigned'
    if (Math.abs(Date.now() / 1000 - at) > WINDOW_S) return 'old'
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': at }
    return isValidSlackRequest({ signingSecret, body, headers }) ? undefined : 'forged'
  }

  function answered(body: Record<string, unknown>, request: Request): Promise<Response> {
    const retry = request.headers.get('x-slack-retry-num')
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(new Response(null)), PATIENCE)
      const ack = async (response?: unknown) => {
        clearTimeout(timer)
        resolve(
          response === undefined || response === ''
            ? new Response(null)
            : typeof response === 'string'
              ? new Response(response)
              : Response.json(response),
        )
      }
      const event = {
        body,
        ack: ack as never,
        ...(retry ? { retryNum: Number(retry), retryReason: request.headers.get('x-slack-retry-reason') ?? '' } : {}),
      }
      Promise.resolve(app?.processEvent(event))
        .catch((error: unknown) => log.error({ err: error }, 'a request of Slack could not be handled'))
        .finally(() => ack())
    })
  }

  return {
    init: (made) => {
      app = made
    },
    start: async () => {},
    stop: async () => {},
    receive,
    refused: () => counts,
  }
}

/** The body as text, or nothing when it is larger than anything Slack sends; read no further than that. */
async function bodyOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > MOST_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** A form (commands; interactions in its field `payload`) or JSON (events) as an object. */
function parsed(type: string, raw: string): Record<string, unknown> | undefined {
  try {
    if (type.includes('json')) return objectOf(JSON.parse(raw))
    const form = Object.fromEntries(new URLSearchParams(raw))
    return form.payload === undefined ? form : objectOf(JSON.parse(form.payload))
  } catch {
    return undefined
  }
}

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
