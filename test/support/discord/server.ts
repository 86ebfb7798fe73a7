import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, api } from './api.ts'
import { type Gateway, gateway } from './gateway.ts'
import { buckets, type Limits } from './limits.ts'

export type Component = {
  type: number
  custom_id?: string
  components?: Component[]
  component?: Component
  [name: string]: unknown
}
export type Posted = {
  id: string
  channel: string
  flags: number
  components: Component[]
  nonce?: string
  allowed_mentions?: { parse: string[] }
  /** How often it was changed. */
  edits?: number
}
export type Channel = {
  name: string
  closed?: number
  threads?: number
  /** Discord's kind of channel: text when it is not said. */
  type?: number
  topic?: string
  parent?: string
  overwrites?: { id: string; type: number; allow: string; deny: string }[]
  /** Ids of the messages that are pinned. */
  pins?: string[]
}
export type Guild = {
  id: string
  name: string
  owner: string
  /** Channels by id; `closed` is the error code that posting there gives, `threads` the one that opening a thread gives. */
  channels: Map<string, Channel>
  /** What the bot's own role may not do there, of all that it asks for. */
  lacks?: bigint
  /** Its scheduled events by id. */
  events: Map<string, Record<string, unknown>>
  members: Map<string, { name: string; roles: string[]; permissions: string }>
  /** Roles by id, besides that of everybody; `above` ones the bot may not give. The bot's own stands at 5. */
  roles: Map<string, { name: string; above?: true }>
}

/** What the server knows, for tests to look at and to change. */
export type State = {
  token: string
  application: string
  guilds: Map<string, Guild>
  messages: Posted[]
  /** Those that came with a nonce, by it. */
  nonces: Map<string, Posted>
  threads: Map<string, { parent: string; type: number; members: string[]; name: string; guild: string; made?: string }>
  /** People whose direct messages are closed, and whose a direct channel is. */
  closed: Set<string>
  dms: Map<string, string>
  /** First words on interactions, by the interaction's id, and later changes by its token. */
  callbacks: Map<string, { type: number; data?: Record<string, unknown>; at: number }>
  edits: Map<string, Record<string, unknown>[]>
  /** What came below the first word, by the interaction's token. */
  followups: Map<string, Record<string, unknown>[]>
  commands: Map<string, object[]>
  /** `bucket` is which limit refused it. */
  calls: { method: string; path: string; status: number; at: number; bucket?: string }[]
  fault?: (method: string, path: string) => Answer | 'drop' | undefined
  lose?: (method: string, path: string, body: Record<string, unknown>) => boolean
  /** Looks at what was asked. */
  seen?: (method: string, path: string, body: Record<string, unknown>) => void
  id(): string
}

export type FakeDiscord = {
  /** For DISCORD_API_URL. */
  api: string
  state: State
  gateway: Gateway
  guild(id: string, name?: string): Guild
  /** Headers of every answer from now on. */
  setHeaders(headers: Record<string, string>): void
  close(): Promise<void>
}

/** A Discord of our own on loopback, as its public documentation describes it: REST, gateway and, if wanted, its limits. */
export async function fakeDiscord({ limits }: { limits?: Limits } = {}): Promise<FakeDiscord> {
  let ids = 0n
  const state: State = {
    token: 'MTIz.token',
    application: '900000000000000001',
    guilds: new Map(),
    messages: [],
    nonces: new Map(),
    threads: new Map(),
    closed: new Set(),
    dms: new Map(),
    callbacks: new Map(),
    edits: new Map(),
    followups: new Map(),
    commands: new Map(),
    calls: [],
    id: () => String(((BigInt(Date.now()) - 1_420_070_400_000n) << 22n) + (++ids % (1n << 22n))),
  }
  const limit = limits && buckets(limits)
  let always: Record<string, string> = {}
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ws = gateway(server, state, `ws://127.0.0.1:${port}`)

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const path = url.pathname.replace(/^\/api\/v10/, '')
    const method = request.method ?? 'GET'
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString('utf8')
    const send = ({ status, body }: Answer, headers: Record<string, string> = {}, bucket?: string) => {
      state.calls.push({ method, path, status, at: performance.now(), ...(bucket ? { bucket } : {}) })
      response.writeHead(status, {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...always,
        ...headers,
      })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    const anonymous = path.startsWith('/interactions/') || path.startsWith('/webhooks/')
    if (!anonymous && request.headers.authorization !== `Bot ${state.token}`)
      return send({ status: 401, body: { message: '401: Unauthorized', code: 0 } })
    const wait = anonymous ? undefined : limit?.(method, path)
    if (wait?.blocked) {
      const { global, seconds } = wait.blocked
      const headers = {
        'Retry-After': String(seconds),
        ...(global ? { 'X-RateLimit-Global': 'true' } : wait.headers),
        'X-RateLimit-Scope': global ? 'global' : 'user',
      }
      return send(
        { status: 429, body: { message: 'You are being rate limited.', retry_after: seconds, global } },
        headers,
        global ? 'global' : path,
      )
    }
    const fault = state.fault?.(method, path)
    if (fault === 'drop') return request.socket.destroy()
    const body = raw ? (JSON.parse(raw) as Record<string, unknown>) : {}
    state.seen?.(method, path, body)
    const answer = fault ?? api({ method, path, body, state, gatewayUrl: `ws://127.0.0.1:${port}/gateway` })
    if (state.lose?.(method, path, body)) return request.socket.destroy()
    return send(answer, wait?.headers)
  }

  return {
    api: `http://127.0.0.1:${port}/api`,
    state,
    gateway: ws,
    guild(id, name = `Server ${id}`) {
      const guild: Guild = {
        id,
        name,
        owner: '500',
        channels: new Map([['300', { name: 'standards-news' }]]),
        members: new Map([
          ['500', { name: 'Owner', roles: [], permissions: String(1n << 3n) }],
          ['501', { name: 'Sara', roles: [], permissions: '0' }],
        ]),
        roles: new Map(),
        events: new Map(),
      }
      state.guilds.set(id, guild)
      return guild
    },
    setHeaders(headers) {
      always = headers
    },
    async close() {
      ws.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
