import type { Field, Form, Option } from '../form.ts'
import { cut } from '../text.ts'
import type { MockActivity } from './activity.ts'
import { ARRANGEMENTS, DISCLOSURE_OPTIONS } from './activity-fields.ts'
import { formatOptions } from './formats.ts'
import { type NeedsAssessment, objectivesOf } from './needs.ts'
import { LEVELS, YES_NO } from './needs-fields.ts'
import { SCHEDULE_LIMITS, scheduleText } from './schedule.ts'

type Base = { name: string; label: string; hint: string; optional: true }
const base = (name: string, label: string, hint: string): Base => ({ name, label, hint, optional: true })
const line = (field: Base, value: string | undefined, max = 300): Field => ({
  ...field,
  kind: 'text',
  value: value ?? '',
  max,
})
const choice = (field: Base, options: readonly Option[], value: string | undefined): Field => ({
  ...field,
  kind: 'one',
  options,
  ...(options.some((one) => one.value === value) ? { value } : {}),
})

/** The forms of the mock activity, filled with what is there, or with what the needs assessment says on outcomes. */
export const activityForms = (activity: MockActivity, needs: NeedsAssessment): Form[] => [
  {
    id: 'activity.basics',
    title: 'Title, format, date',
    submit: 'Save',
    fields: [
      line(base('title', 'Title', 'What a learner would read; not the name of a product'), activity.title, 120),
      line(base('audience', 'Audience', 'The learners of your needs assessment'), activity.audience ?? needs.learners),
      choice(base('format', 'Format', 'AMA formats and EACCME kinds'), formatOptions, activity.format ?? needs.format),
      line(base('start', 'Date', 'First day, or release; as in 2027-03-31'), activity.start, 40),
      line(base('place', 'Place', 'City and country; online for a virtual activity'), activity.place, 120),
    ],
  },
  {
    id: 'activity.schedule',
    title: 'Schedule and credit',
    submit: 'Save',
    fields: [
      {
        ...base('schedule', 'Schedule, one part a line', '45 Cases / 15 Break / 20 Exhibits (non-certified) / Day 2'),
        kind: 'paragraph',
        value: scheduleText(activity.schedule ?? []),
        max: SCHEDULE_LIMITS.text,
      },
      line(
        base('quantity', 'How many units', 'Articles, reviews, cycles or PI stages, where no minutes are counted'),
        activity.quantity === undefined ? '' : String(activity.quantity),
        2,
      ),
      line(base('expires', 'Expires on', 'Enduring material: at most three years after release'), activity.expires, 40),
      line(
        base('passMark', 'Minimum performance', 'Enduring or journal: as in 80 % right, told to learners'),
        activity.passMark,
        120,
      ),
    ],
  },
  { id: 'activity.outcome', title: 'Objectives and outcome', submit: 'Save', fields: outcomeFields(activity, needs) },
  {
    id: 'activity.disclosure',
    title: 'Disclosure plan',
    submit: 'Save',
    fields: [
      choice(
        base('lookback', 'How far back do you ask?', 'Financial relationships of all in control'),
        DISCLOSURE_OPTIONS.lookback,
        activity.lookback,
      ),
      choice(
        base('amount', 'Which relationships do you ask for?', 'With ineligible companies'),
        DISCLOSURE_OPTIONS.amount,
        activity.amount,
      ),
      choice(
        base('judge', 'Who decides what is relevant?', 'To the content of the education'),
        DISCLOSURE_OPTIONS.judge,
        activity.judge,
      ),
      choice(
        base('mitigate', 'When are they mitigated?', 'Relevant relationships'),
        DISCLOSURE_OPTIONS.mitigate,
        activity.mitigate,
      ),
      choice(
        base('tell', 'When are learners told?', 'Of relevant relationships, or that there are none'),
        DISCLOSURE_OPTIONS.tell,
        activity.tell,
      ),
    ],
  },
  {
    id: 'activity.provider',
    title: 'Who provides it',
    submit: 'Save',
    fields: [
      choice(
        base('arrangement', 'Under whose accreditation?', 'It decides the statement'),
        ARRANGEMENTS,
        activity.arrangement,
      ),
      line(base('provider', 'Name of the provider', 'A made-up name will do'), activity.provider, 120),
      line(base('partner', 'Name of the partner', 'For joint providership'), activity.partner, 120),
      line(
        base('accreditor', 'Name of the state accreditor', 'A recognized state medical society'),
        activity.accreditor,
        120,
      ),
      choice(
        base('team', 'Planned by and for the healthcare team?', 'Asks for interprofessional credit'),
        YES_NO,
        activity.team === undefined ? undefined : activity.team ? 'yes' : 'no',
      ),
    ],
  },
]

function outcomeFields(activity: MockActivity, needs: NeedsAssessment): Field[] {
  const offered = objectivesOf(needs).map(({ text, field }) => ({ value: field, label: cut(text, 75), text }))
  const chosen = offered.filter(({ text }) => activity.objectives?.includes(text)).map(({ value }) => value)
  const options = offered.map(({ value, label }) => ({ value, label }))
  const about = base('objectives', 'Objectives', 'From your needs assessment: each is tied to its gap')
  return [
    ...(options.length === 1 ? [choice(about, options, chosen[0])] : []),
    ...(options.length > 1 ? [{ ...about, kind: 'many' as const, options, values: chosen }] : []),
    choice(base('level', 'Outcome level', 'Moore, Green and Gallis 2009'), LEVELS, activity.level ?? needs.level),
    {
      ...line(
        base('measure', 'Measure', 'What is counted, from which data, and when'),
        activity.measure ?? needs.measure,
        1500,
      ),
      kind: 'paragraph',
    } as Field,
    line(
      base('baseline', 'Baseline', 'The value before the activity, on the same measure'),
      activity.baseline ?? needs.baseline,
    ),
  ]
}

/** The form in which a field of the activity is asked. */
export function formOfActivityField(field: string): { id: string; title: string } {
  const forms = activityForms({}, {})
  const asks = (form: Form) => form.fields.some(({ name }) => name === field)
  return forms.find(asks) ?? forms.find(({ id }) => id === 'activity.outcome')!
}
