import { type Action, type Card, type Edge, type Form, type Press, type Reply, t } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { cardView, drawCard } from '../render/card.ts'
import { drawForm } from '../render/form.ts'
import { isDirect, type Payload } from './payload.ts'

/** A place where a reply is shown to the person who asked. */
export type Spot = {
  say(card: Card, how: { private: boolean; update: boolean }): Promise<void>
  ask(form: Form, act: Action): Promise<void>
}

/** Shows a reply at a spot; `act` is what asked for it, so that a form which cannot open there gets a button that opens it. */
export async function show(spot: Spot, reply: Reply, act: Action): Promise<void> {
  if ('ask' in reply) return spot.ask(reply.ask, act)
  const refused = 'refuse' in reply
  await spot.say(reply.say, {
    private: refused || reply.private === true,
    update: !refused && reply.update === true,
  })
}

type Respond = (message: object) => Promise<unknown>

/** A command, or a button on a message: answers go through the address that came with it. */
export function messageSpot(client: WebClient, body: Payload, channel: string | undefined, respond: Respond): Spot {
  // Others read a message in a channel: it stays as it is, and the answer is hers alone.
  const own = isDirect(channel) || body.container?.is_ephemeral === true
  const pressed = body.type === 'block_actions'
  return {
    say: async (card, how) => {
      const update = pressed && how.update && own
      const open = isDirect(channel) || (!pressed && !how.private)
      await respond({
        ...drawCard(card),
        response_type: open ? 'in_channel' : 'ephemeral',
        replace_original: update,
        unfurl_links: false,
        unfurl_media: false,
      })
    },
    async ask(form, act) {
      try {
        await open(client, body, drawForm(form, channel ? { channel } : {}))
      } catch (error) {
        // Slack opens a form within three seconds of the press, or not at all.
        if (!tooLate(error)) throw error
        await respond({ ...drawCard(buttonFor(form, act)), response_type: 'ephemeral', replace_original: false })
      }
    },
  }
}

const tooLate = (error: unknown): boolean =>
  /expired_trigger_id|exchanged_trigger_id|trigger_expired/.test((error as Error).message)

/** Home: what is asked there is shown in a modal above it. */
export const homeSpot = (client: WebClient, body: Payload): Spot => ({
  say: (card) => open(client, body, cardView(card)),
  ask: (form) => open(client, body, drawForm(form, {})),
})

/** A modal that is open already takes the next view. */
export function modalSpot(client: WebClient, view: string): Spot {
  const put = async (next: object) => {
    await client.views.update({ view_id: view, view: next as never })
  }
  return { say: (card) => put(cardView(card)), ask: (form) => put(drawForm(form, {})) }
}

async function open(client: WebClient, body: Payload, view: object): Promise<void> {
  await client.views.open({ trigger_id: body.trigger_id ?? '', view: view as never })
}

/** Where no form can be opened (typed in a direct message, or to the bot by name): a button opens it. */
export const buttonFor = (form: Form, act: Action): Card => ({
  title: form.title,
  blocks: [
    {
      kind: 'text',
      text: t`This takes ${form.fields.length === 1 ? 'one answer' : `${form.fields.length} short answers`}.`,
    },
  ],
  buttons: [{ label: 'Open the form', style: 'primary', act: act as Press }],
})

/** The apology for our own mistake, with the id under which the operator finds it. */
export const sorry = (edge: Edge, error: unknown, what: string): Card => ({
  title: 'That did not work',
  blocks: [
    {
      kind: 'text',
      text: t`Nothing of what you did is lost. Try again in a minute; if it goes on, tell whoever runs this app the number ${edge.apology(error, what)}.`,
    },
  ],
})
