import { type Action, type Card, parseCommand, type Reply } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Inbound } from '../app.ts'
import { drawCard } from '../render/card.ts'
import { fromOf, type Payload, type SlackEvent, typed } from './payload.ts'
import { buttonFor, sorry } from './spot.ts'

const still = { unfurl_links: false, unfurl_media: false }

/** What the field knows is told to everybody who reads the thread; what is about her is for her alone. */
const OPEN: ReadonlySet<Action['do']> = new Set(['what', 'explain', 'news', 'sources', 'help', 'unknown', 'thanks'])

/** What is said to the bot: in its direct messages everything is a command; where it is mentioned, it answers in the thread. */
export function messageListeners(app: App, inbound: Inbound): void {
  app.message(async ({ body, client, message }) => {
    const event = message as unknown as SlackEvent
    if (event.channel_type !== 'im' || event.subtype || event.bot_id || !event.user) return
    await inbound.direct.keep(fromOf(body as unknown as Payload))
    await hear(inbound, client, body as unknown as Payload, event, async (card) => {
      await client.chat.postMessage({
        channel: event.channel!,
        ...drawCard(card),
        ...still,
        ...(event.thread_ts ? { thread_ts: event.thread_ts } : {}),
      })
    })
  })
  app.event('app_mention', async ({ body, client, event: mention }) => {
    const event = mention as unknown as SlackEvent
    if (event.bot_id || !event.user) return
    const channel = event.channel!
    await hear(inbound, client, body as unknown as Payload, event, async (card, hers) => {
      const thread = event.thread_ts ?? (hers ? undefined : event.ts)
      const message = { channel, ...drawCard(card), ...(thread ? { thread_ts: thread } : {}) }
      // What is hers alone is shown in a thread only where there is one already: Slack hides it in one that nobody began.
      if (hers) await client.chat.postEphemeral({ ...message, user: event.user! })
      else await client.chat.postMessage({ ...message, ...still })
    })
  })
}

async function hear(
  inbound: Inbound,
  client: WebClient,
  body: Payload,
  event: SlackEvent,
  say: (card: Card, hers: boolean) => Promise<void>,
): Promise<void> {
  const action = parseCommand(typed(event.text ?? ''))
  try {
    const done = await inbound.perform(client, body, action)
    if (!done) return
    await say(cardOf(done.reply, action), !OPEN.has(action.do))
    inbound.home.changed(client, done.actor)
  } catch (error) {
    await say(sorry(inbound.edge, error, action.do), true).catch(() => {})
  }
}

const cardOf = (reply: Reply, action: Action): Card => ('ask' in reply ? buttonFor(reply.ask, action) : reply.say)
