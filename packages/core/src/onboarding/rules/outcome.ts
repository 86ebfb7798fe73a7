import type { MooreLevel } from '../needs.ts'
import { firstDay } from '../partial-date.ts'
import { INTENT, readMeasure, SATISFACTION } from './measures.ts'
import { type Condition, type Conditions, found, nothing, words } from './rule.ts'

const RANK: Readonly<Record<MooreLevel, number>> = { '1': 1, '2': 2, '3A': 3, '3B': 3, '4': 4, '5': 5, '6': 6, '7': 7 }

/** A measure has to be named, and the level that it stands for. */
const noMeasure: Condition = (doc) => {
  if (!doc.measure?.trim()) return found('measure')
  return doc.level ? nothing : found('level')
}

const satisfaction: Condition = (doc) => {
  const measure = words(doc, 'measure')
  const { top } = readMeasure(measure)
  if (top !== undefined && top <= 2) return found('measure', SATISFACTION.exec(measure)?.[0])
  return doc.level === '1' || doc.level === '2' ? found('level', doc.level) : nothing
}

/** What learners say they will do is competence at best; performance is what they do. */
const intentAsPerformance: Condition = (doc) => {
  const measure = words(doc, 'measure')
  if (!doc.level || RANK[doc.level] < 5 || readMeasure(measure).top !== 4) return nothing
  const intent = INTENT.exec(measure)
  return intent ? found('measure', intent[0]) : nothing
}

const levelAbove: Condition = (doc, today) => {
  const { top } = readMeasure(words(doc, 'measure'))
  if (!doc.level || top === undefined || RANK[doc.level] <= top) return nothing
  return intentAsPerformance(doc, today).length > 0 ? nothing : found('level', doc.level)
}

/** Nothing was measured where the field is empty, and nothing yet where its date lies ahead. */
const noBaseline: Condition = (doc, today) => {
  if (!doc.baseline?.trim()) return found('baseline')
  return doc.baselineDate && firstDay(doc.baselineDate) > today ? found('baselineDate', doc.baselineDate) : nothing
}

const AFTERWARDS =
  /\b(?:after|following|at the end of|upon completion of) (?:the |this |our )?(?:activity|session|course|event|webinar|programme?|training|education|intervention|meeting)\b|\b(?:taken|measured|collected|from) (?:in |at |with )?(?:the )?(?:post-?test|post-activity survey|exit survey)\b/i
const BEFORE = /\b(?:before|prior|pre-?\w*|baseline period|retrospective\w*|until)\b/i

const baselineAfter: Condition = (doc) => {
  if (doc.baselineTiming === 'after') return found('baselineTiming')
  if (doc.baselineTiming === 'retrospective') return nothing
  for (const field of ['baseline', 'baselineSource'] as const) {
    const said = typeof doc[field] === 'string' ? doc[field] : ''
    const after = AFTERWARDS.exec(said)
    if (after && !BEFORE.test(said)) return found(field, after[0])
  }
  return nothing
}

const baselineNoSource: Condition = (doc) =>
  doc.baseline?.trim() && !doc.baselineSource?.trim() ? found('baselineSource') : nothing

/** A change can be read only on one measure: a quiz before and charts afterwards are two. */
const baselineOther: Condition = (doc) => {
  const measure = readMeasure(words(doc, 'measure')).bands
  const baseline = readMeasure(`${words(doc, 'baseline')}. ${words(doc, 'baselineSource')}`).bands
  if (measure.size === 0 || baseline.size === 0 || [...measure].some((band) => baseline.has(band))) return nothing
  return found('baseline', words(doc, 'baseline').slice(0, 120))
}

export const outcome = {
  'no-measure': noMeasure,
  'satisfaction-as-outcome': satisfaction,
  'level-above-measure': levelAbove,
  'intent-as-performance': intentAsPerformance,
  'no-baseline': noBaseline,
  'baseline-after-activity': baselineAfter,
  'baseline-without-source': baselineNoSource,
  'baseline-other-measure': baselineOther,
} satisfies Conditions
