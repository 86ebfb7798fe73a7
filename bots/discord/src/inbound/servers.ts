import type { ArrivedSpace, Edge } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { classify } from '../errors.ts'

/** Which part of all servers a connection tells of. */
export type Shard = { id: number; count: number }

/** The servers that the bot is in, as the gateway tells of them. */
export function makeServers(edge: Edge, rest: REST) {
  const met = new Map<string, Promise<void>>()

  function enter(space: ArrivedSpace): Promise<void> {
    const entering = edge.enter(space)
    met.set(space.id, entering)
    entering.catch(() => met.delete(space.id))
    return entering
  }

  /** A server of which something was heard before the gateway told of it. */
  async function meet(id: string): Promise<void> {
    const { name, owner_id } = (await rest.get(Routes.guild(id)).catch(() => ({}))) as {
      name?: string
      owner_id?: string
    }
    await enter({ id, name: name ?? `Server ${id}`, ...(owner_id ? { installer: owner_id } : {}) })
  }

  async function left(id: string): Promise<void> {
    met.delete(id)
    await edge.leave(id, 'The bot was taken out of the server.')
  }

  return {
    enter,
    left,
    /** Ends when the server is known. */
    known: (id: string): Promise<void> => met.get(id) ?? meet(id),
    /** Leaves the servers that the bot was taken out of while nobody listened: those not in the list, once the API says the same. */
    async compare(there: readonly string[], { id: shard, count }: Shard): Promise<void> {
      const listed = new Set(there)
      const ours = (await edge.spaces()).filter((id) => Number((BigInt(id) >> 22n) % BigInt(count)) === shard)
      for (const id of ours) if (!listed.has(id) && (await isGone(rest, id))) await left(id)
    },
  }
}

async function isGone(rest: REST, id: string): Promise<boolean> {
  try {
    await rest.get(Routes.guild(id))
    return false
  } catch (error) {
    return ['10004', '50001'].includes(classify(error).code)
  }
}
