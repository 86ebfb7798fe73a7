import type { Edge } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIInteraction,
  GatewayDispatchEvents as Event,
  type GatewayChannelDeleteDispatchData,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayGuildRoleDeleteDispatchData,
  type GatewayGuildUpdateDispatchData,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10'
import { CODES } from '../errors.ts'
import { interactions } from './interactions.ts'
import { makeServers } from './servers.ts'

/** What is done about each event of the gateway that concerns us, by its name, as Discord sends it. */
export type Events = Readonly<Record<string, (data: never) => Promise<void>>>

export function events(edge: Edge, rest: REST): Events {
  const servers = makeServers(edge, rest)
  const heard = interactions(edge, rest, servers.known)
  return {
    [Event.InteractionCreate]: (data: APIInteraction) => heard(data),
    [Event.Ready]: ({ guilds, shard: [id, count] = [0, 1] }: GatewayReadyDispatchData) =>
      servers.compare(
        guilds.map((guild) => guild.id),
        { id, count },
      ),
    [Event.GuildCreate]: async ({ id, name, owner_id, unavailable }: GatewayGuildCreateDispatchData) => {
      if (!unavailable) await servers.enter({ id, name, installer: owner_id })
    },
    [Event.GuildUpdate]: ({ id, name }: GatewayGuildUpdateDispatchData) => servers.enter({ id, name }),
    [Event.GuildDelete]: async ({ id, unavailable }: GatewayGuildDeleteDispatchData) => {
      if (!unavailable) await servers.left(id)
    },
    [Event.ChannelDelete]: async (channel: GatewayChannelDeleteDispatchData) => {
      if ('guild_id' in channel && channel.guild_id)
        await edge.amiss(channel.guild_id, { channel: channel.id, say: CODES[10003]!.say, gone: true })
    },
    [Event.GuildRoleDelete]: ({ guild_id, role_id }: GatewayGuildRoleDeleteDispatchData) =>
      edge.amiss(guild_id, { role: role_id, say: CODES[10011]!.say, gone: true }),
  }
}
