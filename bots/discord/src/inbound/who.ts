import type { Actor, Edge } from '@cme-commons/core'
import type { APIInteraction } from 'discord-api-types/v10'

const ADMINISTRATOR = 1n << 3n
const MANAGE_GUILD = 1n << 5n

/** Who acts. In a direct message no server is told: it is the one she was seen in last; nothing for who never was in one. */
export async function whoIs(edge: Edge, interaction: APIInteraction): Promise<Actor | undefined> {
  const user = interaction.member?.user ?? interaction.user
  if (!user) return undefined
  const space = interaction.guild_id ?? (await edge.spaceOf(user.id))
  if (!space) return undefined
  const member = interaction.member
  const name = member?.nick ?? user.global_name ?? user.username
  return {
    space,
    user: user.id,
    name,
    ...(member ? await rolesOf(edge, space, member.permissions, member.roles) : { moderator: false }),
    ...('locale' in interaction && interaction.locale ? { locale: interaction.locale } : {}),
    ...(interaction.guild_id && interaction.channel?.id ? { channel: interaction.channel.id } : {}),
  }
}

/** What Discord says about her part: who manages the server moderates, and so do the roles that were named for it. */
export async function rolesOf(edge: Edge, space: string, permissions: string, roles: readonly string[]) {
  const { moderatorRole, mentorRole } = await edge.settings(space)
  const has = (role: string | undefined) => role !== undefined && roles.includes(role)
  const manages = (BigInt(permissions) & (ADMINISTRATOR | MANAGE_GUILD)) !== 0n
  return { moderator: manages || has(moderatorRole), ...(has(mentorRole) ? { mentor: true } : {}) }
}
