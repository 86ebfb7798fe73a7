import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Received = { id: string; key: string; to: string; doubt: boolean; by: string }
/** What the far side does with a message: it may store it and still not answer. */
export type Manner =
  | 'store'
  | 'store-then-drop'
  | 'store-then-500'
  | '500'
  | 'hang'
  | { later: number }
  | { never: string }

/**
 * A chat platform on loopback that counts what it stored. Under `/idempotent` a message with a known id is not stored again, under
 * `/blind` it is; `GET …?id=` looks one up.
 */
export type Receiver = {
  url: string
  stored: Received[]
  calls: Received[]
  /** How often each key was stored. */
  counts(): Record<string, number>
  manner: (message: Received, nth: number) => Manner
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', stored: [], calls: [], counts, manner: () => 'store' }
  const server = createServer((request, response) => {
    answer(receiver, request, response).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver

  function counts() {
    const count: Record<string, number> = {}
    for (const { key } of receiver.stored) count[key] = (count[key] ?? 0) + 1
    return count
  }
}

async function answer(receiver: Receiver, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', receiver.url)
  const place = (id: string) => receiver.stored.findIndex((one) => one.id === id)
  const reply = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body))
  if (request.method === 'GET') return reply(200, { ref: place(url.searchParams.get('id') ?? '') })
  let text = ''
  for await (const chunk of request) text += chunk
  const message = JSON.parse(text) as Received
  receiver.calls.push(message)
  const manner = receiver.manner(message, receiver.calls.filter(({ id }) => id === message.id).length)
  if (manner === 'hang') return
  if (manner === '500') return reply(500, {})
  if (typeof manner === 'object') return reply('later' in manner ? 429 : 410, manner)
  const known = url.pathname === '/idempotent' ? place(message.id) : -1
  if (known < 0) receiver.stored.push(message)
  if (manner === 'store-then-drop') return void request.socket.destroy()
  if (manner === 'store-then-500') return reply(500, {})
  return reply(200, { ref: known < 0 ? receiver.stored.length - 1 : known })
}
