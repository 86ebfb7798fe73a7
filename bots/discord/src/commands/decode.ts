import { type Action, type Completes, firstLink, menuEntry, parseCommand } from '@cme-commons/core'
import {
  type APIApplicationCommandInteraction,
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10'
import { MESSAGE_COMMANDS } from './names.ts'

export { MESSAGE_COMMANDS, USER_COMMANDS } from './names.ts'

type Option = {
  name: string
  type: number
  value?: string | number | boolean
  focused?: boolean
  options?: readonly Option[]
}
type Typed = { options?: readonly Option[] }

/** What a slash command says as a person would type it: `digest snooze 2w`. */
export function textOf({ options = [] }: Typed): string {
  const words = options.map((option) =>
    nests(option) ? `${option.name} ${textOf(option)}` : String(option.value ?? ''),
  )
  return words.join(' ').trim()
}

const nests = ({ type }: Option): boolean =>
  type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup

/** What is being typed into an option that completes, and what it is. */
export function completionOf(data: Typed): { what: Completes; typed: string } | undefined {
  const path: string[] = []
  let options = data.options ?? []
  while (options[0] && nests(options[0])) {
    path.push(options[0].name)
    options = options[0].options ?? []
  }
  const focused = options.find((option) => option.focused)
  const { option, verbs } = menuEntry(path[0] ?? '')
  const asked = path.length > 1 ? verbs?.find(({ name }) => name === path[1])?.option : option
  if (!focused || asked?.name !== focused.name || !asked.completes) return undefined
  return { what: asked.completes, typed: String(focused.value ?? '') }
}

/** A command as an action: typed, or chosen on a message of the server `guild` or on a person. */
export function decodeCommand(data: APIApplicationCommandInteraction['data'], guild?: string): Action {
  if (data.type === ApplicationCommandType.Message) {
    const message = Object.values(data.resolved.messages)[0]
    const text = messageText(message)
    if (data.name === MESSAGE_COMMANDS.keep) {
      const there = guild && message && `https://discord.com/channels/${guild}/${message.channel_id}/${message.id}`
      const link = firstLink(text) ?? there
      return { do: 'recap.star', ...(text ? { text } : {}), ...(link ? { link } : {}) }
    }
    return parseCommand(`${data.name === MESSAGE_COMMANDS.suggest ? 'suggest' : 'explain'} ${text}`)
  }
  if (data.type === ApplicationCommandType.User) {
    const user = Object.values(data.resolved.users)[0]
    const member = Object.values(data.resolved.members ?? {})[0]
    return parseCommand(`explain ${member?.nick ?? user?.global_name ?? user?.username ?? ''}`)
  }
  return parseCommand(textOf(data as Typed))
}

/** The words of a message, also of one that has them in embeds or components as bots write them. */
export function messageText(message: Pick<APIMessage, 'content' | 'embeds' | 'components'> | undefined): string {
  if (!message) return ''
  const embeds = (message.embeds ?? []).flatMap(({ title, description, url }) => [title, description, url])
  return [message.content, ...embeds, ...displayed(message.components ?? [])].filter(Boolean).join('\n').trim()
}

const displayed = (parts: readonly object[]): string[] =>
  parts.flatMap((part) => {
    const { content, components = [] } = part as { content?: string; components?: readonly object[] }
    return [...(content ? [content] : []), ...displayed(components)]
  })
