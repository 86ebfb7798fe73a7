import type { Checked } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  OverwriteType,
  Routes,
} from 'discord-api-types/v10'
import { classify } from './errors.ts'
import { type Feature, missingPermissions } from './permissions.ts'

/** What a channel of a server is used for, and so which permissions are needed there. */
export type UsedChannel = { id: string; for: readonly Feature[] }
/** A server to look at, with the channels and roles (Discord's ids) that its settings name. */
export type Looked = { id: string; name: string; channels: readonly UsedChannel[]; roles: readonly string[] }

const ADMINISTRATOR = 1n << 3n
const MANAGE_ROLES = 1n << 28n
const line = (state: Checked['state'], name: string, say: string): Checked => ({ name, state, say })

/** Looks at the token and at each server: permissions by channel, and whether the roles can be given. Changes nothing, never throws. */
export async function checkDiscord(rest: REST, servers: readonly Looked[]): Promise<Checked[]> {
  let me: { id: string; username: string }
  try {
    me = (await rest.get(Routes.user())) as { id: string; username: string }
  } catch (error) {
    const { code, say, fate } = classify(error)
    const away = fate === 'again' ? ' Look at the network, or at DISCORD_API_URL.' : ''
    return [line('bad', 'discord', `${say}${away} (${code})`)]
  }
  const found = [line('ok', 'discord', `the token works, as ${me.username}`)]
  if (servers.length === 0)
    found.push(
      line('hint', 'discord', 'No server yet: "pnpm cme discord invite" prints the address that adds the bot to one.'),
    )
  for (const server of servers) found.push(...(await checkServer(rest, me.id, server)))
  return found
}

async function checkServer(rest: REST, me: string, server: Looked): Promise<Checked[]> {
  const name = `discord ${server.name}`
  try {
    const guild = (await rest.get(Routes.guild(server.id))) as APIGuild
    const member = (await rest.get(Routes.guildMember(server.id, me))) as APIGuildMember
    const bits = basePermissions(guild, member)
    const found: Checked[] = []
    for (const channel of server.channels) found.push(await checkChannel(rest, name, guild, member, bits, channel, me))
    found.push(...checkRoles(name, guild, member, bits, server.roles))
    for (const { name: what, without } of missingPermissions(bits, ['conferences']))
      found.push(
        line('hint', name, `It has no "${what}". ${without} An administrator gives it under Server Settings, Roles.`),
      )
    return found.some(({ state }) => state !== 'hint')
      ? found
      : [...found, line('ok', name, 'it is there; no channel or role is set yet (/cme setup)')]
  } catch (error) {
    const { code, say } = classify(error)
    return [line('bad', name, `${say} (${code})`)]
  }
}

/** What the bot may do on a server before any channel says otherwise. */
function basePermissions(guild: APIGuild, { roles }: APIGuildMember): bigint {
  const own = guild.roles.filter(({ id }) => id === guild.id || roles.includes(id))
  const bits = own.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n)
  return (bits & ADMINISTRATOR) !== 0n ? ~0n : bits
}

/** Discord's order: everyone, then the roles together, then the member. */
function inChannel(
  bits: bigint,
  overwrites: readonly APIOverwrite[],
  guild: string,
  roles: readonly string[],
  me: string,
): bigint {
  if (bits === ~0n) return bits
  const apply = (sum: bigint, some: readonly APIOverwrite[]): bigint => {
    const deny = some.reduce((all, one) => all | BigInt(one.deny), 0n)
    const allow = some.reduce((all, one) => all | BigInt(one.allow), 0n)
    return (sum & ~deny) | allow
  }
  const everyone = apply(
    bits,
    overwrites.filter(({ id }) => id === guild),
  )
  const byRole = apply(
    everyone,
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guild && roles.includes(id)),
  )
  return apply(
    byRole,
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === me),
  )
}

async function checkChannel(
  rest: REST,
  name: string,
  guild: APIGuild,
  { roles }: APIGuildMember,
  bits: bigint,
  used: UsedChannel,
  me: string,
): Promise<Checked> {
  try {
    const channel = (await rest.get(Routes.channel(used.id))) as APIChannel & { permission_overwrites?: APIOverwrite[] }
    const label = 'name' in channel && channel.name ? `#${channel.name}` : used.id
    const missing = missingPermissions(
      inChannel(bits, channel.permission_overwrites ?? [], guild.id, roles, me),
      used.for,
    )
    if (missing.length === 0) return line('ok', name, `it can do its work in ${label}`)
    const what = missing.map((permission) => `"${permission.name}" (${permission.why})`).join(', ')
    return line('bad', name, `${label}: give the bot’s role ${what}, under Edit Channel, Permissions.`)
  } catch (error) {
    const { code, say } = classify(error)
    return line('bad', name, `${used.id}: ${say} (${code})`)
  }
}

/** A bot gives only roles that stand below its own highest one. */
function checkRoles(
  name: string,
  guild: APIGuild,
  member: APIGuildMember,
  bits: bigint,
  ids: readonly string[],
): Checked[] {
  if (ids.length === 0) return []
  if ((bits & MANAGE_ROLES) === 0n)
    return [
      line(
        'bad',
        name,
        'It may not give roles: allow "Manage Roles" for the bot’s role, under Server Settings, Roles.',
      ),
    ]
  const own = guild.roles
    .filter(({ id }) => member.roles.includes(id))
    .reduce((top, { position }) => Math.max(top, position), 0)
  return ids.map((id) => {
    const role = guild.roles.find((one) => one.id === id)
    if (!role) return line('bad', name, `The role ${id} is not there any more: choose it again with /cme setup.`)
    return role.position < own
      ? line('ok', name, `it can give the role ${role.name}`)
      : line(
          'bad',
          name,
          `The role ${role.name} stands above the bot’s own: drag the bot’s role above it, under Server Settings, Roles.`,
        )
  })
}
