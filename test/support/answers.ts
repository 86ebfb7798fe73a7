import {
  type Answers,
  activityForms,
  type MockActivity,
  type NeedsAssessment,
  needsForms,
  scheduleText,
} from '@cme-commons/core'

const text = (value: unknown): string | readonly string[] => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value : String(value ?? '')
}

/** What somebody with this needs assessment in mind fills in, form by form. */
export const needsAnswers = (doc: NeedsAssessment): { form: string; answers: Answers }[] =>
  needsForms(doc).map(({ id, fields }) => ({
    form: id,
    answers: Object.fromEntries(
      fields.map(({ name }) => {
        const [kind, slot] = name.split('.')
        if (slot === undefined) return [name, text(doc[name as keyof NeedsAssessment])]
        const objective = doc.objectives?.[Number(slot)]
        return [name, text(kind === 'serves' ? objective?.serves : objective?.text)]
      }),
    ),
  }))

/** What somebody with this activity in mind fills in; it takes up all objectives of the needs assessment. */
export const activityAnswers = (doc: MockActivity, needs: NeedsAssessment): { form: string; answers: Answers }[] =>
  activityForms(doc, needs).map(({ id, fields }) => ({
    form: id,
    answers: Object.fromEntries(
      fields.map(({ name }) => {
        if (name === 'schedule') return [name, scheduleText(doc.schedule ?? [])]
        if (name === 'objectives') return [name, (needs.objectives ?? []).map((_, i) => `objectives.${i}`)]
        return [name, text(doc[name as keyof MockActivity])]
      }),
    ),
  }))
