import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Guild, State } from './server.ts'

export type Gateway = {
  sockets: Set<WebSocket>
  /** How often somebody identified, and how often somebody resumed. */
  identified(): number
  resumed(): number
  /** Tells everybody who is connected. */
  dispatch(name: string, data: object): void
  /** Ends every connection with a close code, as 4004 when a token was reset. */
  hangUp(code: number): void
  /** Refuses the next resume, as Discord does when a session is too old. */
  refuseResume(): void
  close(): void
}

const HELLO = 10
const DISPATCH = 0
const HEARTBEAT = 1
const IDENTIFY = 2
const RESUME = 6
const INVALID = 9
const ACK = 11

/** The gateway: hello, identify or resume, heartbeats, and events with their sequence numbers. */
export function gateway(server: Server, state: State, base: string): Gateway {
  const wss = new WebSocketServer({ server, path: '/gateway' })
  const sockets = new Set<WebSocket>()
  const sequences = new WeakMap<WebSocket, number>()
  const missed: { t: string; d: object }[] = []
  let identified = 0
  let resumed = 0
  let refuse = false

  const say = (socket: WebSocket, t: string, d: object) => {
    const s = (sequences.get(socket) ?? 0) + 1
    sequences.set(socket, s)
    socket.send(JSON.stringify({ op: DISPATCH, t, s, d }))
  }
  wss.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: HELLO, d: { heartbeat_interval: 20_000 } }))
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: { token?: string; seq?: number; intents?: number } }
      if (op === HEARTBEAT) return socket.send(JSON.stringify({ op: ACK }))
      if (op === IDENTIFY) {
        if (d.token !== state.token) return socket.close(4004)
        identified++
        sockets.add(socket)
        say(socket, 'READY', {
          v: 10,
          user: { id: state.application, username: 'cme', discriminator: '0000', bot: true, avatar: null },
          guilds: [...state.guilds.keys()].map((id) => ({ id, unavailable: true })),
          session_id: 'session',
          resume_gateway_url: `${base}/gateway`,
          application: { id: state.application, flags: 0 },
          shard: [0, 1],
        })
        for (const guild of state.guilds.values()) say(socket, 'GUILD_CREATE', guildJson(guild))
      }
      if (op === RESUME) {
        if (refuse) {
          refuse = false
          return socket.send(JSON.stringify({ op: INVALID, d: false }))
        }
        resumed++
        sockets.add(socket)
        sequences.set(socket, d.seq ?? 0)
        for (const { t, d } of missed.splice(0)) say(socket, t, d)
        say(socket, 'RESUMED', {})
      }
    })
  })
  return {
    sockets,
    identified: () => identified,
    resumed: () => resumed,
    dispatch(t, d) {
      if (sockets.size === 0) missed.push({ t, d })
      for (const socket of sockets) say(socket, t, d)
    },
    hangUp: (code) => {
      for (const socket of sockets) socket.close(code)
    },
    refuseResume: () => {
      refuse = true
      missed.length = 0
    },
    close() {
      for (const socket of wss.clients) socket.terminate()
      wss.close()
    },
  }
}

/** The bot's own role, which may do what the bot asks for. */
export const BOT_ROLE = '900000000000000002'
const MAY = [4n, 10n, 11n, 28n, 35n, 36n, 38n, 44n, 51n].reduce((bits, bit) => bits | (1n << bit), 0n)

export const guildJson = ({ id, name, owner, channels, roles, lacks = 0n }: Guild) => ({
  id,
  name,
  icon: null,
  owner_id: owner,
  preferred_locale: 'en-US',
  roles: [
    { id, name: '@everyone', permissions: '0', position: 0 },
    { id: BOT_ROLE, name: 'cme', permissions: String(MAY & ~lacks), position: 5 },
    ...[...roles].map(([role, { name, above }]) => ({ id: role, name, permissions: '0', position: above ? 9 : 2 })),
  ],
  emojis: [],
  stickers: [],
  features: [],
  channels: [...channels].map(([id, channel]) => ({
    id,
    type: 0,
    name: channel.name,
    position: 0,
    permission_overwrites: [],
  })),
  threads: [],
  members: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  member_count: 2,
  unavailable: false,
})
