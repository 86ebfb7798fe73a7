import {
  type Action,
  type Actor,
  type Card,
  decodeAction,
  type Edge,
  encodeAction,
  type Form,
  t,
} from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10'
import { completionOf, decodeCommand } from '../commands/decode.ts'
import { plainId } from '../render/button.ts'
import { drawParts } from '../render/card.ts'
import { againOf, drawForm, formOf, readForm, refilled } from '../render/form.ts'
import { drawRefused } from '../render/refused.ts'
import { type Answered, answer, callback } from './answer.ts'
import { makeTyped } from './typed.ts'
import { whoIs } from './who.ts'

/**
 * Handles one interaction as Discord sends it, once its server is `known`. Never throws: what goes wrong is answered, or logged.
 */
export function interactions(
  edge: Edge,
  rest: REST,
  known: (guild: string) => Promise<void>,
): (interaction: APIInteraction) => Promise<void> {
  const typed = makeTyped(edge)

  /** What was asked for and what came of it, drawn; nothing when it came a second time. */
  async function act(actor: Actor, action: Action, once: string, state?: string): Promise<Answered | undefined> {
    const reply = await edge.perform(actor, action, once)
    if (!reply) return undefined
    if ('ask' in reply) return { modal: drawForm(reply.ask, { state: stateOf(action) }), form: reply.ask }
    if (action.do === 'form.submit' && 'refuse' in reply && reply.fields && state) {
      const form = await formBehind(actor, state)
      if (form) {
        await typed.keep(actor, action.form, { answers: action.answers, wrong: reply.fields })
        return { bodies: [drawRefused(reply, form, state)], private: true }
      }
    }
    const refused = 'refuse' in reply
    return {
      bodies: drawParts(reply.say),
      private: refused || reply.private === true,
      update: !refused && reply.update === true,
    }
  }

  /** The form that a button asks for, as it is now. */
  async function formBehind(actor: Actor, state: string): Promise<Form | undefined> {
    const press = decodeAction(state)
    const reply = press && (await edge.perform(actor, press))
    return reply && 'ask' in reply ? reply.ask : undefined
  }

  /** "Try again": the form with what was typed in it, and what was wrong beside each field. */
  async function again(actor: Actor, id: string): Promise<Answered | undefined> {
    const { form: name, state } = againOf(id) ?? {}
    const form = state ? await formBehind(actor, state) : undefined
    if (!form || !name) return act(actor, { do: 'home' }, `${id}/home`)
    const before = await typed.of(actor, name)
    const again = before ? refilled(form, before.answers) : form
    return { modal: drawForm(again, { state, wrong: before?.wrong ?? {} }), form }
  }

  async function work(interaction: APIInteraction, action: Action): Promise<Answered | undefined> {
    if (interaction.guild_id) await known(interaction.guild_id)
    const actor = await whoIs(edge, interaction)
    if (!actor) return { bodies: drawParts(stranger) }
    if (interaction.type === InteractionType.MessageComponent && againOf(interaction.data.custom_id))
      return again(actor, interaction.data.custom_id)
    const state =
      interaction.type === InteractionType.ModalSubmit ? formOf(interaction.data.custom_id)?.state : undefined
    return act(actor, action, interaction.id, state)
  }

  return async (interaction) => {
    try {
      if (interaction.type === InteractionType.Ping)
        await callback(rest, interaction, { type: InteractionResponseType.Pong })
      else if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
        await complete(edge, rest, interaction)
      else {
        const action = actionOf(interaction)
        await answer(edge, rest, interaction, action, work(interaction, action))
      }
    } catch (error) {
      edge.apology(error, 'an interaction')
    }
  }
}

/** A command, a press, or a form that was filled in; what is not ours any more leads home. */
const actionOf = (interaction: APIInteraction): Action => {
  if (interaction.type === InteractionType.ModalSubmit) {
    const form = formOf(interaction.data.custom_id)?.form ?? ''
    return { do: 'form.submit', form, answers: readForm(interaction.data) }
  }
  if (interaction.type === InteractionType.ApplicationCommand)
    return decodeCommand(interaction.data, interaction.guild_id)
  if (interaction.type === InteractionType.MessageComponent)
    return decodeAction(plainId(interaction.data.custom_id)) ?? { do: 'home' }
  return { do: 'home' }
}

const stateOf = (action: Action): string | undefined => (action.do === 'form.submit' ? undefined : encodeAction(action))

async function complete(
  edge: Edge,
  rest: REST,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<void> {
  const asked = completionOf(interaction.data as Parameters<typeof completionOf>[0])
  const actor = asked && (await whoIs(edge, interaction))
  const options = asked && actor ? await edge.complete(actor, asked.what, asked.typed) : []
  const choices = options.map(({ label, value }) => ({ name: label.slice(0, 100), value: value.slice(0, 100) }))
  await callback(rest, interaction, {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: { choices },
  })
}

const stranger: Card = {
  title: 'Say it once on your server first',
  blocks: [
    {
      kind: 'text',
      text: t`This is a direct message, and I do not know yet which community you belong to. Use /cme once on its server; from then on it works here as well.`,
    },
  ],
}
