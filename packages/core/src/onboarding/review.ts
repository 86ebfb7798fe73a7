import type { ReviewRule } from '../knowledge/onboarding.ts'
import type { Day } from '../time.ts'
import type { NeedsAssessment } from './needs.ts'
import { gap } from './rules/gap.ts'
import { language } from './rules/language.ts'
import { objectives } from './rules/objectives.ts'
import { outcome } from './rules/outcome.ts'
import { practice } from './rules/practice.ts'
import type { Condition } from './rules/rule.ts'

const CONDITIONS = { ...practice, ...gap, ...outcome, ...objectives, ...language }
export type RuleId = keyof typeof CONDITIONS

/** The rules in the order of the document: gap, cause, need, objective, format, evaluation, and what concerns all of it. */
export const RULE_IDS = [
  'topic-wish',
  'supporter-suggestion',
  'no-learners',
  'no-current-practice',
  'no-datum',
  'no-population',
  'no-date',
  'stale-source',
  'no-source',
  'opinion-only',
  'no-achievable-practice',
  'no-guideline',
  'no-gap',
  'gap-restates-topic',
  'no-cause',
  'cause-system-only',
  'no-need',
  'need-without-cause',
  'credit-in-need',
  'no-desired-change',
  'knowledge-only',
  'no-measure',
  'satisfaction-as-outcome',
  'intent-as-performance',
  'level-above-measure',
  'no-baseline',
  'baseline-after-activity',
  'baseline-without-source',
  'baseline-other-measure',
  'no-objective',
  'objective-without-gap',
  'objective-not-observable',
  'format-before-need',
  'no-format-reason',
  'no-evaluation',
  'retired-terms',
  'placeholder-text',
] as const satisfies readonly RuleId[]

/** What a rule found: at which field (`objectives.1` is the second objective), and which words of the author, where it was words. */
export type Finding = { rule: string; field: string; quote?: string }

/** Everything that stands against a needs assessment on `today`, in the order of the document; empty for a sound one. */
export const review = (doc: NeedsAssessment, today: Day): Finding[] => reviewBy(RULE_IDS, doc, today)

/** The same for some of the rules. */
export const reviewBy = (rules: readonly RuleId[], doc: NeedsAssessment, today: Day): Finding[] =>
  rules.flatMap((rule) => (CONDITIONS[rule] as Condition)(doc, today).map((found) => ({ rule, ...found })))

/** The findings that keep the gate shut. A rule whose text is missing blocks: the gate does not open by a slip in the content. */
export const blocking = (findings: readonly Finding[], rules: readonly ReviewRule[]): Finding[] =>
  findings.filter(({ rule }) => rules.find(({ id }) => id === rule)?.blocks ?? true)

/** True when nothing that blocks stands against the needs assessment: the mock activity may be drafted. */
export const ready = (doc: NeedsAssessment, today: Day, rules: readonly ReviewRule[]): boolean =>
  blocking(review(doc, today), rules).length === 0
