import { type Action, type Card, type Edge, type Form, type Press, t } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  MessageFlags,
  Routes,
  InteractionResponseType as Say,
} from 'discord-api-types/v10'
import type { Body } from '../render/body.ts'
import { drawCard, drawParts } from '../render/card.ts'

/** What came of an interaction, drawn: a form to open, or a message with what goes on below it. */
export type Answered =
  | { modal: APIModalInteractionResponseCallbackData; form: Form }
  | { bodies: readonly [Body, ...Body[]]; private?: boolean; update?: boolean }

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
    (error: unknown): Answered => ({ bodies: [drawCard(sorry(edge.apology(error, act.do)))], private: true }),
  )
  const first = await Promise.race([safe.then((answered) => ({ answered })), late()])
  if (first !== 'late') return first.answered && respond(rest, interaction, first.answered)
  const replaces = updates(interaction)
  const held = replaces
    ? { type: Say.DeferredMessageUpdate }
    : {
        type: Say.DeferredChannelMessageWithSource,
        data: { flags: interaction.guild_id === undefined ? 0 : MessageFlags.Ephemeral },
      }
  const heard = await callback(rest, interaction, held)
  const answered = await safe
  if (!answered || !heard) return
  // The first word is said, so no form can open any more: a button opens it.
  const bodies = 'modal' in answered ? drawParts(buttonFor(answered.form, act)) : answered.bodies
  // A message that was to be replaced stays when the answer is another one, which then comes below it.
  if (replaces && !('update' in answered && answered.update)) return below(rest, interaction, bodies, true)
  const original = Routes.webhookMessage(interaction.application_id, interaction.token)
  await rest.patch(original, { body: bodies[0], auth: false })
  await below(rest, interaction, bodies.slice(1), true)
}

async function respond(rest: REST, interaction: APIInteraction, answered: Answered): Promise<void> {
  if ('modal' in answered) {
    await callback(rest, interaction, { type: Say.Modal, data: answered.modal })
    return
  }
  const { bodies, update } = answered
  const hidden = (answered.private ?? false) || pressed(interaction)
  const replaces = update && updates(interaction)
  const heard = await callback(
    rest,
    interaction,
    replaces
      ? { type: Say.UpdateMessage, data: bodies[0] }
      : { type: Say.ChannelMessageWithSource, data: seenBy(interaction, bodies[0], hidden) },
  )
  if (heard) await below(rest, interaction, bodies.slice(1), hidden)
}

/** What goes on below the first message, seen by the same people. */
async function below(rest: REST, interaction: APIInteraction, bodies: readonly Body[], hidden: boolean): Promise<void> {
  const route = Routes.webhook(interaction.application_id, interaction.token)
  for (const body of bodies) await rest.post(route, { body: seenBy(interaction, body, hidden), auth: false })
}

/** In a direct message nobody else reads along. */
const seenBy = ({ guild_id }: APIInteraction, body: Body, hidden: boolean) =>
  hidden && guild_id !== undefined ? { ...body, flags: body.flags | MessageFlags.Ephemeral } : body

const pressed = ({ type }: APIInteraction): boolean =>
  type === InteractionType.MessageComponent || type === InteractionType.ModalSubmit

/** Whether the message it came from is hers alone, and so may be replaced by the answer. */
function updates(interaction: APIInteraction): boolean {
  if (!('message' in interaction) || !interaction.message) return false
  const ephemeral = ((interaction.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  return ephemeral || interaction.guild_id === undefined
}

/** The first word on an interaction. False for one that Discord does not know any more: it came too late, and there is nobody to tell. */
export async function callback(rest: REST, { id, token }: APIInteraction, body: object): Promise<boolean> {
  try {
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false })
    return true
  } catch (error) {
    const { code } = error as { code?: number }
    // Taken, with an answer that is empty although it says that it is JSON.
    if (error instanceof SyntaxError) return true
    if (code !== 10062 && code !== 40060) throw error
    // Answered already: our first try arrived, and its answer was lost.
    return code === 40060
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
