import type { ApiHouse } from '../api/house.ts'
import type { Config } from '../config.ts'
import { connected } from './connected.ts'

/** How people join this community, as far as the settings say. */
export function joinOf(config: Config): NonNullable<ApiHouse['join']> {
  const on = connected(config)
  const { slackInvite, discordInvite, slackClientId } = config
  return {
    ...(slackInvite || on.includes('slack')
      ? { slack: { ...(slackInvite ? { href: slackInvite } : {}), install: slackClientId !== '' } }
      : {}),
    ...(discordInvite || on.includes('discord') ? { discord: discordInvite ? { href: discordInvite } : {} } : {}),
  }
}
