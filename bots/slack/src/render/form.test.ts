import type { Form } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyForm } from '../../../../test/support/any-card.ts'
import { overSlack } from '../../../../test/support/slack-limits.ts'
import { leaksOf } from '../../../../test/support/slack-reader.ts'
import { drawForm, formErrors, formIdOf, metaOf, readForm } from './form.ts'

const options = (count: number) => Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }))
const form: Form = {
  id: 'needs/gap 1',
  title: 'Practice gap',
  fields: [
    { name: 'gap', label: 'The gap', kind: 'paragraph', value: 'Half of *us* <do>', max: 2000, hint: 'One sentence' },
    { name: 'how', label: 'How often', kind: 'one', options: options(3), value: 'v1' },
    { name: 'what', label: 'Which', kind: 'many', options: options(12), values: ['v2', 'v11'], optional: true },
    { name: 'where', label: 'Channel', kind: 'channel', value: 'C0123456789' },
    { name: 'who', label: 'Role', kind: 'role' },
  ],
}

test('a form is a modal that knows where it was asked', () => {
  const view = drawForm(form, { channel: 'C1' })
  expect(overSlack(view)).toEqual([])
  expect(formIdOf(view.callback_id!)).toBe('needs/gap 1')
  expect(metaOf(view.private_metadata)).toEqual({ channel: 'C1' })
  expect(metaOf('not ours')).toEqual({})
  expect(formIdOf('form:%')).toBe('')
  const inputs = view.blocks as unknown as { block_id: string; optional: boolean; element: Record<string, unknown> }[]
  expect(inputs.map(({ block_id, element, optional }) => [block_id, element.type, optional])).toEqual([
    ['gap', 'plain_text_input', false],
    ['how', 'radio_buttons', false],
    ['what', 'multi_static_select', true],
    ['where', 'conversations_select', false],
  ])
  expect(inputs[0]!.element).toMatchObject({ initial_value: 'Half of *us* <do>', max_length: 2000, multiline: true })
  expect(inputs[3]!.element).toMatchObject({ filter: { include: ['public', 'private'], exclude_bot_users: true } })
})

test('what was filled in comes back by field name', () => {
  expect(
    readForm({
      values: {
        gap: { answer: { type: 'plain_text_input', value: 'Half' } },
        empty: { answer: { type: 'plain_text_input', value: null } },
        how: { answer: { type: 'radio_buttons', selected_option: { value: 'v1' } } },
        none: { answer: { type: 'static_select', selected_option: null } },
        what: { answer: { type: 'checkboxes', selected_options: [{ value: 'v2' }, { value: 'v3' }] } },
        where: { answer: { type: 'conversations_select', selected_conversation: 'C1' } },
      },
    }),
  ).toEqual({ gap: 'Half', empty: '', how: 'v1', none: '', what: ['v2', 'v3'], where: 'C1' })
  expect(readForm(undefined)).toEqual({})
})

test('an error stands at its field, or at the first one where its field is not shown', () => {
  const view = drawForm(form)
  expect(formErrors(view, { how: 'Choose one.' })).toEqual({ how: 'Choose one.' })
  expect(formErrors(view, { who: 'Slack has no roles.', gap: 'Too short.' })).toEqual({
    gap: 'Slack has no roles. Too short.',
  })
  expect(formErrors({ blocks: [] }, { gap: 'Too short.' })).toBeUndefined()
  expect(formErrors(view, {})).toBeUndefined()
})

type Element = Record<string, unknown> & { type: string }
/** What Slack would send when she changes nothing. */
const untouched = (element: Element) => ({
  type: element.type,
  value: (element.initial_value as string) ?? null,
  selected_option: element.initial_option as object,
  selected_options: (element.initial_options ?? []) as object[],
  selected_conversation: (element.initial_conversation as string) ?? null,
})

test('any form is a modal that Slack takes; submitted unchanged it gives the values it was opened with', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const view = drawForm(form, { channel: 'C0123456789' })
      expect(overSlack(view)).toEqual([])
      expect(formIdOf(view.callback_id!)).toBe(form.id.toWellFormed())
      const { blocks, ...frame } = view
      const inputs = (blocks as unknown as { type: string; block_id?: string; element: Element }[]).filter(
        ({ type }) => type === 'input',
      )
      expect(
        leaksOf([frame, inputs.map(({ element: { initial_value, ...rest }, ...block }) => [block, rest])]),
      ).toEqual([])
      const values = Object.fromEntries(
        inputs.flatMap(({ block_id, element }) => (block_id ? [[block_id, { answer: untouched(element) }]] : [])),
      )
      const answers = readForm({ values })
      const names = form.fields.map(({ name }) => name)
      for (const field of form.fields) {
        if (names.indexOf(field.name) !== names.lastIndexOf(field.name)) continue
        if (field.kind === 'one')
          expect(answers[field.name]).toBe(field.options.some(({ value }) => value === field.value) ? field.value : '')
        if (field.kind === 'many')
          expect([...(answers[field.name] ?? [])].sort()).toEqual([...new Set(field.values)].sort())
      }
    }),
    { numRuns: 200 },
  )
})
