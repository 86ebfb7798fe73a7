import type { Edge } from '@cme-commons/core'
import { DiscordAPIError, type REST } from '@discordjs/rest'
import { type APIGuild, type APIGuildMember, Routes } from 'discord-api-types/v10'
import { rolesOf } from './who.ts'

const UNKNOWN = [10_004, 10_007, 10_013]

/** Whether somebody moderates a server at this moment, as Discord says when it is asked; nothing while it does not answer. */
export async function moderatesNow(
  edge: Edge,
  rest: REST,
  { space, user }: { space: string; user: string },
): Promise<boolean | undefined> {
  try {
    const guild = (await rest.get(Routes.guild(space))) as APIGuild
    if (guild.owner_id === user) return true
    const { roles } = (await rest.get(Routes.guildMember(space, user))) as APIGuildMember
    // Everybody has the role whose id is that of the server.
    const held = guild.roles.filter(({ id }) => id === space || roles.includes(id))
    const permissions = held.reduce((all, role) => all | BigInt(role.permissions), 0n)
    return (await rolesOf(edge, space, String(permissions), roles)).moderator
  } catch (error) {
    return error instanceof DiscordAPIError && UNKNOWN.includes(Number(error.code)) ? false : undefined
  }
}
