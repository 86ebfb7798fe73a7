import { type Action, type Card, type Edge, type Form, type Press, type Reply, t } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { cardView, drawCard } from '../render/card.ts'
import { drawForm, type FormMeta } from '../render/form.ts'
import { fromOf, type Payload } from './payload.ts'

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

/**
 * `direct`: her direct messages with the bot, where nobody else reads and answers stay. `alone`: whatever it is, the answer is hers.
 */
type Place = { respond: (message: object) => Promise<unknown>; direct?: boolean; alone?: boolean }

/** A command, or a button on a message: answers go through the address that came with it, which is good for five in half an hour. */
export function messageSpot(client: WebClient, body: Payload, { respond, direct = false, alone = false }: Place): Spot {
  // Others read a message in a channel: it stays as it is, and the answer is hers alone.
  const own = direct || body.container?.is_ephemeral === true
  const pressed = body.type === 'block_actions'
  return {
    say: async (card, how) => {
      const open = !alone && (direct || (!pressed && !how.private))
      await respond({
        ...drawCard(card),
        response_type: open ? 'in_channel' : 'ephemeral',
        replace_original: pressed && how.update && own,
        unfurl_links: false,
        unfurl_media: false,
      })
    },
    async ask(form, act) {
      try {
        await open(client, body, drawForm(form, metaFrom(body)))
      } catch (error) {
        if (!tooLate(error)) throw error
        await respond({ ...drawCard(buttonFor(form, act)), response_type: 'ephemeral', replace_original: false })
      }
    },
  }
}

/** Slack opens a view within three seconds of the press, or not at all. */
const tooLate = (error: unknown): boolean =>
  /expired_trigger_id|exchanged_trigger_id|trigger_expired/.test((error as Error).message)
/** The view was closed meanwhile, or another one took its place. */
const closed = (error: unknown): boolean => /not_found|view_not_found|hash_conflict/.test((error as Error).message)

/** The channel that all this began in; it is told with a view, which Slack does not tie to a channel itself. */
function metaFrom(body: Payload): FormMeta {
  const channel = fromOf(body)?.channel
  return channel ? { channel } : {}
}

/** Home: what is asked there is shown in a modal above it, or where that cannot be any more, in her direct messages. */
export function homeSpot(client: WebClient, body: Payload): Spot {
  const show = async (view: object, otherwise: () => Card) => {
    try {
      await open(client, body, view)
    } catch (error) {
      if (!tooLate(error)) throw error
      await tell(client, body, otherwise())
    }
  }
  return {
    say: (card) => show(cardView(card), () => card),
    ask: (form, act) => show(drawForm(form), () => buttonFor(form, act)),
  }
}

/** A modal that is open already takes the next view; what comes after she closed it goes to her direct messages. */
export function modalSpot(client: WebClient, body: Payload): Spot {
  const put = async (view: object, otherwise: () => Card) => {
    try {
      await client.views.update({ view_id: body.view?.id ?? '', view: view as never })
    } catch (error) {
      if (!closed(error)) throw error
      await tell(client, body, otherwise())
    }
  }
  return {
    say: (card) => put(cardView(card, metaFrom(body)), () => card),
    ask: (form, act) => put(drawForm(form, metaFrom(body)), () => buttonFor(form, act)),
  }
}

async function open(client: WebClient, body: Payload, view: object): Promise<void> {
  await client.views.open({ trigger_id: body.trigger_id ?? '', view: view as never })
}

/** Writes to her directly: Slack takes a person's id for the direct messages with her. */
async function tell(client: WebClient, body: Payload, card: Card): Promise<void> {
  const user = fromOf(body)?.user
  if (user)
    await client.chat.postMessage({ channel: user, ...drawCard(card), unfurl_links: false, unfurl_media: false })
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
