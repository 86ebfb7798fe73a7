import { bearsMark, type Edge, type NewChannel, type Outcome, withMark } from '@cme-commons/core'
import { classify } from './errors.ts'
import type { Desk } from './letter.ts'

type Channel = {
  id?: string
  name?: string
  creator?: string
  is_archived?: boolean
  is_member?: boolean
  topic?: { value?: string }
  purpose?: { value?: string }
}
type Open = Desk & { edge: Edge; wanted: NewChannel }

/** Slack's limits for a topic and a name. */
export const TOPIC = 250
const NAME = 80
const TRIES = 9
/** Slack gives fewer than a thousand at once; nobody waits for more pages than these. */
const PAGES = 8

const INVITE = 'The app is not in that channel: write "/invite @CME Commons" there, then open it again.'

/**
 * Opens a channel: the one that a moderator named, else the one that bears our mark, else a new one. One that a crash left between its
 * making and its topic is known by its name and by who made it.
 */
export async function openChannel(open: Open): Promise<Outcome> {
  const { wanted, edge, install } = open
  const id = wanted.adopt ? await named(open, wanted.adopt) : await oursOr(open, () => made(open))
  if (typeof id !== 'string') return id
  await edge.remember(markNote(id), wanted.mark, { space: install.team })
  return { done: true, ref: id }
}

/** Under which name the bot keeps the mark of a channel, so that it stays in a topic that changes. */
export const markNote = (channel: string): string => `mark/${channel}`

async function oursOr(open: Open, otherwise: () => Promise<string | Outcome>): Promise<string | Outcome> {
  const ours = await ownOf(open)
  if (!ours) return otherwise()
  const { slack, wanted } = open
  const channel = ours.id!
  if (ours.is_archived) {
    try {
      await slack.conversations.unarchive({ channel })
    } catch (error) {
      const { fate, code } = classify(error)
      // Slack does not let every app bring one back.
      if (fate === 'again' || fate === 'slow' || fate === 'workspace') throw error
      if (code !== 'not_archived')
        return { never: `#${ours.name} was archived: restore it in Slack, then open it again. (${code})` }
    }
  }
  if (!ours.is_member) await slack.conversations.join({ channel })
  if (!bears(ours, wanted.mark)) await entitle(open, channel)
  return channel
}

/** The channel that bears our mark, or that we made under one of these names and had no time to mark. */
async function ownOf({ slack, install, wanted }: Open): Promise<Channel | undefined> {
  const names = namesOf(wanted.name)
  const types = install.scopes.includes('groups:read') ? 'public_channel,private_channel' : 'public_channel'
  let unmarked: Channel | undefined
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const { channels = [], response_metadata } = await slack.conversations.list({
      types,
      limit: 999,
      ...(cursor ? { cursor } : {}),
    })
    for (const channel of channels) {
      if (bears(channel, wanted.mark)) return channel
      const blank = !channel.topic?.value && !channel.purpose?.value && !channel.is_archived
      if (blank && channel.creator === install.botUser && names.includes(channel.name ?? '')) unmarked ??= channel
    }
    cursor = response_metadata?.next_cursor
    if (!cursor) break
  }
  return unmarked
}

const bears = ({ topic, purpose }: Channel, mark: string): boolean =>
  bearsMark(topic?.value, mark) || bearsMark(purpose?.value, mark)

async function made(open: Open): Promise<string | Outcome> {
  for (const name of namesOf(open.wanted.name)) {
    try {
      const { channel } = await open.slack.conversations.create({ name })
      await entitle(open, channel!.id!)
      return channel!.id!
    } catch (error) {
      if (classify(error).code !== 'name_taken') throw error
    }
  }
  return { never: `There are channels named #${namesOf(open.wanted.name)[0]} already: choose another name.` }
}

/** The channel is there whether its topic can be set or not: who can mend that is told. */
async function entitle({ slack, edge, install, wanted }: Open, channel: string): Promise<void> {
  try {
    await slack.conversations.setTopic({ channel, topic: withMark(wanted.topic, wanted.mark, TOPIC) })
  } catch (error) {
    const { fate, say } = classify(error)
    if (fate !== 'refused' && fate !== 'channel') throw error
    await edge.amiss(install.team, { channel, say: `Its topic could not be set. ${say}` })
  }
}

/** A channel that a moderator named gets the topic that she was shown, and keeps its own where she emptied that. */
async function named(open: Open, channel: string): Promise<string | Outcome> {
  const entered = await enter(open, channel)
  if (typeof entered === 'string' && open.wanted.topic) await entitle(open, channel)
  return entered
}

/** We go in where we may, or are in there already. */
async function enter({ slack }: Open, channel: string): Promise<string | Outcome> {
  try {
    await slack.conversations.join({ channel })
    return channel
  } catch (error) {
    const { code, fate } = classify(error)
    if (code === 'is_archived') return { never: 'That channel is archived: restore it in Slack, then open it again.' }
    if (fate === 'again' || fate === 'slow' || fate === 'workspace') throw error
  }
  try {
    const { channel: found } = await slack.conversations.info({ channel })
    return found?.is_member ? channel : { never: INVITE }
  } catch (error) {
    const { code } = classify(error)
    if (code === 'channel_not_found') return { never: INVITE }
    // It may not look: whether it is in there shows when it posts.
    if (code === 'missing_scope') return channel
    throw error
  }
}

/** The name as Slack takes it, and with a number in case it is taken. */
function namesOf(name: string): string[] {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-')
    .replace(/^-+/, '')
    .slice(0, NAME - 2)
    .replace(/-+$/, '')
  const first = plain || 'conference'
  return [first, ...Array.from({ length: TRIES - 1 }, (_, i) => `${first}-${i + 2}`)]
}
