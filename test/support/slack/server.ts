import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Answer, api } from './api.ts'
import { type Limits, limiter } from './limits.ts'

/** A message as the workspace keeps it. */
export type Posted = {
  team: string
  channel: string
  ts: string
  user: string
  text: string
  blocks: Block[]
  thread_ts?: string
  metadata?: { event_type: string; event_payload: Record<string, unknown> }
  client_msg_id?: string
  /** For whom alone it is shown. */
  to?: string
  /** How often it was changed. */
  edits?: number
  unfurl_links?: boolean
}
export type Block = { type: string; block_id?: string; [name: string]: unknown }
export type View = {
  id: string
  hash: string
  type: string
  callback_id?: string
  blocks: Block[]
  [name: string]: unknown
}
export type Team = {
  id: string
  name: string
  token: string
  scopes: string[]
  /** `of` is the workspace of somebody who comes from elsewhere. */
  users: Map<string, { name: string; tz: string; admin?: boolean; of?: string }>
  channels: Map<string, Channel>
}

export type Channel = {
  name: string
  archived?: boolean
  member?: boolean
  private?: boolean
  creator?: string
  topic?: string
  /** Time stamps of the messages that are pinned. */
  pins?: string[]
  bookmarks?: { id: string; title: string; link: string }[]
}

/** What the server knows, for tests to look at and to change. */
export type State = {
  teams: Map<string, Team>
  messages: Posted[]
  homes: Map<string, View>
  views: Map<string, View>
  /** What was sent to a `response_url`, by its id. */
  responses: Map<string, Record<string, unknown>[]>
  calls: { method: string; team: string; at: number; error?: string }[]
  codes: Map<string, { team: string; user: string; redirect: string }>
  /** Makes a method answer something else: return nothing to let it through. */
  fault?: (method: string, args: Record<string, unknown>, team: string) => Answer | 'hang' | 'drop' | undefined
  /** The most messages that a page of a history has. */
  page?: number
  /** Lets a call through and drops the answer: the message is there and nobody knows. */
  lose?: (method: string, args: Record<string, unknown>) => boolean
  stamp(): string
}

export type FakeSlack = {
  url: string
  state: State
  /** The open sockets of Socket Mode. */
  sockets: Set<WebSocket>
  acks: Map<string, (payload: unknown) => void>
  team(id: string, more?: Partial<Team>): Team
  close(): Promise<void>
}

/** A Slack of our own on loopback, as its public documentation describes it: the Web API, OAuth, Socket Mode and, if wanted, its limits. */
export async function fakeSlack({ limits }: { limits?: Limits } = {}): Promise<FakeSlack> {
  let seconds = Math.floor(Date.now() / 1000)
  let count = 0
  const state: State = {
    teams: new Map(),
    messages: [],
    homes: new Map(),
    views: new Map(),
    responses: new Map(),
    calls: [],
    codes: new Map(),
    stamp: () => `${seconds}.${String(++count).padStart(6, '0')}`,
  }
  const limit = limits && limiter(limits)
  const server = createServer((request, response) => void handle(request, response))
  const sockets = new Set<WebSocket>()
  const acks = new Map<string, (payload: unknown) => void>()
  const wss = new WebSocketServer({ server, path: '/socket' })
  wss.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown }
      acks.get(envelope_id)?.(payload)
      acks.delete(envelope_id)
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A1' } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString('utf8')
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (pathname.startsWith('/respond/')) {
      const id = pathname.slice('/respond/'.length)
      const list = state.responses.get(id)
      if (!list) return send(404, { ok: false, error: 'expired_url' })
      list.push(JSON.parse(raw) as Record<string, unknown>)
      return send(200, { ok: true })
    }
    if (pathname === '/oauth/v2/authorize') {
      // The person says yes at once, in the workspace that the test names.
      const code = randomUUID()
      const redirect = searchParams.get('redirect_uri') ?? ''
      state.codes.set(code, {
        team: searchParams.get('team') ?? [...state.teams.keys()].at(-1)!,
        user: 'UADMIN',
        redirect,
      })
      const to = new URL(redirect)
      to.searchParams.set('code', code)
      to.searchParams.set('state', searchParams.get('state') ?? '')
      return send(302, '', { Location: to.href })
    }
    const method = pathname.replace(/^\/api\//, '')
    const args = argsOf(request, raw, searchParams)
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || String(args.token ?? '')
    const team = [...state.teams.values()].find((one) => one.token === token)
    const name = team?.id ?? ''
    const note = (error?: string) =>
      state.calls.push({ method, team: name, at: performance.now(), ...(error ? { error } : {}) })
    const wait = team && limit?.(name, method, String(args.channel ?? ''))
    if (wait) {
      note('ratelimited')
      return send(429, { ok: false, error: 'ratelimited' }, { 'Retry-After': String(wait) })
    }
    const fault = state.fault?.(method, args, name)
    if (fault === 'hang') return undefined
    if (fault === 'drop') return request.socket.destroy()
    const answer = fault ?? api({ method, args, team, state, socketUrl: `${url.replace('http', 'ws')}/socket` })
    note(answer.ok ? undefined : String(answer.error))
    if (state.lose?.(method, args)) return request.socket.destroy()
    const scopes = team ? { 'x-oauth-scopes': team.scopes.join(',') } : {}
    return send(typeof answer.status === 'number' ? answer.status : 200, answer, scopes as Record<string, string>)
  }

  return {
    url,
    state,
    sockets,
    acks,
    team(id, more = {}) {
      const team: Team = {
        id,
        name: `Workspace ${id}`,
        token: `xoxb-${id}`,
        scopes: ['commands', 'chat:write', 'im:write', 'users:read', 'channels:read'],
        users: new Map([['U1', { name: 'Sara', tz: 'America/New_York' }]]),
        channels: new Map([['C1', { name: 'standards-news', member: true }]]),
        ...more,
      }
      state.teams.set(id, team)
      return team
    },
    async close() {
      for (const socket of sockets) socket.terminate()
      wss.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      seconds = 0
    },
  }
}

function argsOf(request: IncomingMessage, raw: string, query: URLSearchParams): Record<string, unknown> {
  const type = request.headers['content-type'] ?? ''
  if (type.includes('json')) return JSON.parse(raw || '{}') as Record<string, unknown>
  const args: Record<string, unknown> = Object.fromEntries([...query, ...new URLSearchParams(raw)])
  for (const name of ['blocks', 'view', 'metadata']) {
    const value = args[name]
    if (typeof value === 'string') args[name] = JSON.parse(value)
  }
  return args
}
