import {
  type Command,
  type CommandOption,
  type CommandVerb,
  commands,
  cut,
  type Knowledge,
  MENU_GROUPS,
  menuEntry,
} from '@cme-commons/core'
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import { localized, MESSAGE_COMMANDS, type Top, topOf, USER_COMMANDS } from './names.ts'

type Numbered<T> = T extends unknown ? Omit<T, PERMISSIONS> & { [P in PERMISSIONS]?: number } : never
type PERMISSIONS = 'default_member_permissions'
/** Commands as Discord's own description of its API has them: permissions as a number, which its library writes as a text. */
export type CommandBodies = Numbered<RESTPutAPIApplicationCommandsJSONBody[number]>[]
type Sub = APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption

const MOST = { description: 100, choice: 100, choices: 25, typed: 6000 }

/**
 * All commands of the bot as Discord takes them, in one list that replaces the one before: `/cme` and `/cme-conf` for everybody, `/cme-admin` for
 * those who manage the server, and what can be done with a message or a person. `content` gives the choices of short lists.
 */
export function commandsOf(content: Knowledge): CommandBodies {
  const sorted = [...commands].sort((a, b) => placeOf(a) - placeOf(b))
  const under = (top: Top) => sorted.filter(({ name }) => topOf(name) === top).map((one) => subOf(one, content))
  const conferences = under('cme-conf')
  const everywhere = [InteractionContextType.Guild, InteractionContextType.BotDM]
  const integration_types = [ApplicationIntegrationType.GuildInstall]
  const named = (
    names: Readonly<Record<string, string>>,
    type: ApplicationCommandType.User | ApplicationCommandType.Message,
  ) =>
    Object.values(names).map((name) => ({
      type,
      name,
      name_localizations: localized(name),
      contexts: type === ApplicationCommandType.User ? [InteractionContextType.Guild] : everywhere,
      integration_types,
    }))
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: 'cme',
      description: 'Standards news, the letters of the field, and your onboarding',
      options: under('cme'),
      contexts: everywhere,
      integration_types,
    },
    ...(conferences.length > 0
      ? [
          {
            type: ApplicationCommandType.ChatInput as const,
            name: 'cme-conf',
            description: 'Conferences and deadlines of the field, and what you follow of them',
            options: conferences,
            contexts: everywhere,
            integration_types,
          },
        ]
      : []),
    {
      type: ApplicationCommandType.ChatInput,
      name: 'cme-admin',
      description: 'For moderators: what the bot does in this server, and for whom',
      options: under('cme-admin'),
      ...FOR_MODERATORS,
      integration_types,
    },
    ...named(USER_COMMANDS, ApplicationCommandType.User),
    ...named(MESSAGE_COMMANDS, ApplicationCommandType.Message).map((one) =>
      one.name === MESSAGE_COMMANDS.keep ? { ...one, ...FOR_MODERATORS } : one,
    ),
  ]
}

const FOR_MODERATORS = {
  default_member_permissions: Number(PermissionFlagsBits.ManageGuild),
  contexts: [InteractionContextType.Guild],
}

const placeOf = ({ name }: Command): number => MENU_GROUPS.indexOf(menuEntry(name).group)

/** A command as a line of the picker, which its group begins so that the list reads like a table of contents. */
function subOf({ name, summary }: Command, content: Knowledge): Sub {
  const { group, option, verbs, moderators } = menuEntry(name)
  const description = moderators
    ? summary.replace(/^Moderators: ./, (start) => start.slice(-1).toUpperCase())
    : `${group} · ${summary}`
  if (verbs)
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name,
      description: cut(description, MOST.description),
      options: verbs.map((verb) => verbOf(verb, `${group} · `, content)),
    }
  return verbOf({ name, summary: description, ...(option ? { option } : {}) }, '', content)
}

const verbOf = (
  { name, summary, option }: CommandVerb,
  group: string,
  content: Knowledge,
): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  description: cut(group + summary, MOST.description),
  ...(option ? { options: [optionOf(option, content)] } : {}),
})

function optionOf(
  { name, description, completes, required }: CommandOption,
  content: Knowledge,
): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.String as const
  const base = { type, name, description: cut(description, MOST.description), required: required ?? false }
  const list = completes === 'track' ? content.tracks : completes === 'region' ? content.regions : []
  if (list.length > 0 && list.length <= MOST.choices)
    return { ...base, choices: list.map(({ id, name }) => ({ name: cut(name, MOST.choice), value: id })) }
  return completes ? { ...base, autocomplete: true } : { ...base, max_length: MOST.typed }
}
