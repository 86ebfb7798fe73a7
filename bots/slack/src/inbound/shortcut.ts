import type { App } from '@slack/bolt'
import type { Inbound } from '../app.ts'
import { SHORTCUTS } from '../manifest.ts'
import { type Payload, typed } from './payload.ts'
import { messageSpot } from './spot.ts'

/** What can be done with any message: its letters explained, privately; or its link suggested for the digest. */
export function shortcutListeners(app: App, inbound: Inbound): void {
  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.explain.id },
    async ({ ack, body, client, respond }) => {
      await ack()
      const payload = body as unknown as Payload
      const text = typed(payload.message?.text ?? '')
      const spot = messageSpot(client, payload, undefined, respond as never)
      await inbound.answer(client, payload, text ? { do: 'explain', text } : { do: 'explain' }, spot)
    },
  )
  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.suggest.id },
    async ({ ack, body, client, respond }) => {
      await ack()
      const payload = body as unknown as Payload
      const text = typed(payload.message?.text ?? '')
      const spot = messageSpot(client, payload, undefined, respond as never)
      await inbound.answer(client, payload, text ? { do: 'suggest', text } : { do: 'suggest' }, spot)
    },
  )
}
