import type { Knowledge } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIApplication, type APIApplicationCommand, Routes } from 'discord-api-types/v10'
import { type CommandBodies, commandsOf } from './commands/bodies.ts'
import { type Difference, difference } from './commands/difference.ts'

/** What would be registered where, and what that changes. */
export type Plan = { application: string; guild?: string; difference: Difference; bodies: CommandBodies }

/** The bot's own application, as its token tells. */
export const ownApplication = async (rest: REST): Promise<{ id: string; name: string }> => {
  const { id, name } = (await rest.get(Routes.currentApplication())) as APIApplication
  return { id, name }
}

/** What registering would change, for every server or for one; nothing is changed yet. */
export async function planCommands(rest: REST, content: Knowledge, guild?: string): Promise<Plan> {
  const { id: application } = await ownApplication(rest)
  const query = new URLSearchParams({ with_localizations: 'true' })
  const registered = (await rest.get(routeOf(application, guild), { query })) as APIApplicationCommand[]
  const bodies = commandsOf(content)
  return { application, ...(guild ? { guild } : {}), difference: difference(registered, bodies), bodies }
}

/** Registers all commands in one request that replaces the list before; done twice it changes nothing. */
export async function registerCommands(rest: REST, { application, guild, bodies }: Plan): Promise<void> {
  await rest.put(routeOf(application, guild), { body: bodies })
}

const routeOf = (application: string, guild: string | undefined) =>
  guild ? Routes.applicationGuildCommands(application, guild) : Routes.applicationCommands(application)
