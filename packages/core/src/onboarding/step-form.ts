import type { Answers, Field } from '../form.ts'
import type { StepField } from '../knowledge/onboarding.ts'

/** Most characters that an answer may have: a line, or a paragraph. */
const MOST = { text: 200, paragraph: 1000 } as const

/** So many characters of an answer are shown on the step's card. */
export const STEP_ANSWER_SHOWN = 120

/** The fields of a step's own form, filled with what was told before. */
export const stepFields = (fields: readonly StepField[], before: Answers = {}): Field[] =>
  fields.map((field): Field => {
    const { name, label, hint, required } = field
    const base = { name, label, ...(hint ? { hint } : {}), ...(required ? {} : { optional: true }) }
    const told = before[name]
    if (!('options' in field))
      return { ...base, kind: field.kind, max: MOST[field.kind], ...(typeof told === 'string' ? { value: told } : {}) }
    const chosen = chosenOf(field.options, told)
    if (field.kind === 'many') return { ...base, kind: 'many', options: field.options, values: chosen }
    return { ...base, kind: 'one', options: field.options, ...(chosen[0] ? { value: chosen[0] } : {}) }
  })

/** What was filled in, trimmed, with options that exist; or by field what is wrong with it. */
export function readStepFields(
  fields: readonly StepField[],
  answers: Answers,
): { answers: Answers } | { fields: Record<string, string> } {
  const kept: Record<string, string | readonly string[]> = {}
  const wrong: Record<string, string> = {}
  for (const field of fields) {
    const said = answers[field.name]
    if (field.kind === 'one' || field.kind === 'many') {
      const chosen = chosenOf(field.options, said)
      if (chosen.length > 0) kept[field.name] = field.kind === 'many' ? chosen : chosen[0]!
      else if (field.required)
        wrong[field.name] = `${field.label}: choose ${field.kind === 'one' ? 'one' : 'at least one'}.`
    } else {
      const text = typeof said === 'string' ? said.trim().slice(0, MOST[field.kind]) : ''
      if (text) kept[field.name] = text
      else if (field.required) wrong[field.name] = `${field.label}: this is still empty.`
    }
  }
  return Object.keys(wrong).length > 0 ? { fields: wrong } : { answers: kept }
}

/** What was told, field by field in words, in the order of the form; what was left empty is left out. */
export const toldInForm = (fields: readonly StepField[], answers: Answers = {}): { name: string; value: string }[] =>
  fields.flatMap((field) => {
    const told = answers[field.name]
    const chosen = 'options' in field ? chosenOf(field.options, told) : []
    const labels = 'options' in field ? field.options.filter(({ value }) => chosen.includes(value)) : []
    const value =
      'options' in field ? labels.map(({ label }) => label).join('; ') : typeof told === 'string' ? told : ''
    return value ? [{ name: field.label, value }] : []
  })

const chosenOf = (options: readonly { value: string }[], told: Answers[string] | undefined): string[] => {
  const said = [told ?? []].flat()
  return options.map(({ value }) => value).filter((value) => said.includes(value))
}
