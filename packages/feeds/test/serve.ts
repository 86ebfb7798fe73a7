import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A loopback web server that counts the connections it was ever asked for and can tell when they are gone. */
export type Site = AsyncDisposable & {
  port: number
  url(path?: string, host?: string): string
  connections(): number
  /** Lets a test answer on the bare socket instead. */
  onSocket(answer: (socket: Socket) => void): void
  /** Resolves when no connection is open any more. */
  quiet(): Promise<void>
}

export async function serve(answer: RequestListener, host = '127.0.0.1', at = 0): Promise<Site> {
  const server = createServer(answer)
  const sockets = new Set<Socket>()
  let connections = 0
  const count = (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  server.on('connection', count)
  server.listen(at, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (path = '/feed', name = '127.0.0.1') => `http://${name}:${port}${path}`,
    connections: () => connections,
    onSocket: (answer) => void server.removeAllListeners('connection').on('connection', count).on('connection', answer),
    async quiet() {
      while (sockets.size) await new Promise((closed) => [...sockets][0]!.once('close', closed))
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export const rss = (inner: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>ACCME news</title><link>https://accme.example/</link>${inner}</channel></rss>`

export const oneItem = rss(
  '<item><title>Standards updated</title><link>https://accme.example/news/1</link><guid>n1</guid></item>',
)
