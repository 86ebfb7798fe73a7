import type { Outcome } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { OverwriteType, PermissionFlagsBits, Routes } from 'discord-api-types/v10'
import type { Channel } from './channel.ts'

/** What everybody may not do in a channel that is closed: it can be read, and roles that have a rule of their own there keep it. */
const LOCK =
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.CreatePrivateThreads

/** The rule of everybody, whose id is that of the server. */
function everybody({ permission_overwrites = [] }: Channel, space: string): { allow: bigint; deny: bigint } {
  const { allow = '0', deny = '0' } = permission_overwrites.find(({ id }) => id === space) ?? {}
  return { allow: BigInt(allow), deny: BigInt(deny) }
}

export const isLocked = (channel: Channel, space: string): boolean => (everybody(channel, space).deny & LOCK) === LOCK

/** Closes a channel for writing; what else is allowed or denied there stays. */
export async function archive(rest: REST, id: string, space: string): Promise<Outcome> {
  const channel = (await rest.get(Routes.channel(id))) as Channel
  const { allow, deny } = everybody(channel, space)
  if (!isLocked(channel, space)) await put(rest, id, space, { allow: allow & ~LOCK, deny: deny | LOCK })
  return { done: true }
}

export async function unlock(rest: REST, channel: Channel, space: string): Promise<void> {
  const { allow, deny } = everybody(channel, space)
  await put(rest, channel.id, space, { allow, deny: deny & ~LOCK })
}

const put = (rest: REST, id: string, space: string, { allow, deny }: { allow: bigint; deny: bigint }) =>
  rest.put(Routes.channelPermission(id, space), {
    body: { type: OverwriteType.Role, allow: String(allow), deny: String(deny) },
  })
