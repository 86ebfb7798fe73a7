import { type Answers, type Card, decodeAction, type Field, type Form, overForm, type Press } from '@cme-commons/core'
import * as discord from '@cme-commons/discord'
import * as slack from '@cme-commons/slack'
import { formIdOf, readForm } from '../../bots/slack/src/render/form.ts'
import { pressOf } from '../../bots/slack/src/render/ids.ts'
import { cardHtml } from '../../server/src/html/card.ts'
import { input } from '../../server/src/try/input.ts'
import { cardJson, replyJson } from '../../server/src/try/json.ts'
import { filled } from './discord/person.ts'
import type { Component } from './discord/server.ts'
import { overMessage, overModal } from './discord-limits.ts'
import { readDiscord } from './discord-markdown.ts'
import { fill } from './slack/fill.ts'
import type { View } from './slack/server.ts'
import { overSlack } from './slack-limits.ts'
import { leaksOf } from './slack-reader.ts'

/** A card or a form as a surface shows it, with everything that the surface would refuse and every mention that got through. */
type Drawn = { wrong: string[]; mentions: string[] }
export type DrawnCard = Drawn & { presses: (Press | undefined)[] }
/** `read` is what comes back when a person fills in these answers, and leaves all other fields as they are. */
export type DrawnForm = Drawn & { id: string; read(answers: Answers): Answers }

/** One way to show the product and to hear of it: what every surface must be able to do. */
export type Surface = {
  name: string
  /** Everything of a card, in as many messages as it takes. */
  card(card: Card): DrawnCard
  form(form: Form): DrawnForm
  /** The longest id of a button that it carries, and the kinds of fields that it has not. */
  room: number
  lacks: readonly Field['kind'][]
  /** What a channel or a role is called there. */
  id: string
}

type Thing = Record<string, unknown>
const things = (value: unknown): Thing[] => {
  if (Array.isArray(value)) return value.flatMap(things)
  return typeof value === 'object' && value !== null ? [value as Thing, ...Object.values(value).flatMap(things)] : []
}

export const onSlackSurface: Surface = {
  name: 'Slack',
  room: 2000,
  lacks: ['role'],
  id: 'C0123456789',
  card(card) {
    const parts = slack.drawParts(card)
    const buttons = things(parts).filter(({ type, url }) => type === 'button' && url === undefined)
    return {
      wrong: parts.flatMap(overSlack),
      mentions: parts.flatMap(leaksOf),
      presses: buttons.map((button) => pressOf(button)),
    }
  },
  form(form) {
    const view = slack.drawForm(form, { channel: 'C1' })
    // What a person has typed before stands in its field as she typed it: a field shows no markup.
    const shown = things(view).map(({ initial_value, ...rest }) => rest)
    return {
      wrong: overSlack(view),
      mentions: [...new Set(shown.flatMap((thing) => leaksOf(own(thing))))],
      id: formIdOf(view.callback_id!),
      read: (answers) => readForm({ values: fill(view as unknown as View, answers) as never }),
    }
  },
}

/** A thing without what is inside it. */
const own = (thing: Thing): Thing =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => typeof value !== 'object'))

export const onDiscordSurface: Surface = {
  name: 'Discord',
  room: 97,
  lacks: [],
  id: '123456789012345678',
  card(card) {
    const parts = discord.drawParts(card)
    const all = things(parts)
    const texts = all.flatMap(({ type, content }) => (type === 10 ? [String(content)] : []))
    // A role that the product itself speaks of is drawn as one, and "allowed_mentions" keeps it from calling anybody.
    const ours = new Set(things(card).map(({ role }) => `<@&${String(role)}>`))
    const buttons = all.filter(({ type, custom_id, disabled }) => type === 2 && custom_id !== undefined && !disabled)
    return {
      wrong: parts.flatMap(overMessage),
      mentions: texts.flatMap((text) => readDiscord(text).mentions).filter((one) => !ours.has(one)),
      presses: buttons.map(({ custom_id }) => decodeAction(discord.plainId(String(custom_id)))),
    }
  },
  form(form) {
    const modal = discord.drawForm(form, { state: 'cme1:home' })
    return {
      wrong: overModal(modal),
      mentions: [],
      id: discord.formOf(modal.custom_id)?.form ?? '',
      read: (answers) =>
        discord.readForm({
          components: (modal.components as unknown as Component[]).map(({ component }) => {
            const { type = 0, custom_id } = component ?? {}
            const answer = answers[String(custom_id).replace(/\[\]$/, '')]
            return { type: 18, component: filled(type, custom_id, answer, component) }
          }) as never,
        }),
    }
  },
}

const TAGS =
  /<\/?(?:article|h[23]|p|ul|ol|li|dl|div|dt|dd|blockquote|footer|span|strong|em|code|hr|time|a)(?: (?:class|datetime|rel|aria-hidden)="[^"<>]*"| href="(?:https?:\/\/|\/)[^"<>]*")*>/g

export const onTrySurface: Surface = {
  name: 'the try-out page',
  room: 500,
  lacks: [],
  id: 'standards-news',
  card(card) {
    const { buttons = [], more } = overTheWire(cardJson(card))
    const drawn = [...buttons, ...(more ? [more] : [])]
    const acts = drawn.flatMap((button) => ('act' in button ? [String(button.act)] : []))
    return {
      wrong: acts
        .filter((act) => act.length <= 500)
        .flatMap((act) => problems(input.press.safeParse({ as: 'sara', press: act }))),
      // Nobody is called there; what is written by others makes no markup.
      mentions: String(cardHtml(card)).replace(TAGS, '').match(/[<>]/g) ?? [],
      presses: acts.filter((act) => act.length <= 500).map(decodeAction),
    }
  },
  form(form) {
    const reply = overTheWire(replyJson({ ask: form }))
    const asked = 'ask' in reply ? reply.ask : form
    const as = { as: 'sara', form: asked.id }
    const untouched = Object.fromEntries(asked.fields.map((field) => [field.name, untouchedIn(field)]))
    return {
      wrong: [...overForm(asked), ...problems(input.submit.safeParse({ ...as, answers: untouched }))],
      mentions: [],
      id: asked.id,
      read: (answers) => input.submit.parse(overTheWire({ ...as, answers: { ...untouched, ...answers } })).answers,
    }
  },
}

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const problems = (parsed: { success: boolean; error?: { message: string } }): string[] =>
  parsed.success ? [] : [parsed.error?.message ?? 'not taken']

/** What a field answers with when nobody touches it. */
export function untouchedIn(field: Field): string | readonly string[] {
  if (field.kind === 'many')
    return field.options.filter(({ value }) => field.values?.includes(value)).map(({ value }) => value)
  if (field.kind === 'one') return field.options.find(({ value }) => value === field.value)?.value ?? ''
  return field.value ?? ''
}

export const surfaces: readonly Surface[] = [onSlackSurface, onDiscordSurface, onTrySurface]
