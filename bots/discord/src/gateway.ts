import type { Edge } from '@cme-commons/core'
import { Client, GatewayIntentBits, Options, Status } from 'discord.js'
import type { Events } from './inbound/events.ts'
import type { MakeRequest } from './pace.ts'
import type { DiscordSettings } from './settings.ts'

export type Gateway = { ready(): boolean; stop(): Promise<void> }

const LEASE = 'gateway'
const LEASE_MS = 15_000
const RENEW_MS = 5_000
/** A token that was refused is tried again so seldom: each refusal counts against the address. */
const REFUSED_MS = 60_000
/** The library connects again by itself; when it has not for so long, it is made anew. */
const AWAY_MS = 120_000

/**
 * Holds the gateway of Discord: one process at a time, by a lease that another takes over when its holder dies. Sharded as Discord
 * recommends. No privileged intent: we hear of servers, and of what people ask of us.
 */
export function holdGateway(edge: Edge, settings: DiscordSettings, events: Events, pace: MakeRequest): Gateway {
  let session: Session | undefined
  let stopped = false
  let busy: Promise<void> | undefined
  let ours = -Infinity
  let notBefore = 0

  async function turn(): Promise<void> {
    const held = await holds()
    const over = session?.over()
    if (session && (!held || over)) {
      edge.log.warn(
        {},
        held ? `Discord: ${over}; it is connected anew` : 'another process holds the gateway of Discord',
      )
      await close()
    }
    if (held && !session && performance.now() >= notBefore && !stopped) await connect()
  }

  /** Whether the lease is ours. A database that does not answer for a moment takes it from nobody before its time is over. */
  async function holds(): Promise<boolean> {
    const asked = performance.now()
    try {
      const held = await edge.hold(LEASE, LEASE_MS)
      ours = held ? asked + LEASE_MS : -Infinity
    } catch (error) {
      edge.log.warn({ why: (error as Error).message }, 'the lease of the gateway could not be renewed')
    }
    return performance.now() < ours
  }

  async function connect(): Promise<void> {
    const made = makeSession(edge, makeClient(settings, pace), settings.token, events)
    session = made
    try {
      await made.open()
      edge.log.info({}, 'Discord is connected')
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      const refused = code === 'TokenInvalid'
      notBefore = performance.now() + (refused ? REFUSED_MS : RENEW_MS)
      const say = refused ? 'Discord does not take the token: make a new one and set DISCORD_TOKEN' : message
      edge.log.error({ why: say }, 'Discord could not be reached; it is tried again')
      await close()
      await edge.letGo(LEASE)
    }
  }

  async function close(): Promise<void> {
    const old = session
    session = undefined
    await old?.close()
  }

  const again = () => {
    busy ??= turn()
      .catch((error: unknown) => edge.log.error({ err: error }, 'the gateway of Discord'))
      .finally(() => {
        busy = undefined
      })
  }
  const timer = setInterval(() => !stopped && again(), RENEW_MS)
  again()
  return {
    ready: () => session?.ready() ?? false,
    async stop() {
      stopped = true
      clearInterval(timer)
      await session?.close()
      await busy
      await close()
      await edge.letGo(LEASE).catch(() => {})
    },
  }
}

type Session = {
  open(): Promise<unknown>
  ready(): boolean
  /** Why this connection will not come back by itself, when it will not. */
  over(): string | undefined
  close(): Promise<void>
}

function makeSession(edge: Edge, client: Client, token: string, events: Events): Session {
  let end: string | undefined
  let seen = performance.now()
  const ready = () =>
    client.isReady() && client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready)
  client.on('error', (error) => edge.log.warn({ why: error.message }, 'the gateway of Discord'))
  client.on('shardError', (error) => edge.log.warn({ why: error.message }, 'the gateway of Discord'))
  client.on('shardDisconnect', ({ code }) => {
    end = `it closed the connection for good (${code})`
  })
  client.on('invalidated', () => {
    end = 'it ended our session for good'
  })
  // The library's own objects are not needed: what arrives is read as it is.
  const raw = client.ws as unknown as { on(name: string, then: (data: never) => void): void }
  for (const [name, then] of Object.entries(events))
    raw.on(name, (data) => void then(data).catch((error: unknown) => edge.apology(error, `${name} of Discord`)))
  return {
    open: () => client.login(token),
    ready,
    over() {
      if (ready()) seen = performance.now()
      return end ?? (performance.now() - seen > AWAY_MS ? 'it has not answered for two minutes' : undefined)
    },
    close: () => client.destroy(),
  }
}

/** What is kept in memory is as little as the library can do with: every answer is made from what arrives. */
const makeClient = ({ token, api }: DiscordSettings, makeRequest: MakeRequest): Client => {
  const none = { maxSize: 0 }
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    rest: { api, version: '10', timeout: 10_000, makeRequest },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: none,
      ThreadManager: none,
      UserManager: none,
      PresenceManager: none,
      ReactionManager: none,
    }),
  })
  client.rest.setToken(token)
  // The library builds objects of its own from each interaction, and where a part is missing that it expects, nobody catches its throw.
  const { InteractionCreate } = (client as unknown as { actions: Record<string, { handle(data: unknown): void }> })
    .actions
  if (InteractionCreate) InteractionCreate.handle = () => {}
  return client
}
