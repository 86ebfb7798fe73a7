import type { Form } from '../form.ts'
import { type NeedsAssessment, type NeedsField, objectivesOf } from './needs.ts'
import { NEEDS_FIELDS } from './needs-fields.ts'
import { NEEDS_STEPS, needsForms } from './needs-forms.ts'

/** Fields that may stay empty: they help, but nothing waits for them. */
const MAY_STAY_EMPTY: readonly NeedsField[] = ['causeEvidence']

/** How far a form, or the whole, is filled: counts of fields, and the names of those that are missing. */
export type StepProgress = { id: string; title: string; done: number; total: number; missing: readonly NeedsField[] }
export type Progress = { done: number; total: number; missing: readonly NeedsField[]; forms: readonly StepProgress[] }

/** Whether a field says something. */
export function isFilled(doc: NeedsAssessment, field: NeedsField): boolean {
  if (field === 'objectives') return objectivesOf(doc).length > 0
  const value = doc[field]
  if (typeof value === 'string') return value.trim() !== ''
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}

/** What of the needs assessment is filled and what is missing, form by form; a form without fields to wait for counts none. */
export function progressOf(doc: NeedsAssessment): Progress {
  const forms = NEEDS_STEPS.map(({ id, title, fields }) => {
    const wanted = fields.filter((field) => !MAY_STAY_EMPTY.includes(field))
    const missing = wanted.filter((field) => !isFilled(doc, field))
    return { id, title, done: wanted.length - missing.length, total: wanted.length, missing }
  })
  const missing = forms.flatMap((form) => form.missing)
  const total = Object.keys(NEEDS_FIELDS).length - MAY_STAY_EMPTY.length
  return { done: total - missing.length, total, missing, forms }
}

/** The first form in the order of the document that still misses something; nothing when every field is filled. */
export function nextForm(doc: NeedsAssessment): Form | undefined {
  const next = progressOf(doc).forms.find(({ missing }) => missing.length > 0)
  return next && needsForms(doc).find(({ id }) => id === next.id)
}
