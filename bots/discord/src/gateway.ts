import type { Edge } from '@cme-commons/core'
import { Client, GatewayIntentBits, Options } from 'discord.js'
import { type APIInteraction, GatewayDispatchEvents, type GatewayGuildCreateDispatchData } from 'discord-api-types/v10'
import type { DiscordSettings } from './settings.ts'

export type Gateway = { ready(): boolean; stop(): Promise<void> }
type Heard = {
  interaction(data: APIInteraction): Promise<void>
}

const LEASE = 'gateway'
const LEASE_MS = 15_000
const RENEW_MS = 5_000

/**
 * Holds the gateway of Discord: one process at a time, by a lease that another takes over when its holder dies. Sharded as Discord
 * recommends. No privileged intent: we hear of servers, and of what people ask of us.
 */
export function holdGateway(edge: Edge, settings: DiscordSettings, heard: Heard): Gateway {
  let client: Client | undefined
  let stopped = false
  let busy: Promise<void> | undefined

  async function turn(): Promise<void> {
    const ours = await edge.hold(LEASE, LEASE_MS).catch((error: unknown) => {
      edge.log.warn({ why: (error as Error).message }, 'the lease of the gateway could not be renewed')
      return false
    })
    if (ours && !client) await connect()
    if (!ours && client) {
      edge.log.warn({}, 'another process holds the gateway of Discord now')
      await disconnect()
    }
  }
  async function connect(): Promise<void> {
    const made = makeClient(settings)
    client = made
    listen(edge, made, heard)
    try {
      await made.login(settings.token)
      edge.log.info({}, 'Discord is connected')
    } catch (error) {
      edge.log.error({ why: (error as Error).message }, 'Discord could not be reached; it is tried again')
      await disconnect()
      await edge.letGo(LEASE)
    }
  }
  async function disconnect(): Promise<void> {
    const old = client
    client = undefined
    await old?.destroy()
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
    ready: () => client?.isReady() ?? false,
    async stop() {
      stopped = true
      clearInterval(timer)
      await busy
      await disconnect()
      await edge.letGo(LEASE).catch(() => {})
    },
  }
}

/** What is kept in memory is as little as the library can do with: every answer is made from what arrives. */
const makeClient = ({ token, api }: DiscordSettings): Client => {
  const none = { maxSize: 0 }
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    rest: { api, version: '10', timeout: 10_000 },
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

function listen(edge: Edge, client: Client, heard: Heard): void {
  const soon = (work: Promise<void>) => void work.catch((error: unknown) => edge.apology(error, 'an event of Discord'))
  client.on('error', (error) => edge.log.warn({ why: error.message }, 'the gateway of Discord'))
  client.on('invalidated', () => edge.log.error({}, 'Discord ended our session for good; it is opened anew'))
  // The library's own objects are not needed: what arrives is read as it is.
  const events = client.ws as unknown as { on(name: string, then: (data: never) => void): void }
  events.on(GatewayDispatchEvents.InteractionCreate, (data: APIInteraction) => soon(heard.interaction(data)))
  events.on(GatewayDispatchEvents.GuildCreate, (guild: GatewayGuildCreateDispatchData) => {
    if (!guild.unavailable) soon(edge.enter({ id: guild.id, name: guild.name, installer: guild.owner_id }))
  })
  events.on(GatewayDispatchEvents.GuildDelete, (guild: { id: string; unavailable?: boolean }) => {
    if (!guild.unavailable) soon(edge.leave(guild.id, 'The bot was taken out of the server.'))
  })
}
