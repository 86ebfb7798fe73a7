import type { Config } from '../config.ts'

export const slackSettings = (config: Config) => ({
  api: config.slackApi,
  authorize: config.slackAuthorize,
  token: config.slackToken,
  appToken: config.slackAppToken,
  signingSecret: config.slackSigningSecret,
  clientId: config.slackClientId,
  clientSecret: config.slackClientSecret,
})
export const discordSettings = (config: Config) => ({ token: config.discordToken, api: config.discordApi })

/** The platforms that an operator connected, by what is set. */
export const connected = (
  config: Pick<Config, 'slackToken' | 'slackAppToken' | 'slackSigningSecret' | 'slackClientId' | 'discordToken'>,
): readonly ('slack' | 'discord')[] => [
  ...([config.slackToken, config.slackAppToken, config.slackSigningSecret, config.slackClientId].some(Boolean)
    ? (['slack'] as const)
    : []),
  ...(config.discordToken ? (['discord'] as const) : []),
]
