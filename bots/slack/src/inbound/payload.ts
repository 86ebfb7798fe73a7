import { metaOf } from '../render/form.ts'

/** The parts of what Slack sends that this bot reads, whatever kind it is: all may be missing. */
export type Payload = {
  type?: string
  team_id?: string
  team?: { id?: string; domain?: string } | null
  enterprise_id?: string | null
  enterprise?: { id?: string } | null
  user_id?: string
  user_name?: string
  user?: { id?: string; username?: string; name?: string } | string
  channel_id?: string
  channel_name?: string
  channel?: { id?: string; name?: string } | string
  text?: string
  trigger_id?: string
  response_url?: string
  event_id?: string
  event_time?: number
  authorizations?: readonly { team_id?: string | null }[]
  view?: SlackView
  container?: { type?: string; is_ephemeral?: boolean; message_ts?: string }
  actions?: readonly { action_id?: string; value?: string; type?: string }[]
  message?: SlackMessage
  event?: SlackEvent
}
export type SlackView = {
  id?: string
  hash?: string
  callback_id?: string
  private_metadata?: string
  type?: string
  state?: unknown
  app_installed_team_id?: string | null
}
export type SlackMessage = {
  text?: string
  ts?: string
  user?: string
  attachments?: readonly { fallback?: string; text?: string; title_link?: string; from_url?: string }[]
}
export type SlackEvent = {
  type: string
  subtype?: string
  user?: string
  bot_id?: string
  text?: string
  ts?: string
  thread_ts?: string
  channel?: string
  channel_type?: string
  tab?: string
  tokens?: { bot?: readonly string[] }
}

/** Where something came from: the workspace, the person, and the channel if there is one. */
export type From = { team: string; enterprise?: string; user: string; name?: string; channel?: string }

const idOf = (value: { id?: string } | string | null | undefined): string | undefined =>
  typeof value === 'string' ? value : (value?.id ?? undefined)

/**
 * Nothing for what has no workspace or no person. The workspace is the one that installed the app: in a channel that organisations share,
 * the person may belong to another. A view tells the channel that it was opened from.
 */
export function fromOf(body: Payload): From | undefined {
  const enterprise = body.enterprise_id ?? idOf(body.enterprise)
  const team =
    body.view?.app_installed_team_id ??
    body.authorizations?.[0]?.team_id ??
    body.team_id ??
    idOf(body.team) ??
    enterprise
  const user = body.user_id ?? idOf(body.user) ?? body.event?.user
  if (!team || !user) return undefined
  const name = body.user_name ?? (typeof body.user === 'object' ? (body.user?.name ?? body.user?.username) : undefined)
  const channel =
    body.channel_id ?? idOf(body.channel) ?? body.event?.channel ?? metaOf(body.view?.private_metadata).channel
  return {
    team,
    user,
    ...(enterprise ? { enterprise } : {}),
    ...(name ? { name } : {}),
    ...(channel ? { channel } : {}),
  }
}

/** What is the same when Slack sends the same thing again, and different for each press. */
export const onceOf = (body: Payload): string | undefined => body.event_id ?? body.trigger_id

/** A direct message: with the bot, or between two people where one of them typed `/cme`. */
export const isDirect = (channel: string | undefined): boolean => channel?.startsWith('D') ?? false

/** What a person typed, without Slack's own notation: links as their addresses (or, with `words`, as what was read), `&amp;` as `&`. */
export const typed = (text: string, links: 'addresses' | 'words' = 'addresses'): string =>
  text
    .replace(/<(https?:[^|>]*)(?:\|([^>]*))?>/g, (_, address: string, words?: string) =>
      links === 'words' && words ? words : address,
    )
    .replace(/<mailto:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()

/** What a message says: its text, and where it has none (other apps post so) what its attachments say. */
export const textOf = ({ text, attachments }: SlackMessage): string =>
  text?.trim() ||
  (attachments ?? [])
    .flatMap((one) => [one.text ?? one.fallback, one.title_link ?? one.from_url])
    .filter(Boolean)
    .join('\n')
