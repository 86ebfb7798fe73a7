import { type NeedsAssessment, objectivesOf } from '../needs.ts'
import { isForeign, knowingVerb, stems } from './phrases.ts'
import { isPlaceholder } from './placeholder.ts'
import { type Condition, type Conditions, found, nothing, words } from './rule.ts'

const noObjective: Condition = (doc) => (objectivesOf(doc).length === 0 ? found('objectives') : nothing)

/** How many words of a document, and of an objective, tell enough to say that they speak of different things. */
const ENOUGH = { document: 25, objective: 6 }

/** An objective without its cause, with a cause that the gap does not have, or whose words share nothing with the whole document. */
const withoutGap: Condition = (doc) => {
  const about = aboutOf(doc)
  return objectivesOf(doc)
    .filter(({ text }) => !isPlaceholder(text))
    .filter(({ text, serves }) => {
      if (!serves || !doc.causes?.includes(serves) || !doc.gap?.trim()) return true
      const own = stems(text)
      return (
        about.size >= ENOUGH.document &&
        own.size >= ENOUGH.objective &&
        ![...own].some((stem) => about.has(stem)) &&
        !isForeign(text)
      )
    })
    .map(({ field, text }) => ({ field, quote: text.slice(0, 120) }))
}

const aboutOf = (doc: NeedsAssessment): Set<string> =>
  stems(
    (
      [
        'learners',
        'current',
        'population',
        'achievable',
        'guideline',
        'gap',
        'causeEvidence',
        'need',
        'change',
        'measure',
      ] as const
    )
      .map((field) => words(doc, field))
      .join(' '),
  )

const notObservable: Condition = (doc) =>
  objectivesOf(doc).flatMap(({ field, text }) => {
    const verb = knowingVerb(text)
    return verb ? found(field, verb) : nothing
  })

export const objectives = {
  'no-objective': noObjective,
  'objective-without-gap': withoutGap,
  'objective-not-observable': notObservable,
} satisfies Conditions
