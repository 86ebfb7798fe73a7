import { hash } from 'node:crypto'
import type { Edge } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIThreadChannel, type APIThreadList, ChannelType, MessageFlags, Routes } from 'discord-api-types/v10'
import { classify } from './errors.ts'

/** For so long a thread is used before direct messages are tried again. */
const DAYS = 14
type To = { space: string; user: string }

/** Private threads for people whose direct messages are closed, in the channel that moderators named for it. */
export function makeAside(edge: Edge, rest: REST) {
  const noteOf = ({ space, user }: To) => `aside/${space}/${user}`

  async function kept(to: To): Promise<{ thread: string; until: string } | undefined> {
    const [thread, until, parent] = (await edge.recall(noteOf(to)))?.split(' ') ?? []
    if (!thread || !until || !parent) return undefined
    // The moderators may have named another channel since, or none.
    return (await edge.settings(to.space)).fallback === parent ? { thread, until } : undefined
  }

  /** Her thread, while direct messages are not to be tried again yet. */
  async function known(to: To): Promise<string | undefined> {
    const found = await kept(to)
    return found && found.until > edge.now() ? found.thread : undefined
  }

  /**
   * Her thread, opened if there is none: it says once why it is there and how direct messages are opened. Nothing where no channel is
   * named. A thread that bears her mark already, made before a crash, is hers.
   */
  async function open(to: To): Promise<string | undefined> {
    const { fallback } = await edge.settings(to.space)
    if (!fallback) return undefined
    const before = await kept(to)
    const thread = before?.thread ?? (await opened(to, fallback))
    const until = new Date(Date.parse(edge.now()) + DAYS * 86_400_000).toISOString()
    await edge.remember(noteOf(to), `${thread} ${until} ${fallback}`, to)
    return thread
  }

  async function opened(to: To, channel: string): Promise<string> {
    try {
      const name = `For you: news and reminders (${markOf(to)})`
      const body = { name, type: ChannelType.PrivateThread, auto_archive_duration: 10_080 }
      const found = (await adopted(to.space, channel, name)) ?? (await rest.post(Routes.threads(channel), { body }))
      const { id } = found as APIThreadChannel
      await rest.put(Routes.threadMembers(id, to.user))
      await rest.post(Routes.channelMessages(id), { body: ask(id) })
      return id
    } catch (error) {
      const { fate, code, say } = classify(error)
      if (fate === 'channel' || fate === 'server')
        await edge.amiss(to.space, { channel, say: code === '50013' ? PERMISSIONS : say, gone: code === '10003' })
      throw error
    }
  }

  async function adopted(guild: string, channel: string, name: string): Promise<APIThreadChannel | undefined> {
    const { threads } = (await rest.get(Routes.guildActiveThreads(guild))) as APIThreadList
    return (threads as APIThreadChannel[]).find(
      (one) => one.parent_id === channel && one.type === ChannelType.PrivateThread && one.name === name,
    )
  }

  return { known, open, forget: (to: To) => edge.remember(noteOf(to), undefined) }
}

/** Stands in the thread's name, so that it is found again; it tells nothing of her. */
const markOf = ({ space, user }: To): string => hash('sha256', `${space}/${user}`).slice(0, 8)

const PERMISSIONS =
  'The bot may not open private threads there: give it "Create Private Threads", "Send Messages" and "Send Messages in Threads", or choose another channel with /cme-admin setup.'

/** The one ask; its nonce is the thread's, so that it is there once. */
const ask = (thread: string) => ({
  flags: MessageFlags.IsComponentsV2,
  components: [
    {
      type: 10,
      content:
        'Your direct messages are closed to this server, so what you asked for comes here: only you and the moderators of this channel see it. To get it as a direct message, allow direct messages in the privacy settings of this server; it is tried again in two weeks.',
    },
  ],
  nonce: `ask${thread}`.slice(0, 25),
  enforce_nonce: true,
  allowed_mentions: { parse: [] },
})
