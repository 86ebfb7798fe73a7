/** How Discord is reached: the bot's token, and the API without a version or a slash at its end. */
export type DiscordSettings = { token: string; api: string }

export const discordWanted = (s: DiscordSettings): boolean => s.token !== ''
