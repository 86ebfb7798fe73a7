import { bearsMark, type Edge, type NewChannel, type Outcome, withMark } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIGuildChannel, type APIOverwrite, ChannelType, Routes } from 'discord-api-types/v10'
import { classify } from './errors.ts'
import { isLocked, unlock } from './lock.ts'

export type Channel = APIGuildChannel & {
  guild_id?: string
  topic?: string | null
  parent_id?: string | null
  permission_overwrites?: APIOverwrite[]
}
type Parts = { edge: Edge; rest: REST; space: string }

/** Discord's limits for the topic of a channel and of a forum, and for the channels of a category. */
const TOPIC = 1_024
const FORUM_TOPIC = 4_096
const IN_CATEGORY = 50

const FORUM: readonly ChannelType[] = [ChannelType.GuildForum]
const KINDS: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ...FORUM]

/** Opens a channel: the one that a moderator named, else the one that bears our mark, opened again if it was closed, else a new one. */
export async function openChannel(parts: Parts, wanted: NewChannel): Promise<Outcome> {
  if (wanted.adopt) return adopted(parts, wanted, wanted.adopt)
  const { rest, space } = parts
  const all = (await rest.get(Routes.guildChannels(space))) as Channel[]
  const ours = all.find(
    ({ type, topic }) => (wanted.forum ? FORUM : KINDS).includes(type) && bearsMark(topic, wanted.mark),
  )
  if (ours && isLocked(ours, space)) await unlock(rest, ours, space)
  return kept(parts, ours?.id ?? (await made(parts, wanted, all)), wanted.mark)
}

/** The bot keeps the mark of a channel, so that it stays in a topic that changes. */
async function kept({ edge, space }: Parts, id: string, mark: string): Promise<Outcome> {
  await edge.remember(markNote(id), mark, { space })
  return { done: true, ref: id }
}
const markNote = (channel: string): string => `mark/${channel}`

/** A channel that a moderator named gets the topic that she was shown, and keeps its own where she emptied that. */
async function adopted(parts: Parts, { mark, topic }: NewChannel, id: string): Promise<Outcome> {
  const channel = (await parts.rest.get(Routes.channel(id))) as Channel
  if (channel.guild_id !== parts.space || !KINDS.includes(channel.type))
    return { never: 'That is no text channel or forum of this server: choose another.' }
  const outcome = await kept(parts, id, mark)
  try {
    if (topic) await setTopic(parts, id, topic)
  } catch (error) {
    // It is there whether its topic can be set or not: who can mend that is told.
    if (!['50013', '403', '60003'].includes(classify(error).code)) throw error
    await parts.edge.amiss(parts.space, { channel: id, say: MAY_NOT_TOPIC })
  }
  return outcome
}

const MAY_NOT_TOPIC =
  'The bot may not set its topic: give its role "Manage Channels" (Server Settings, Roles), or set it yourself.'

async function made({ rest, space }: Parts, wanted: NewChannel, all: readonly Channel[]): Promise<string> {
  const parent = wanted.category ? await categoryOf(rest, space, wanted.category, all) : undefined
  const body = {
    name: wanted.name.slice(0, 100),
    type: wanted.forum ? ChannelType.GuildForum : ChannelType.GuildText,
    topic: withMark(wanted.topic, wanted.mark, wanted.forum ? FORUM_TOPIC : TOPIC),
    ...(parent ? { parent_id: parent } : {}),
  }
  const { id } = (await rest.post(Routes.guildChannels(space), { body })) as Channel
  return id
}

/** The category of that name with room in it, made if there is none. */
async function categoryOf(rest: REST, space: string, name: string, all: readonly Channel[]): Promise<string> {
  const inside = (id: string) => all.filter(({ parent_id }) => parent_id === id).length
  const there = all.find(
    (one) =>
      one.type === ChannelType.GuildCategory &&
      one.name.toLowerCase() === name.toLowerCase() &&
      inside(one.id) < IN_CATEGORY,
  )
  if (there) return there.id
  const body = { name: name.slice(0, 100), type: ChannelType.GuildCategory }
  return ((await rest.post(Routes.guildChannels(space), { body })) as Channel).id
}

/** Discord lets a topic change twice in ten minutes, so one that is so already is left alone. */
export async function setTopic({ edge, rest }: Parts, id: string, said: string): Promise<Outcome> {
  const channel = (await rest.get(Routes.channel(id))) as Channel
  const mark = await edge.recall(markNote(id))
  const most = channel.type === ChannelType.GuildForum ? FORUM_TOPIC : TOPIC
  const topic = mark ? withMark(said, mark, most) : said.slice(0, most)
  if (channel.topic !== topic) await rest.patch(Routes.channel(id), { body: { topic } })
  return { done: true }
}
