import type { Answers, Form } from '../form.ts'
import type { Step } from '../knowledge/onboarding.ts'
import type { Day } from '../time.ts'

export const STEP_FORM = 'step.tell'
const LEAST = 12
const MOST = 1000

/** The form by which a step is attested, or attendance told; nothing for a step that is shown in another way. */
export function proofForm(
  { id, proof }: Step,
  today: Day,
  before: { said?: string; day?: Day } = {},
): Form | undefined {
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
): { told: { said: string; day?: Day } } | { fields: Record<string, string> } {
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

const textOf = (answer: Answers[string] | undefined): string => (typeof answer === 'string' ? answer.trim() : '')

function isDay(said: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return false
  const at = new Date(`${said}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(said)
}
