import type { Checked } from '@cme-commons/core'
import { allSpaces, channelsSubscribed, conferenceChannelsOf, settingsOf } from '@cme-commons/db'
import type { House } from '../house.ts'
import { connected, discordSettings, slackSettings } from './connected.ts'
import { makeEdge } from './edge.ts'

/** Looks at the chat platforms that are connected, each through its own bot; loads nothing for those that are not. */
export async function checkBots(house: House, only?: 'slack' | 'discord'): Promise<Checked[]> {
  const found: Checked[] = []
  for (const platform of connected(house.config)) {
    if (only && platform !== only) continue
    const spaces = await lookedAt(house, platform)
    if (platform === 'slack') {
      const { checkSlack } = await import('@cme-commons/slack')
      const looked = spaces.map(({ settings: _, channels, ...space }) => ({
        ...space,
        channels: channels.map(({ id }) => id),
      }))
      found.push(...(await checkSlack(makeEdge(house, 'slack', 'check'), slackSettings(house.config), looked)))
    } else {
      const { checkDiscord, makeAnsweringRest } = await import('@cme-commons/discord')
      const looked = spaces.map(({ settings, ...space }) => ({ ...space, roles: Object.values(settings.trackRoles) }))
      found.push(...(await checkDiscord(makeAnsweringRest(discordSettings(house.config)), looked)))
    }
  }
  return found
}

type Use = 'messages' | 'threads' | 'fallback'

/** The spaces of a platform with every channel that something goes to, and what for. */
async function lookedAt({ db }: House, platform: string) {
  const spaces = (await allSpaces(db.read)).filter((space) => space.platform === platform)
  return Promise.all(
    spaces.map(async ({ id, name }) => {
      const settings = await settingsOf(db.read, id)
      const uses = new Map<string, Set<Use>>()
      const use = (channel: string | undefined, ...what: Use[]) => {
        if (channel) uses.set(channel, new Set([...(uses.get(channel) ?? []), ...what]))
      }
      use(settings.news, 'messages', 'threads')
      use(settings.moderators, 'messages')
      use(settings.fallback, 'messages', 'threads', 'fallback')
      for (const channel of await channelsSubscribed(db.read, id)) use(channel, 'messages', 'threads')
      for (const { channel, state } of await conferenceChannelsOf(db.read, id))
        if (channel && state === 'open') use(channel, 'messages')
      const channels = [...uses].map(([id, what]) => ({ id, for: [...what] }))
      return { id, name, settings, channels }
    }),
  )
}
