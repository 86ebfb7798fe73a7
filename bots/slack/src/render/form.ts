export { formErrors, readForm, type ViewState } from './answers.ts'

import type { Field, Form, Option } from '@cme-commons/core'
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import { uniqueIds } from './ids.ts'
import { plainObject } from './objects.ts'

/** What an answer to a form needs beside the answers: where it was asked. */
export type FormMeta = { channel?: string }

/** What shows all its options at once shows at most ten; a longer list folds into a menu. */
const OPEN_LIST = 10
const PER_GROUP = 100

/** A form as a modal. A role, which Slack does not have, is left out. */
export function drawForm(form: Form, meta: FormMeta = {}): ModalView {
  const unique = uniqueIds()
  const inputs = form.fields.flatMap((field) => drawField(field, unique) ?? [])
  const empty: KnownBlock[] = [{ type: 'section', text: plainObject('There is nothing to fill in here.', 100, '…') }]
  return {
    type: 'modal',
    callback_id: `form:${encodeURIComponent(form.id.toWellFormed())}`.slice(0, 255),
    private_metadata: JSON.stringify(meta).slice(0, 3000),
    title: plainObject(form.title, 24, 'CME Commons'),
    submit: plainObject(form.submit ?? 'Save', 24, 'Save'),
    close: plainObject('Cancel', 24, 'Cancel'),
    blocks: inputs.length > 0 ? inputs : empty,
  }
}

/** The form that a submitted modal is, or nothing when it is not one of ours. */
export function formIdOf(callback: string): string {
  try {
    return decodeURIComponent(callback.replace(/^form:/, ''))
  } catch {
    return ''
  }
}

/** Where a form was asked; empty when the metadata are not ours. */
export function metaOf(metadata: string | undefined): FormMeta {
  try {
    const meta: unknown = JSON.parse(metadata || '{}')
    return typeof meta === 'object' && meta !== null ? meta : {}
  } catch {
    return {}
  }
}

function drawField(field: Field, unique: (id: string) => string): InputBlock | undefined {
  const element = elementOf(field)
  if (!element) return undefined
  return {
    type: 'input',
    block_id: unique(field.name || 'field').slice(0, 255),
    label: plainObject(field.label, 2000, field.name || '…'),
    element: { ...element, action_id: 'answer' },
    optional: field.optional === true,
    ...(field.hint?.trim() ? { hint: plainObject(field.hint, 2000, '…') } : {}),
  }
}

function elementOf(field: Field): InputBlock['element'] | undefined {
  switch (field.kind) {
    case 'text':
    case 'paragraph':
      return textInput(field)
    case 'one':
      return oneOf(field)
    case 'many':
      return manyOf(field)
    case 'channel':
      return {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(field.value ? { initial_conversation: field.value } : {}),
      }
    case 'role':
      return undefined
  }
}

function textInput(field: Extract<Field, { kind: 'text' | 'paragraph' }>): InputBlock['element'] {
  const max = Math.min(Math.max(field.max ?? 3000, 1), 3000)
  const value = field.value?.slice(0, max).toWellFormed()
  return {
    type: 'plain_text_input',
    multiline: field.kind === 'paragraph',
    max_length: max,
    ...(value ? { initial_value: value } : {}),
    ...(field.placeholder?.trim() ? { placeholder: plainObject(field.placeholder, 150, '…') } : {}),
  }
}

function oneOf(field: Extract<Field, { kind: 'one' }>): InputBlock['element'] | undefined {
  const options = optionsOf(field.options)
  const chosen = options.find(({ value }) => value === field.value)
  const initial = chosen ? { initial_option: chosen } : {}
  if (options.length === 0) return undefined
  if (options.length <= OPEN_LIST) return { type: 'radio_buttons', options, ...initial }
  return { type: 'static_select', ...listed(options), ...initial }
}

function manyOf(field: Extract<Field, { kind: 'many' }>): InputBlock['element'] | undefined {
  const options = optionsOf(field.options)
  const chosen = options.filter(({ value }) => field.values?.includes(value!))
  const initial = chosen.length > 0 ? { initial_options: chosen } : {}
  if (options.length === 0) return undefined
  if (options.length <= OPEN_LIST) return { type: 'checkboxes', options, ...initial }
  return { type: 'multi_static_select', ...listed(options), ...initial }
}

/** A menu takes a hundred options, or a hundred groups of them. */
function listed(options: PlainTextOption[]) {
  if (options.length <= PER_GROUP) return { options }
  const groups = []
  for (let i = 0; i < options.length; i += PER_GROUP) {
    const part = options.slice(i, i + PER_GROUP)
    groups.push({ label: plainObject(`${i + 1} to ${i + part.length}`, 75, '…'), options: part })
  }
  return { option_groups: groups }
}

/** Each value once: Slack refuses a list in which one is there twice. */
const optionsOf = (options: readonly Option[]): PlainTextOption[] =>
  [...new Map(options.map((option) => [option.value, option])).values()].map(({ value, label, hint }) => ({
    text: plainObject(label, 75, value || '…'),
    value: value.slice(0, 75),
    ...(hint?.trim() ? { description: plainObject(hint, 75, '…') } : {}),
  }))
