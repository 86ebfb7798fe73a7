import type { Edge, Outcome, RoleChange } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { type Classified, outcomeOf } from './errors.ts'

type Parts = { edge: Edge; rest: REST; noted: (error: unknown) => Classified }

const MAY_NOT =
  'The bot may not give or take this role: allow "Manage Roles" for the bot’s own role and drag it above this one, under Server Settings, Roles.'

/**
 * Takes the roles of a change, then gives the new one; done twice it changes nothing. A role that is not there any more is taken already,
 * and one that the bot may not touch keeps nobody from the others: the moderators hear of it.
 */
export async function changeRoles(
  { edge, rest, noted }: Parts,
  { space, user }: { space: string; user: string },
  { give, take }: RoleChange,
): Promise<Outcome> {
  let wrong: Classified | undefined
  for (const role of [...take, ...(give ? [give] : [])]) {
    const route = Routes.guildMemberRole(space, user, role)
    try {
      if (role === give) await rest.put(route, { reason: 'This track was chosen' })
      else await rest.delete(route, { reason: 'Another track was chosen' })
    } catch (error) {
      const what = noted(error)
      if (what.fate !== 'role' && what.fate !== 'channel') return outcomeOf(what)
      const gone = what.fate === 'role'
      const say = gone ? what.say : MAY_NOT
      await edge.amiss(space, { role, say, gone })
      if (!gone || role === give) wrong ??= { ...what, fate: 'role', say }
    }
  }
  return wrong ? outcomeOf(wrong) : { done: true }
}
