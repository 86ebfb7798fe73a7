/** The lane of a space: who shares a lane shares the platform's rate limits. A Slack workspace has one of its own, Discord one for all. */
export const laneOf = (space: { platform: string; id: string }): string =>
  space.platform === 'discord' ? 'discord' : `${space.platform}/${space.id}`

/** The platform that delivers on a lane. */
export const platformOf = (lane: string): string => lane.split('/')[0]!
