import { type Action, type Card, parseCommand, type Reply } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Inbound } from '../app.ts'
import { drawCard } from '../render/card.ts'
import { type Payload, type SlackEvent, typed } from './payload.ts'
import { buttonFor, sorry } from './spot.ts'

const still = { unfurl_links: false, unfurl_media: false }

/** What is said to the bot: in its direct messages everything is a command; where it is mentioned, it answers in the thread. */
export function messageListeners(app: App, inbound: Inbound): void {
  app.message(async ({ body, client, message }) => {
    const event = message as unknown as SlackEvent
    if (event.channel_type !== 'im' || event.subtype || event.bot_id || !event.user) return
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
    const place = { channel: event.channel!, thread_ts: event.thread_ts ?? event.ts! }
    await hear(inbound, client, body as unknown as Payload, event, async (card, hers) => {
      if (hers) await client.chat.postEphemeral({ ...place, user: event.user!, ...drawCard(card) })
      else await client.chat.postMessage({ ...place, ...drawCard(card), ...still })
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
    await say(
      cardOf(done.reply, action),
      'refuse' in done.reply || ('say' in done.reply && done.reply.private === true),
    )
    inbound.home.changed(client, done.actor)
  } catch (error) {
    await say(sorry(inbound.edge, error, action.do), true).catch(() => {})
  }
}

const cardOf = (reply: Reply, action: Action): Card => ('ask' in reply ? buttonFor(reply.ask, action) : reply.say)
