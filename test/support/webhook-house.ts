import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { platformOf, settled, unpacker } from '@cme-commons/app'
import { type Instant, plus } from '@cme-commons/core'
import { type Db, inTx, laneTimes, type Tx } from '@cme-commons/db'
import { createPoster } from '@cme-commons/feeds'
import { createCourier } from '@cme-commons/server'
import { Webhook } from 'standardwebhooks'
import { onTestFinished } from 'vitest'
import { makeSeal } from '../../server/src/bots/seal.ts'
import { webhookDeliver } from '../../server/src/webhooks/deliver.ts'
import { type Managing, makeWebhook } from '../../server/src/webhooks/manage.ts'
import type { TestDatabase } from './databases.ts'
import { knowledge, worldOn } from './world.ts'

export type Call = {
  headers: IncomingHttpHeaders
  body: string
  json: { type: string; timestamp: string; data: object }
}
type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'hang'

/** A program of an association on loopback: it keeps what it is told and answers as it is told to. */
export async function startListener(answer: (call: Call, nth: number) => Answer = () => ({ status: 204 })) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const call = { headers: request.headers, body, json: JSON.parse(body || '{}') }
    calls.push(call)
    const said = answer(call, calls.length)
    if (said !== 'hang') response.writeHead(said.status, said.headers).end(said.body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return { calls, host, url: `http://${host}/hook?key=secret`, types: () => calls.map(({ json }) => json.type) }
}

export const OWN = 'https://cme.example.org'

/** What changes webhooks and sends to them, at instants of the test's choosing; only `allow` may be private. */
export function webhookHouse(db: Db, start: Instant, allow: readonly string[] = [], totalMs = 2_000) {
  const clock = { now: start }
  const seal = makeSeal('a secret of at least 32 characters')
  const poster = createPoster({ allow, totalMs })
  onTestFinished(() => poster.close())
  const courier = createCourier({
    db,
    now: () => clock.now,
    holder: 'test',
    deliverers: { webhook: webhookDeliver({ db, seal, poster, userAgent: 'CME-Commons test', own: OWN }) },
    platformOf,
    unpack: unpacker(knowledge, OWN),
    settled,
    wake: async () => {},
    log: { warn: () => {}, error: (data) => console.error(data) },
    settleMs: 1,
  })
  return {
    clock,
    poster,
    manage: <T>(act: (managing: Managing) => Promise<T>): Promise<T> =>
      inTx(db, (tx: Tx) => act({ tx, now: clock.now, actor: 'test', seal, poster, own: OWN })),
    /** Sends what is due to webhooks until `end`, moving the clock on to whatever comes next. */
    async send(end: Instant = plus(clock.now, 1_000)) {
      for (;;) {
        const next = (await laneTimes(db.read)).find(({ lane }) => lane.startsWith('webhook/'))
        if (!next || next.at > end) break
        if (next.at > clock.now) clock.now = next.at
        await courier.work(next.lane)
      }
      if (end > clock.now) clock.now = end
    },
  }
}

/** How a program that is told answers. */
export type Answering = Parameters<typeof startListener>[0]

/** The product with a program that listens, and webhooks that are added to tell it. */
export async function webhookWorld(fresh: () => Promise<TestDatabase>, start: Instant, answer?: Answering) {
  const db = await (await fresh()).open()
  const world = await worldOn(db, start)
  const listener = await startListener(answer)
  const house = webhookHouse(db, start, [listener.host])
  const add = async (events?: string[], url = listener.url) => {
    const made = await house.manage((m) => makeWebhook(m, { space: 'try', url, events }))
    if ('wrong' in made) throw new Error(made.wrong)
    return made
  }
  return { db, world, listener, house, add }
}

/** The signature as the library of Standard Webhooks checks it, which wants a real clock: the time of the attempt is ours to give. */
export const verified = (secret: string, { headers, body }: { headers: object; body: string }) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)
