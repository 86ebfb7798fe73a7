import type { Answers, Form } from '../form.ts'
import type { Step } from '../knowledge/onboarding.ts'
import type { Day } from '../time.ts'
import { dayInWords } from '../views/item.ts'
import { readStepFields, stepFields, toldInForm } from './step-form.ts'

export const STEP_FORM = 'step.tell'
const LEAST = 12
const MOST = 1000

/** What a member told of a step: her line, the day she attended, or her answers to the step's own form. */
export type Told = { said?: string; day?: Day; answers?: Answers }

/** The form by which a step is attested, attendance told or the step's own form filled in; nothing for a step shown in another way. */
export function proofForm({ id, proof }: Step, today: Day, before: Told = {}): Form | undefined {
  if (proof.kind === 'form')
    return {
      id: `${STEP_FORM}:${id}`,
      title: proof.title,
      submit: 'Done',
      fields: stepFields(proof.fields, before.answers),
    }
  if (proof.kind !== 'attest' && proof.kind !== 'attend') return undefined
  const said = {
    kind: 'paragraph' as const,
    name: 'said',
    label: proof.kind === 'attend' ? 'What was it, and what do you take along?' : 'What you learned, in a line or two',
    hint: proof.ask,
    max: MOST,
    ...(before.said ? { value: before.said } : {}),
  }
  const day = {
    kind: 'text' as const,
    name: 'day',
    label: 'Date',
    hint: 'Year, month, day, as in 2026-11-20.',
    max: 10,
    value: before.day ?? today,
  }
  return {
    id: `${STEP_FORM}:${id}`,
    title: proof.kind === 'attend' ? 'What you attended' : 'What you learned',
    submit: 'Done',
    fields: proof.kind === 'attend' ? [day, said] : [said],
  }
}

/** What was told, or by field what is wrong with it. `today` is the day where she is: nobody attends tomorrow's session. */
export function readProof(
  { proof }: Step,
  answers: Answers,
  today: Day,
): { told: Told } | { fields: Record<string, string> } {
  if (proof.kind === 'form') {
    const read = readStepFields(proof.fields, answers)
    return 'fields' in read ? read : { told: read }
  }
  const fields: Record<string, string> = {}
  const said = textOf(answers.said).slice(0, MOST)
  if (said.length < LEAST)
    fields.said = 'Write a line in your own words, so that it still tells you something in a year.'
  if (proof.kind !== 'attend') return Object.keys(fields).length > 0 ? { fields } : { told: { said } }
  const day = textOf(answers.day)
  if (!isDay(day)) fields.day = 'Write the date as year, month and day, as in 2026-11-20.'
  else if (day > today) fields.day = `That day lies ahead. Come back once you have been there; today is ${today}.`
  else if (day < '2000-01-01') fields.day = 'That was long ago. Give a session of recent years.'
  return Object.keys(fields).length > 0 ? { fields } : { told: { said, day } }
}

/** What a member told of a step, in words. */
export const toldOf = ({ proof }: Step, { said, day, answers }: Told): { name: string; value: string }[] => [
  ...(day ? [{ name: 'Attended', value: dayInWords(day) }] : []),
  ...(said ? [{ name: 'You wrote', value: said }] : []),
  ...(proof.kind === 'form' ? toldInForm(proof.fields, answers) : []),
]

const textOf = (answer: Answers[string] | undefined): string => (typeof answer === 'string' ? answer.trim() : '')

function isDay(said: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return false
  const at = new Date(`${said}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(said)
}
