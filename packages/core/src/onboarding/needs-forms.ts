import type { Field, Form } from '../form.ts'
import type { NeedsAssessment, NeedsField } from './needs.ts'
import { CAUSES, NEEDS_FIELDS } from './needs-fields.ts'

/** The guided forms in their order: which fields each asks, and which slots of the objectives. */
export const NEEDS_STEPS: readonly {
  id: string
  title: string
  fields: readonly NeedsField[]
  slots?: readonly number[]
}[] = [
  {
    id: 'needs.practice',
    title: 'Current practice',
    fields: ['learners', 'current', 'datum', 'population', 'currentDate'],
  },
  { id: 'needs.source', title: 'Source of the figure', fields: ['source', 'sourceKinds', 'supporterSuggested'] },
  { id: 'needs.gap', title: 'The gap', fields: ['achievable', 'guideline', 'gap'] },
  { id: 'needs.cause', title: 'Root cause and need', fields: ['causes', 'causeEvidence', 'need'] },
  { id: 'needs.change', title: 'Change and measure', fields: ['change', 'measure', 'level'] },
  {
    id: 'needs.baseline',
    title: 'Baseline',
    fields: ['baseline', 'baselineDate', 'baselineSource', 'baselineTiming'],
  },
  { id: 'needs.objectives', title: 'Objectives', fields: ['objectives'], slots: [0, 1] },
  { id: 'needs.objectives-2', title: 'Objectives 3 and 4', fields: [], slots: [2, 3] },
  { id: 'needs.objectives-3', title: 'Objectives 5 and 6', fields: [], slots: [4, 5] },
  { id: 'needs.plan', title: 'Format and evaluation', fields: ['format', 'formatReason', 'evaluation'] },
]

/** The forms of the needs assessment, filled with what is there. Nothing is required: a half-filled form is kept. */
export const needsForms = (doc: NeedsAssessment): Form[] =>
  NEEDS_STEPS.map(({ id, title, fields, slots }) => ({
    id,
    title,
    submit: 'Save',
    fields: slots ? slots.flatMap((slot) => objectiveFields(doc, slot)) : fields.map((name) => fieldOf(doc, name)),
  }))

/** How many objectives a needs assessment holds: as many as the forms ask. */
export const MOST_OBJECTIVES = 6

/** The form where a field is asked; `objectives.3` stands in the second form of objectives. */
export function formOfField(field: string): string {
  const [, index] = /^objectives\.(\d+)$/.exec(field) ?? []
  const holds = ({ fields, slots }: (typeof NEEDS_STEPS)[number]) =>
    index ? slots?.includes(Number(index)) : (fields as readonly string[]).includes(field)
  return NEEDS_STEPS.find(holds)?.id ?? NEEDS_STEPS[0]!.id
}

function fieldOf(doc: NeedsAssessment, name: NeedsField): Field {
  const { label, hint, ...words } = NEEDS_FIELDS[name]
  const base = { name, label, hint, optional: true }
  const value = doc[name]
  switch (words.kind) {
    case 'one':
      return { ...base, kind: 'one', options: words.options, ...(typeof value === 'string' ? { value } : {}) }
    case 'yes-no':
      return {
        ...base,
        kind: 'one',
        options: words.options,
        ...(typeof value === 'boolean' ? { value: value ? 'yes' : 'no' } : {}),
      }
    case 'many':
      return { ...base, kind: 'many', options: words.options, values: (value ?? []) as readonly string[] }
    case 'paragraph':
      return { ...base, kind: 'paragraph', value: textOf(value), max: PARAGRAPH_MAX }
    default:
      return { ...base, kind: 'text', value: textOf(value), max: words.kind === 'date' ? 40 : LINE_MAX }
  }
}

export const LINE_MAX = 300
export const PARAGRAPH_MAX = 1500
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function objectiveFields(doc: NeedsAssessment, slot: number): Field[] {
  const objective = doc.objectives?.[slot]
  const named = CAUSES.filter(({ value }) => !doc.causes?.length || (doc.causes as readonly string[]).includes(value))
  const options = [
    ...named.map(({ value, label }) => ({ value, label: `The gap, by its cause: ${label.toLowerCase()}` })),
    { value: 'none', label: 'None of the causes named' },
  ]
  const serves = options.find(({ value }) => value === objective?.serves)
  const { label, hint } = NEEDS_FIELDS.objectives
  return [
    {
      name: `objectives.${slot}`,
      label: `${label} ${slot + 1}`,
      hint,
      optional: true,
      kind: 'paragraph',
      value: objective?.text ?? '',
      max: LINE_MAX,
    },
    {
      name: `serves.${slot}`,
      label: `What does objective ${slot + 1} close?`,
      hint: 'An objective that serves no stated gap does not belong here',
      optional: true,
      kind: 'one',
      options,
      ...(serves ? { value: serves.value } : {}),
    },
  ]
}
