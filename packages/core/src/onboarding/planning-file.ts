import type { Block } from '../card.ts'
import type { Criterion, Onboarding } from '../knowledge/onboarding.ts'
import { join, type Text, t, when } from '../text.ts'
import { creditText, mockBanner } from '../views/activity.ts'
import { dayInWords } from '../views/item.ts'
import type { MockActivity } from './activity.ts'
import { ACTIVITY_FIELDS, ARRANGEMENTS, DISCLOSURE_OPTIONS } from './activity-fields.ts'
import { creditOf } from './credit.ts'
import { formatOf } from './formats.ts'
import type { HandedIn } from './handed-in.ts'
import { type NeedsAssessment, type NeedsField, objectivesOf } from './needs.ts'
import { CAUSES, LEVELS, NEEDS_FIELDS } from './needs-fields.ts'
import { commentsOf, pointsInWords, unrated } from './rubric.ts'
import { scheduleText } from './schedule.ts'
import { statementsOf } from './statements.ts'

export type Section = { title: string; blocks: readonly Block[] }
/**
 * A document to keep: sections in the order of a provider's planning file. Every page says at its foot that it is an exercise, unless
 * the document has another `foot`.
 */
export type PlanningFile = { title: string; sections: readonly Section[]; foot?: string }
export const MOCK_FOOT = 'MOCK: an exercise in planning. Nobody can claim credit for it.'

const EXERCISE: Block = {
  kind: 'text',
  text: t`MOCK: an exercise in planning. Figures, sources and names are the author’s own; nothing here was checked by an accreditor.`,
}
const para = (text: Text): Block => ({ kind: 'text', text })
const fact = (name: string, value: string | Text | undefined) => ({
  name,
  value: !value || value.length === 0 ? ['not stated'] : typeof value === 'string' ? [value] : value,
})
const label = (options: readonly { value: string; label: string }[], value: string | undefined): string =>
  options.find((one) => one.value === value)?.label ?? ''

/** The needs assessment in the order gap, cause, need, objective, format, evaluation. */
export function needsFile(doc: NeedsAssessment): PlanningFile {
  return {
    title: 'MOCK: needs assessment',
    sections: [{ title: 'About this file', blocks: [EXERCISE] }, ...needsSections(doc)],
  }
}

const needsSections = (doc: NeedsAssessment): Section[] => [
  section(doc, 'Learners and current practice', [
    'learners',
    'current',
    'datum',
    'population',
    'currentDate',
    'source',
    'sourceKinds',
    'supporterSuggested',
  ]),
  section(doc, 'Gap, cause and need', ['achievable', 'guideline', 'gap', 'causes', 'causeEvidence', 'need']),
  section(doc, 'Designed to change', ['change', 'measure', 'level']),
  section(doc, 'Baseline', ['baseline', 'baselineDate', 'baselineSource', 'baselineTiming']),
  { title: 'Objectives', blocks: [objectiveList(doc)] },
  section(doc, 'Format and its reason', ['format', 'formatReason']),
  section(doc, 'Evaluation planned', ['evaluation']),
]

const section = (doc: NeedsAssessment, title: string, fields: readonly NeedsField[]): Section => ({
  title,
  blocks: [{ kind: 'facts', facts: fields.map((field) => fact(capital(NEEDS_FIELDS[field].name), said(doc, field))) }],
})
const capital = (words: string): string => {
  const bare = words.replace(/^(?:the|an) /, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}

function said(doc: NeedsAssessment, field: NeedsField): string {
  const [value, words] = [doc[field], NEEDS_FIELDS[field]]
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const options = 'options' in words ? words.options : []
  if (Array.isArray(value)) return value.map((one) => label(options, String(one))).join('; ')
  return label(options, String(value ?? '')) || String(value ?? '').trim()
}

function objectiveList(doc: NeedsAssessment): Block {
  const items = objectivesOf(doc).map(({ text, serves }) =>
    serves ? t`${text} (closes the gap by its cause: ${label(CAUSES, serves).toLowerCase()})` : t`${text}`,
  )
  return items.length > 0 ? { kind: 'list', ordered: true, items } : para(t`not stated`)
}

/** The words of the content that a planning file is written with. */
export type FileWords = Pick<Onboarding, 'statements' | 'rubric'>

/** The whole planning file of a mock activity, with the places that a real activity fills later. */
export function planningFile(
  needs: NeedsAssessment,
  activity: MockActivity,
  words: FileWords,
  history: readonly HandedIn[] = [],
): PlanningFile {
  const { statements, missing } = statementsOf(activity, words.statements)
  const credit = creditOf(activity)
  const schedule = scheduleText(activity.schedule ?? [])
  return {
    title: `MOCK: ${activity.title?.trim() || 'an activity without a title yet'}`,
    sections: [
      {
        title: 'The activity',
        blocks: [
          mockBanner,
          {
            kind: 'facts',
            facts: [
              fact('Audience', activity.audience),
              fact('Format', formatOf(activity.format)?.name),
              fact('Date', activity.start && dayInWords(activity.start)),
              fact('Place', activity.place),
              fact('Provided as', label(ARRANGEMENTS, activity.arrangement)),
              fact('Provider', activity.provider),
              fact('Planned by and for a team', activity.team === undefined ? undefined : activity.team ? 'Yes' : 'No'),
            ],
          },
        ],
      },
      ...needsSections(needs),
      {
        title: 'Competency addressed',
        blocks: [
          later('The competency it addresses, of ABMS and ACGME, of the National Academy of Medicine, or of IPEC.'),
        ],
      },
      {
        title: 'Outcome of the activity',
        blocks: [
          {
            kind: 'facts',
            facts: [
              fact('Objectives taken up', activity.objectives?.join('; ')),
              fact('Outcome level', label(LEVELS, activity.level)),
              fact('Measure', activity.measure),
              fact('Baseline', activity.baseline),
            ],
          },
        ],
      },
      {
        title: 'Schedule and credit',
        blocks: [
          ...(schedule ? [{ kind: 'list' as const, items: schedule.split('\n').map((line) => t`${line}`) }] : []),
          {
            kind: 'facts',
            facts: [
              fact('Credit', credit && creditText(credit)),
              ...(activity.expires ? [fact('Expires', dayInWords(activity.expires))] : []),
              ...(activity.passMark ? [fact('Minimum performance', activity.passMark)] : []),
            ],
          },
        ],
      },
      {
        title: 'Disclosures collected',
        blocks: [
          {
            kind: 'facts',
            facts: (['lookback', 'amount', 'judge'] as const).map((field) =>
              fact(capital(ACTIVITY_FIELDS[field]), label(DISCLOSURE_OPTIONS[field], activity[field])),
            ),
          },
          later('Everyone in control of content: name, role, date asked, date answered, relationships.'),
        ],
      },
      {
        title: 'Mitigation log',
        blocks: [
          { kind: 'facts', facts: [fact('Planned', label(DISCLOSURE_OPTIONS.mitigate, activity.mitigate))] },
          later('For each relevant relationship: how it was mitigated, by whom, on which day.'),
        ],
      },
      {
        title: 'Disclosure to learners',
        blocks: [
          { kind: 'facts', facts: [fact('Planned', label(DISCLOSURE_OPTIONS.tell, activity.tell))] },
          later('The text that learners saw, absence of relationships included, and the proof of when.'),
        ],
      },
      {
        title: 'Commercial support',
        blocks: [later('Signed agreements, what was given, and how learners were told; or that there was none.')],
      },
      {
        title: 'Review of content',
        blocks: [
          later('Who looked whether the content is fair, balanced and backed by evidence, and what was changed.'),
        ],
      },
      {
        title: 'Statements',
        blocks:
          missing.length > 0
            ? [para(t`Missing for the statements: ${missing.map((field) => ACTIVITY_FIELDS[field]).join(', ')}.`)]
            : statements.flatMap(({ name, text, note }): Block[] => [
                { kind: 'heading', text: name },
                { kind: 'quote', text },
                para(t`${note}`),
              ]),
      },
      {
        title: 'Evaluation tool and results',
        blocks: [later('The instrument, how many answered, the results against the baseline.')],
      },
      { title: 'Attendance', blocks: [later('Who took part and the credit each learner claimed.')] },
      { title: 'Budget', blocks: [later('Income by source and expenses, planned and actual.')] },
      { title: 'Peer review', blocks: reviews(history, words.rubric) },
    ],
  }
}

const later = (what: string): Block => para(t`A real file keeps here: ${what.charAt(0).toLowerCase()}${what.slice(1)}`)

const DECIDED = { approved: 'approved', returned: 'sent back', withdrawn: 'taken back by its author' } as const

function reviews(history: readonly HandedIn[], rubric: readonly Criterion[]): Block[] {
  if (history.length === 0) return [para(t`Not handed in yet.`)]
  return history.flatMap((handed): Block[] => {
    const decided = handed.decision ? DECIDED[handed.decision] : 'waits for review'
    const told = handed.decision === 'approved' || handed.decision === 'returned'
    const rated = told && rubric.length > 0 && unrated(rubric, handed.rating).length === 0
    const head: Text = t`Handed in ${when(handed.at, 'day')}: ${decided}${rated ? `, ${pointsInWords(rubric, handed.rating)}` : ''}`
    const comments = told ? commentsOf(handed.rating) : []
    return [
      para(head),
      ...comments.map((text): Block => ({ kind: 'quote', text: join([[text]], ''), by: 'the reviewers' })),
    ]
  })
}
