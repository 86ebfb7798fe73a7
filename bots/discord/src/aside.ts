import type { Edge } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { ChannelType, MessageFlags, Routes } from 'discord-api-types/v10'

/** For so long a thread is used before direct messages are tried again. */
const DAYS = 14

/** Private threads for people whose direct messages are closed, in the channel that moderators named for it. */
export function makeAside(edge: Edge, rest: REST) {
  const nameOf = (space: string, user: string) => `aside/${space}/${user}`

  async function known(space: string, user: string): Promise<string | undefined> {
    const [thread, until] = (await edge.recall(nameOf(space, user)))?.split(' ') ?? []
    return thread && until && until > edge.now() ? thread : undefined
  }

  /** Opens one, and says there once why it is there and how direct messages are opened. Nothing where no channel is named. */
  async function open(space: string, user: string): Promise<string | undefined> {
    const { fallback } = await edge.settings(space)
    if (!fallback) return undefined
    const body = { name: 'Your news', type: ChannelType.PrivateThread, invitable: false, auto_archive_duration: 10_080 }
    const { id } = (await rest.post(Routes.threads(fallback), { body })) as { id: string }
    await rest.put(Routes.threadMembers(id, user))
    await rest.post(Routes.channelMessages(id), {
      body: {
        flags: MessageFlags.IsComponentsV2,
        components: [
          {
            type: 10,
            content:
              'Your direct messages are closed to this server, so what you asked for comes here: only you and the moderators of this channel see it. To get it as a direct message, allow direct messages in the privacy settings of this server; it is tried again in two weeks.',
          },
        ],
        allowed_mentions: { parse: [] },
      },
    })
    const until = new Date(Date.parse(edge.now()) + DAYS * 86_400_000).toISOString()
    await edge.remember(nameOf(space, user), `${id} ${until}`, { space, user })
    return id
  }

  return { known, open, forget: (space: string, user: string) => edge.remember(nameOf(space, user), undefined) }
}
