import { type Action, firstLink } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { Inbound } from '../app.ts'
import { SHORTCUTS } from '../manifest.ts'
import { type Payload, type SlackMessage, textOf, typed } from './payload.ts'
import { messageSpot } from './spot.ts'

/** What can be done with any message: its letters explained, privately; its link suggested for the digest; or kept for a recap. */
export function shortcutListeners(app: App, inbound: Inbound): void {
  const on = (callback_id: string, actionOf: (message: SlackMessage, payload: Payload) => Action) =>
    app.shortcut({ type: 'message_action', callback_id }, async ({ ack, body, client, respond }) => {
      await ack()
      const payload = body as unknown as Payload
      const spot = messageSpot(client, payload, { respond: respond as never, alone: true })
      await inbound.answer(client, payload, actionOf(payload.message ?? {}, payload), spot)
    })
  on(SHORTCUTS.explain.id, (message) => {
    const text = typed(textOf(message), 'words')
    return text ? { do: 'explain', text } : { do: 'explain' }
  })
  on(SHORTCUTS.suggest.id, (message) => {
    const href = firstLink(typed(textOf(message)))
    return href ? { do: 'suggest', href } : { do: 'suggest' }
  })
  on(SHORTCUTS.keep.id, (message, payload) => {
    const text = typed(textOf(message), 'words')
    const link = firstLink(typed(textOf(message))) ?? addressOf(message, payload)
    return { do: 'recap.star', ...(text ? { text } : {}), ...(link ? { link } : {}) }
  })
}

/** Where the message is read, for those who are in its channel. */
function addressOf({ ts }: SlackMessage, { team, channel }: Payload): string | undefined {
  const id = typeof channel === 'object' ? channel.id : undefined
  return team?.domain && id && ts
    ? `https://${team.domain}.slack.com/archives/${id}/p${ts.replace('.', '')}`
    : undefined
}
