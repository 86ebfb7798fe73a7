import type { FormatId } from './formats.ts'
import type { PartialDate } from './partial-date.ts'

/** Why a gap exists. Education closes the first three; what only the system can mend needs more than education. */
export type Cause = 'knowledge' | 'competence' | 'performance' | 'system'

/** The outcome levels of Moore, Green and Gallis (JCEHP 2009). */
export type MooreLevel = '1' | '2' | '3A' | '3B' | '4' | '5' | '6' | '7'

/** What kind of evidence a datum on current practice is. `wishes` is a poll of wanted topics: it shows no gap. */
export type SourceKind =
  | 'records'
  | 'claims'
  | 'safety'
  | 'public-health'
  | 'literature'
  | 'evaluation'
  | 'learners'
  | 'experts'
  | 'wishes'

/** When the baseline is taken. `retrospective` asks after the activity about the time before it, and says so. */
export type BaselineTiming = 'before' | 'retrospective' | 'after'

/** What a learner will do; `serves` is the root cause of the gap that it closes. A cleared one keeps its place with an empty text. */
export type Objective = { text: string; serves?: Cause }

/**
 * A needs assessment in the order gap, cause, need, objective, format, evaluation. Plain JSON; half-filled is normal, so every
 * field may be missing. Dates may be a year, a month or a day.
 */
export type NeedsAssessment = {
  learners?: string
  current?: string
  datum?: string
  population?: string
  currentDate?: PartialDate
  source?: string
  sourceKinds?: readonly SourceKind[]
  supporterSuggested?: boolean
  achievable?: string
  guideline?: string
  gap?: string
  causes?: readonly Cause[]
  causeEvidence?: string
  need?: string
  change?: string
  measure?: string
  level?: MooreLevel
  baseline?: string
  baselineDate?: PartialDate
  baselineSource?: string
  baselineTiming?: BaselineTiming
  objectives?: readonly Objective[]
  format?: FormatId
  formatReason?: string
  evaluation?: string
}

export type NeedsField = keyof NeedsAssessment

/** The fields that hold running text of the author's own. */
export const PROSE = [
  'learners',
  'current',
  'datum',
  'population',
  'achievable',
  'gap',
  'causeEvidence',
  'need',
  'change',
  'measure',
  'baseline',
  'formatReason',
  'evaluation',
] as const satisfies readonly NeedsField[]

/** The objectives that say something, each with the name of its field (`objectives.0`). */
export const objectivesOf = ({ objectives }: NeedsAssessment): (Objective & { field: string })[] =>
  (objectives ?? [])
    .map((objective, i) => ({ ...objective, field: `objectives.${i}` }))
    .filter(({ text }) => text.trim() !== '')
