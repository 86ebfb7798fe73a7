import { type Action, type Card, type Edge, type Form, type Press, t } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  Routes,
} from 'discord-api-types/v10'
import type { Body } from '../render/body.ts'
import { drawCard } from '../render/card.ts'

/** What came of an interaction, drawn: a form to open, or a message. */
export type Answered =
  | { modal: APIModalInteractionResponseCallbackData; form: Form }
  | { body: Body; private?: boolean; update?: boolean }

/** Discord waits three seconds for the first word; before they are over it hears that more comes. */
const PATIENCE = 2_000

/** Answers one interaction: what is ready in time at once, the rest into the place that was kept for it. */
export async function answer(
  edge: Edge,
  rest: REST,
  interaction: APIInteraction,
  act: Action,
  work: Promise<Answered | undefined>,
): Promise<void> {
  const safe = work.catch(
    (error: unknown): Answered => ({ body: drawCard(sorry(edge.apology(error, act.do))), private: true }),
  )
  const first = await Promise.race([safe.then((answered) => ({ answered })), late()])
  if (first !== 'late') {
    if (first.answered) await respond(rest, interaction, first.answered)
    return
  }
  const held = updates(interaction)
    ? { type: InteractionResponseType.DeferredMessageUpdate }
    : {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: { flags: interaction.guild_id === undefined ? 0 : MessageFlags.Ephemeral },
      }
  await callback(rest, interaction, held)
  const answered = await safe
  if (!answered) return
  // The first word is said, so no form can open any more: a button opens it.
  const body = 'modal' in answered ? drawCard(buttonFor(answered.form, act)) : answered.body
  await rest.patch(Routes.webhookMessage(interaction.application_id, interaction.token), { body, auth: false })
}

async function respond(rest: REST, interaction: APIInteraction, answered: Answered): Promise<void> {
  if ('modal' in answered)
    return callback(rest, interaction, { type: InteractionResponseType.Modal, data: answered.modal })
  const { body, update } = answered
  if (update && updates(interaction))
    return callback(rest, interaction, { type: InteractionResponseType.UpdateMessage, data: body })
  const hidden = interaction.guild_id !== undefined && (answered.private || pressed(interaction))
  const data = hidden ? { ...body, flags: body.flags | MessageFlags.Ephemeral } : body
  return callback(rest, interaction, { type: InteractionResponseType.ChannelMessageWithSource, data })
}

const pressed = ({ type }: APIInteraction): boolean =>
  type === InteractionType.MessageComponent || type === InteractionType.ModalSubmit

/** Whether the message it came from is hers alone, and so may be replaced by the answer. */
function updates(interaction: APIInteraction): boolean {
  if (!('message' in interaction) || !interaction.message) return false
  const ephemeral = ((interaction.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  return ephemeral || interaction.guild_id === undefined
}

/** The first word on an interaction. One that Discord does not know any more was answered already, or too late: there is nobody to tell. */
export async function callback(rest: REST, { id, token }: APIInteraction, body: object): Promise<void> {
  try {
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false })
  } catch (error) {
    const { code } = error as { code?: number }
    // Taken, with an answer that is empty although it says that it is JSON.
    if (error instanceof SyntaxError) return
    if (code !== 10062 && code !== 40060) throw error
  }
}

const buttonFor = (form: Form, act: Action): Card => ({
  title: form.title,
  blocks: [
    {
      kind: 'text',
      text: t`This takes ${form.fields.length === 1 ? 'one answer' : `${form.fields.length} short answers`}.`,
    },
  ],
  buttons: [{ label: 'Open the form', style: 'primary', act: act as Press }],
})

const sorry = (id: string): Card => ({
  title: 'That did not work',
  blocks: [
    {
      kind: 'text',
      text: t`Nothing of what you did is lost. Try again in a minute; if it goes on, tell whoever runs this bot the number ${id}.`,
    },
  ],
})

function late(): Promise<'late'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('late'), PATIENCE).unref()
  })
}
