/**
 * How Slack is reached. With `appToken` over Socket Mode, with `signingSecret` over HTTP. `token` is the bot token of one workspace;
 * with `clientId` and `clientSecret` any number of workspaces install the app themselves.
 */
export type SlackSettings = {
  /** The Web API without a slash at its end, and the page on which a person allows the installation. */
  api: string
  authorize: string
  token: string
  appToken: string
  signingSecret: string
  clientId: string
  clientSecret: string
}

/** Which settings are there but lack another one that they need: a sentence each. */
export function missingSettings(s: SlackSettings): string[] {
  const wrong: string[] = []
  if (!s.token && !s.clientId && (s.appToken || s.signingSecret))
    wrong.push('Slack: set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many.')
  if ((s.token || s.clientId) && !s.appToken && !s.signingSecret)
    wrong.push('Slack: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), or nothing is heard.')
  if (Boolean(s.clientId) !== Boolean(s.clientSecret))
    wrong.push('Slack: SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both.')
  if (s.clientId && !s.signingSecret)
    wrong.push('Slack: many workspaces install over HTTP: set SLACK_SIGNING_SECRET as well.')
  return wrong
}

export const slackWanted = (s: SlackSettings): boolean =>
  [s.token, s.appToken, s.signingSecret, s.clientId].some(Boolean)
