import type { WebClient } from '@slack/web-api'
import type { Install } from './installs.ts'

type Message = { ts?: string; metadata?: { event_payload?: Record<string, unknown> } }

const historyScope = (channel: string): string =>
  channel.startsWith('D') ? 'im:history' : channel.startsWith('G') ? 'groups:history' : 'channels:history'

/**
 * Whether a message of ours is there already: its first part's time stamp, and how many parts. Nothing where the operator did not grant
 * the history (an optional scope that is used for this alone).
 */
export async function lookUp(slack: WebClient, { scopes }: Install, channel: string, id: string) {
  if (!scopes.includes(historyScope(channel))) return undefined
  const ours = (messages: readonly Message[] | undefined) =>
    (messages ?? []).filter(({ metadata }) => metadata?.event_payload?.id === id)
  const { messages } = await slack.conversations.history({ channel, limit: 15, include_all_metadata: true })
  const [first] = ours(messages as Message[])
  if (!first?.ts) return undefined
  const replies = await slack.conversations.replies({ channel, ts: first.ts, limit: 50, include_all_metadata: true })
  return { ts: first.ts, parts: Math.max(1, ours(replies.messages as Message[]).length) }
}
