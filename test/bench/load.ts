import { fork } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

export type Load = { port: number; path: string; connections: number; ms: number; headers?: string }
export type Loaded = { answers: number; bytes: number; bad: number }

/** A process of its own that asks one address over keep-alive connections, each at once again when it was answered. */
export function loadDriver() {
  const child = fork(fileURLToPath(import.meta.url), ['drive'])
  return {
    run: (load: Load) =>
      new Promise<Loaded>((done) => {
        child.once('message', (loaded) => done(loaded as Loaded))
        child.send(load)
      }),
    stop: () => void child.kill(),
  }
}

async function drive({ port, path, connections, ms, headers = '' }: Load): Promise<Loaded> {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${headers}\r\n`, 'latin1')
  const total: Loaded = { answers: 0, bytes: 0, bad: 0 }
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const until = Date.now() + ms
  await Promise.all(sockets.map((socket) => ask(socket, request, until, total)))
  return total
}

const opened = (port: number) =>
  new Promise<Socket>((ready, fail) => {
    const socket = connect(port, '127.0.0.1', () => ready(socket))
    socket.setNoDelay(true).once('error', fail)
  })

/** Counts answers by their Content-Length; anything else than a 200 or a 304 is bad. */
function ask(socket: Socket, request: Buffer, until: number, total: Loaded): Promise<void> {
  return new Promise((done) => {
    let have: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      have = have.length > 0 ? Buffer.concat([have, chunk]) : chunk
      const length = answerLength(have)
      if (length === undefined || have.length < length) return
      const status = have.toString('latin1', 9, 12)
      total.answers++
      total.bytes += length
      if (status !== '200' && status !== '304') total.bad++
      have = have.subarray(length)
      if (Date.now() < until) socket.write(request)
      else socket.end()
    })
    socket.on('close', () => done())
    socket.write(request)
  })
}

function answerLength(have: Buffer): number | undefined {
  const end = have.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const said = /\r\ncontent-length: (\d+)/i.exec(have.toString('latin1', 0, end))
  return end + 4 + Number(said?.[1] ?? 0)
}

if (process.argv[2] === 'drive') process.on('message', async (load) => process.send?.(await drive(load as Load)))
