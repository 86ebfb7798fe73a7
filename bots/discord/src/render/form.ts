import { cut, type Field, type Form, type Option } from '@cme-commons/core'
import {
  type APILabelComponent,
  type APIModalInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  ChannelType,
  ComponentType,
  InteractionResponseType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10'
import { clean, oneLine } from './clean.ts'
import { formId } from './form-id.ts'

export { readForm, refilled } from './answers.ts'
export { againOf, formIdOf, formOf } from './form-id.ts'

const MOST = {
  title: 45,
  parts: 5,
  label: 45,
  hint: 100,
  text: 4000,
  placeholder: 100,
  options: 25,
  group: 10,
  option: 100,
}

/**
 * A form as a modal. `state` comes back with the answers (the id of the action that asks for this form, so that it can be asked for
 * again); `wrong` is what is wrong by field, said in the place of each hint.
 */
export function drawForm(
  form: Form,
  { state, wrong = {} }: { state?: string; wrong?: Readonly<Record<string, string>> } = {},
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: formId(form.id, state),
    title: cut(oneLine(form.title), MOST.title) || 'Form',
    components: form.fields.slice(0, MOST.parts).map((field) => drawField(field, wrong[field.name])),
  }
}

/** A modal as the answer to an interaction. */
export const answerWith = (data: APIModalInteractionResponseCallbackData): APIModalInteractionResponse => ({
  type: InteractionResponseType.Modal,
  data,
})

function drawField(field: Field, wrong: string | undefined): APILabelComponent | APITextDisplayComponent {
  const options = 'options' in field ? offered(field.options) : []
  const label = cut(oneLine(field.label), MOST.label) || 'Answer'
  if ('options' in field && options.length === 0)
    return { type: ComponentType.TextDisplay, content: `${label}: there is nothing to choose from yet.` }
  const left = 'options' in field ? field.options.length - options.length : 0
  const hint = [left > 0 ? `${left} more are not shown.` : '', wrong ?? field.hint ?? ''].filter(Boolean).join(' ')
  const description = cut(oneLine(hint), MOST.hint)
  return {
    type: ComponentType.Label,
    label,
    ...(description ? { description } : {}),
    component: inputOf(field, options),
  }
}

/** Those that Discord can carry: at most 25, each with a value of its own of 1 to 100 characters. */
const offered = (options: readonly Option[]): Option[] =>
  options
    .filter(
      ({ value }, i) =>
        value.length > 0 && value.length <= MOST.option && options.findIndex((o) => o.value === value) === i,
    )
    .slice(0, MOST.options)

function inputOf(field: Field, options: readonly Option[]): APILabelComponent['component'] {
  const required = !field.optional
  const custom_id = field.kind === 'many' ? `${field.name}[]` : field.name
  switch (field.kind) {
    case 'text':
    case 'paragraph':
      return { ...typed(field), custom_id, required }
    case 'one': {
      const choices = options.map((option) => choice(option, option.value === field.value))
      return options.length >= 2 && options.length <= MOST.group
        ? { type: ComponentType.RadioGroup, custom_id, required, options: choices }
        : { type: ComponentType.StringSelect, custom_id, required, min_values: Number(required), options: choices }
    }
    case 'many': {
      const choices = options.map((option) => choice(option, field.values?.includes(option.value) ?? false))
      const range = { custom_id, required, min_values: Number(required), max_values: options.length, options: choices }
      return options.length <= MOST.group
        ? { type: ComponentType.CheckboxGroup, ...range }
        : { type: ComponentType.StringSelect, ...range }
    }
    case 'channel':
      return {
        type: ComponentType.ChannelSelect,
        custom_id,
        required,
        min_values: Number(required),
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        ...(isId(field.value)
          ? { default_values: [{ id: field.value, type: SelectMenuDefaultValueType.Channel }] }
          : {}),
      }
    case 'role':
      return {
        type: ComponentType.RoleSelect,
        custom_id,
        required,
        min_values: Number(required),
        ...(isId(field.value) ? { default_values: [{ id: field.value, type: SelectMenuDefaultValueType.Role }] } : {}),
      }
  }
}

const isId = (value: string | undefined): value is string => /^\d{1,20}$/.test(value ?? '')

function typed(field: Field & { kind: 'text' | 'paragraph' }) {
  const short = field.kind === 'text'
  const value = cut(short ? oneLine(field.value ?? '') : clean(field.value ?? ''), MOST.text)
  const placeholder = cut(oneLine(field.placeholder ?? ''), MOST.placeholder)
  const most = Math.min(Math.max(field.max ?? MOST.text, value.length, 1), MOST.text)
  return {
    type: ComponentType.TextInput as const,
    style: short ? TextInputStyle.Short : TextInputStyle.Paragraph,
    max_length: most,
    ...(value ? { value } : {}),
    ...(placeholder ? { placeholder } : {}),
  }
}

function choice({ value, label, hint }: Option, chosen: boolean) {
  const description = cut(oneLine(hint ?? ''), MOST.option)
  return {
    value,
    label: cut(oneLine(label), MOST.option) || cut(value, MOST.option),
    ...(description ? { description } : {}),
    ...(chosen ? { default: true } : {}),
  }
}
