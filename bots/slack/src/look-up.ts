import type { WebClient } from '@slack/web-api'
import { classify } from './errors.ts'
import type { Install } from './installs.ts'

type Message = { ts?: string; metadata?: { event_payload?: Record<string, unknown> } }
type Page = { messages?: unknown[]; response_metadata?: { next_cursor?: string } }

/** Slack gives fifteen at once to apps that are sold outside its marketplace, whatever is asked for. */
const PAGE = 200
const PAGES = 3
/** The ledger gives up after nine hours; nothing older can be in doubt. */
const BACK_MS = 12 * 3_600_000

/** What keeps us from looking: the history is not granted for this kind of channel, or the channel is not ours to read. */
const CLOSED = new Set(['missing_scope', 'no_permission', 'channel_not_found', 'not_in_channel', 'restricted_action'])

/**
 * Whether a message of ours is there already: its first part's time stamp, and how many parts. Nothing where the operator did not grant
 * the history (an optional scope that is used for this alone). Nothing in a channel's id says whether it is private, so it is Slack who
 * tells what may be read.
 */
export async function lookUp(slack: WebClient, { scopes }: Install, channel: string, id: string) {
  const granted = channel.startsWith('D') ? ['im:history'] : ['channels:history', 'groups:history']
  if (!granted.some((scope) => scopes.includes(scope))) return undefined
  const oldest = String(Math.floor((Date.now() - BACK_MS) / 1000))
  const common = { channel, limit: PAGE, include_all_metadata: true }
  try {
    const [first] = await found(id, (more) => slack.conversations.history({ ...common, oldest, ...more }))
    if (!first?.ts) return undefined
    const parts = await found(id, (more) => slack.conversations.replies({ ...common, ts: first.ts!, ...more }))
    return { ts: first.ts, parts: Math.max(1, parts.length) }
  } catch (error) {
    if (CLOSED.has(classify(error).code)) return undefined
    throw error
  }
}

/** Ours among the newest messages, as far as some pages reach. */
async function found(id: string, page: (more: { cursor?: string }) => Promise<Page>): Promise<Message[]> {
  const ours: Message[] = []
  let cursor: string | undefined
  for (let i = 0; i < PAGES; i++) {
    const { messages, response_metadata } = await page(cursor ? { cursor } : {})
    ours.push(...((messages ?? []) as Message[]).filter(({ metadata }) => metadata?.event_payload?.id === id))
    cursor = response_metadata?.next_cursor
    if (!cursor) break
  }
  return ours
}
