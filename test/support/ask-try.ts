import type { Hono } from 'hono'

type Ask = { host?: string; from?: string; headers?: Record<string, string>; body?: unknown; raw?: string }

/** Asks the try-out page as a program on this machine does, or as somebody else; answers status, headers and JSON. */
export async function ask(
  app: Hono,
  path: string,
  { host = 'localhost:8787', from = '127.0.0.1', headers = {}, body, raw }: Ask = {},
) {
  const posting = body !== undefined || raw !== undefined
  const init: RequestInit = posting
    ? {
        method: 'POST',
        headers: { host, 'content-type': 'application/json', ...headers },
        body: raw ?? JSON.stringify(body),
      }
    : { headers: { host, ...headers } }
  const response = await app.request(path, init, { incoming: { socket: { remoteAddress: from } } })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, json }
}
