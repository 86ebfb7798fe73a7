import type { Option } from '../form.ts'
import { formatOptions } from './formats.ts'
import type { NeedsField } from './needs.ts'

/** What a field asks. `name` is short enough for a list of what is missing. */
export type FieldWords = { name: string; label: string; hint: string } & (
  | { kind: 'text' | 'paragraph' | 'date' | 'objectives' }
  | { kind: 'one' | 'many' | 'yes-no'; options: readonly Option[] }
)

const option = (value: string, label: string, hint?: string): Option => ({ value, label, ...(hint ? { hint } : {}) })

export const CAUSES: readonly Option[] = [
  option('knowledge', 'Knowledge', 'They do not know it'),
  option('competence', 'Competence', 'They know it, but not how to go about it'),
  option('performance', 'Performance', 'They know how, but do not do it in practice'),
  option('system', 'System', 'Staff, tools, access or policy stand in the way'),
]

export const LEVELS: readonly Option[] = [
  option('1', '1 Participation', 'They came'),
  option('2', '2 Satisfaction', 'They were content'),
  option('3A', '3A Declarative knowledge', 'They know'),
  option('3B', '3B Procedural knowledge', 'They know how'),
  option('4', '4 Competence', 'They show how, in cases or simulation; intent belongs here'),
  option('5', '5 Performance', 'They do it in practice'),
  option('6', '6 Patient health', 'Patients are better for it'),
  option('7', '7 Community health', 'A population is better for it'),
]

export const SOURCE_KINDS: readonly Option[] = [
  option('records', 'Health records, registry or dashboard'),
  option('claims', 'Claims or prescribing data'),
  option('safety', 'Incident, safety or M&M reports'),
  option('public-health', 'Public-health or regulator data'),
  option('literature', 'Peer-reviewed literature'),
  option('evaluation', 'Outcomes of an earlier activity'),
  option('learners', 'Learner survey, interviews or focus group'),
  option('experts', 'Expert opinion'),
  option('wishes', 'A poll of wanted topics'),
]

export const TIMINGS: readonly Option[] = [
  option('before', 'Before the activity'),
  option('retrospective', 'Afterwards, asked about the time before', 'A retrospective pre-post; say so in the report'),
  option('after', 'After the activity'),
]

export const YES_NO: readonly Option[] = [option('no', 'No'), option('yes', 'Yes')]

const ask = (kind: 'text' | 'paragraph' | 'date' | 'objectives', name: string, label: string, hint: string) =>
  ({ kind, name, label, hint }) as const
const pick = (kind: 'one' | 'many' | 'yes-no', name: string, label: string, hint: string, options: readonly Option[]) =>
  ({ kind, name, label, hint, options }) as const

/** Every field of the needs assessment in its order, with its words. */
export const NEEDS_FIELDS: Readonly<Record<NeedsField, FieldWords>> = {
  learners: ask(
    'text',
    'the learners',
    'Who are the learners?',
    'Profession, specialty and setting of your own learners',
  ),
  current: ask('paragraph', 'current practice', 'What do they do now?', 'Practice as it is, not the topic'),
  datum: ask('text', 'the figure', 'Which figure shows it?', 'For example 52 % of 1,840 patients controlled'),
  population: ask('text', 'the population', 'In whom was it measured?', 'Patients, clinics or learners, and how many'),
  currentDate: ask(
    'date',
    'the date of the figure',
    'From when is the figure?',
    'A year, a month or a day: 2025, 2025-06',
  ),
  source: ask(
    'paragraph',
    'the source',
    'Where does the figure come from?',
    'Citation, or the name of the registry or report',
  ),
  sourceKinds: pick('many', 'the kind of source', 'What kind of source is it?', 'Tick all that apply', SOURCE_KINDS),
  supporterSuggested: pick(
    'yes-no',
    'whether a supporter suggested the topic',
    'Did a supporter suggest topic or speakers?',
    'A company that gives, or may give, support',
    YES_NO,
  ),
  achievable: ask(
    'paragraph',
    'achievable practice',
    'What is achievable?',
    'What the best evidence says should be done',
  ),
  guideline: ask('text', 'the guideline', 'Which guideline or study says so?', 'Body, title, year; a link helps'),
  gap: ask('paragraph', 'the gap', 'What is the gap?', 'The difference between what is done and what is achievable'),
  causes: pick('many', 'the root cause', 'Why does the gap exist?', 'The root causes; tick all that apply', CAUSES),
  causeEvidence: ask('paragraph', 'how the cause is known', 'How do you know the cause?', 'May stay empty'),
  need: ask(
    'paragraph',
    'the educational need',
    'What do the learners need?',
    'What education can give to close the gap',
  ),
  change: ask(
    'paragraph',
    'the desired change',
    'What will they do differently?',
    'Competence, performance or patient outcomes',
  ),
  measure: ask(
    'paragraph',
    'the measure',
    'How will you measure the change?',
    'What is counted, from which data, and when',
  ),
  level: pick('one', 'the outcome level', 'Which outcome level is that?', 'Moore, Green and Gallis 2009', LEVELS),
  baseline: ask('text', 'the baseline', 'What is the baseline?', 'The value before the activity, on the same measure'),
  baselineDate: ask('date', 'the date of the baseline', 'From when is the baseline?', 'A year, a month or a day'),
  baselineSource: ask(
    'text',
    'the source of the baseline',
    'Where does the baseline come from?',
    'Data set, audit or pre-test',
  ),
  baselineTiming: pick(
    'one',
    'when the baseline is taken',
    'When is it taken?',
    'Best before learning starts',
    TIMINGS,
  ),
  objectives: ask('objectives', 'an objective', 'Objective', 'Starts with a verb one can observe'),
  format: pick('one', 'the format', 'Which format?', 'Chosen last, because it serves the objectives', formatOptions),
  formatReason: ask(
    'paragraph',
    'the reason for the format',
    'Why this format?',
    'How it suits setting, objectives and result',
  ),
  evaluation: ask(
    'paragraph',
    'the evaluation plan',
    'How will you evaluate it?',
    'Who is asked or measured, when, against what',
  ),
}

/** The field's short name; `objectives.1` is `objective 2`. */
export function fieldName(field: string): string {
  const [, index] = /^objectives\.(\d+)$/.exec(field) ?? []
  if (index) return `objective ${Number(index) + 1}`
  return Object.hasOwn(NEEDS_FIELDS, field) ? NEEDS_FIELDS[field as NeedsField].name : field
}
