import type { Answers, Field, Form } from '@cme-commons/core'
import type { APIModalSubmission } from 'discord-api-types/v10'

type Submitted = { custom_id?: string; value?: unknown; values?: unknown }
type Part = { component?: Submitted; components?: readonly Submitted[] }

/** What was filled in, by field name. What was left empty is an empty string, or an empty list where several may be chosen. */
export function readForm({ components }: Pick<APIModalSubmission, 'components'>): Answers {
  const inputs = (components as readonly Part[]).flatMap(({ component, components }) =>
    component ? [component] : (components ?? []),
  )
  return Object.fromEntries(inputs.filter(({ custom_id }) => custom_id).map(answerOf))
}

function answerOf({ custom_id = '', value, values }: Submitted): [string, string | string[]] {
  const list = Array.isArray(values) ? values.filter((one) => typeof one === 'string') : []
  if (custom_id.endsWith('[]')) return [custom_id.slice(0, -2), list]
  return [custom_id, typeof value === 'string' ? value : (list[0] ?? '')]
}

/** A form filled with what was typed before, so that nobody types anything twice. Answers to other fields are left aside. */
export const refilled = (form: Form, answers: Answers): Form => ({
  ...form,
  fields: form.fields.map((field) =>
    Object.hasOwn(answers, field.name) ? filled(field, answers[field.name]!) : field,
  ),
})

function filled(field: Field, answer: string | readonly string[]): Field {
  if (field.kind === 'many') return { ...field, values: typeof answer === 'string' ? [answer] : answer }
  return { ...field, value: typeof answer === 'string' ? answer : (answer[0] ?? '') }
}
