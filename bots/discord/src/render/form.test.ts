import type { Form } from '@cme-commons/core'
import { encodeAction } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyForm } from '../../../../test/support/discord-any.ts'
import { overMessage, overModal } from '../../../../test/support/discord-limits.ts'
import { readForm, refilled } from './answers.ts'
import { drawForm } from './form.ts'
import { againOf, formId, formOf } from './form-id.ts'
import { drawRefused } from './refused.ts'

const state = encodeAction({ do: 'digest.when', subscription: 's1' })
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }))
const form: Form = {
  id: 'digest.when:s1',
  title: 'When it comes',
  fields: [
    { kind: 'text', name: 'at', label: 'Time of day', hint: 'As in 08:00.', value: '08:00', max: 5 },
    { kind: 'one', name: 'rhythm', label: 'Rhythm', options: options(12), value: 'v3' },
    { kind: 'many', name: 'topics', label: 'Topics', options: options(4), values: ['v1', 'v2'], optional: true },
    { kind: 'channel', name: 'news', label: 'Channel', value: '123456789012345678' },
    { kind: 'role', name: 'mentor', label: 'Mentors', optional: true },
  ],
}

/** What Discord sends back when somebody submits a modal as it was opened. */
const submitted = (modal: ReturnType<typeof drawForm>) => {
  const parts = modal.components as unknown as { component?: object }[]
  const components = parts.map(({ component }) => {
    if (!component) return { type: 10, id: 1 }
    const {
      type,
      custom_id,
      value,
      options = [],
      default_values = [],
    } = component as {
      type: number
      custom_id: string
      value?: string
      options?: { value: string; default?: boolean }[]
      default_values?: { id: string }[]
    }
    const values = [
      ...options.filter((option) => option.default).map((option) => option.value),
      ...default_values.map(({ id }) => id),
    ]
    const answer = type === 4 ? { value: value ?? '' } : type === 21 ? { value: values[0] ?? null } : { values }
    return { type: 18, id: 1, component: { type, custom_id, id: 2, ...answer } }
  })
  return { custom_id: modal.custom_id, components } as unknown as Parameters<typeof readForm>[0]
}

test('each kind of field becomes the input that fits it', () => {
  const modal = drawForm(form, { state })
  expect(overModal(modal)).toEqual([])
  expect(modal).toMatchObject({
    custom_id: 'cme1:form:digest.when%3As1:cme1:digest.when:s1',
    title: 'When it comes',
    components: [
      { type: 18, label: 'Time of day', description: 'As in 08:00.', component: { type: 4, style: 1, value: '08:00' } },
      { component: { type: 3, options: { length: 12, 3: { default: true } } } },
      { component: { type: 22, custom_id: 'topics[]', min_values: 0, max_values: 4, required: false } },
      {
        component: { type: 8, channel_types: [0, 5], default_values: [{ id: '123456789012345678', type: 'channel' }] },
      },
      { component: { type: 6, required: false } },
    ],
  })
})

test('two to ten options are a radio group, one or more than ten a select', () => {
  const type = (n: number) =>
    drawForm({ ...form, fields: [{ kind: 'one', name: 'a', label: 'A', options: options(n) }] }).components[0]
  expect([1, 2, 10, 11].map((n) => (type(n) as { component: { type: number } }).component.type)).toEqual([3, 21, 21, 3])
  expect(type(0)).toMatchObject({ type: 10, content: 'A: there is nothing to choose from yet.' })
})

test('what was filled in is read by field name', () => {
  expect(readForm(submitted(drawForm(form)))).toEqual({
    at: '08:00',
    rhythm: 'v3',
    topics: ['v1', 'v2'],
    news: '123456789012345678',
    mentor: '',
  })
})

test('any form draws within the limits and comes back with what was filled in', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const modal = drawForm(form, { state })
      expect(overModal(modal)).toEqual([])
      expect(formOf(modal.custom_id)).toEqual({ form: form.id, state })
      const answers = readForm(submitted(modal))
      expect(Object.keys(answers)).toEqual(form.fields.map(({ name }) => name))
      expect(readForm(submitted(drawForm(refilled(form, answers))))).toEqual(answers)
    }),
    { numRuns: 500 },
  )
})

test('a refused form names each field and opens again with what was typed', () => {
  const fields = { at: 'Write a time of day as in 08:00 or 17:30.' }
  const say = {
    title: 'Not saved yet',
    blocks: [{ kind: 'list' as const, items: [[fields.at]] }],
    buttons: [
      { label: 'Try again', style: 'primary' as const, act: { do: 'digest.when' as const, subscription: 's1' } },
    ],
  }
  const body = drawRefused({ refuse: 'bad-answer', say, fields }, form, state)
  expect(overMessage(body)).toEqual([])
  const [text, row] = body.components[0].components
  expect(text).toMatchObject({
    content: '## Not saved yet\n**Time of day:** Write a time of day as in 08:00 or 17\\:30.',
  })
  const again = (row as { components: { custom_id: string }[] }).components
  expect(again).toHaveLength(1)
  expect(againOf(again[0]!.custom_id)).toEqual({ form: 'digest.when:s1', state })

  const modal = drawForm(refilled(form, { at: 'noon', topics: [] }), { state, wrong: fields })
  expect(modal.components[0]).toMatchObject({ description: fields.at, component: { value: 'noon' } })
  expect(readForm(submitted(modal))).toMatchObject({ at: 'noon', topics: [], rhythm: 'v3' })
})

test('an id without room keeps the form and lets the state go', () => {
  expect(formOf(formId('digest.when:s1', 'x'.repeat(90)))).toEqual({ form: 'digest.when:s1' })
  expect(formOf('cme1:digest')).toBeUndefined()
  expect(againOf('cme1:again:%')).toBeUndefined()
})
