import { type NeedsAssessment, objectivesOf, PROSE } from '../needs.ts'
import { placeholderIn } from './placeholder.ts'
import { type Condition, type Conditions, type Found, found, nothing } from './rule.ts'

/** The author's own texts, objectives included, without the citations: an old document may well be called by its old name. */
const prose = (doc: NeedsAssessment): { field: string; text: string }[] => [
  ...PROSE.map((field) => ({ field, text: String(doc[field] ?? '') })),
  ...objectivesOf(doc),
]

/** Words that the field has left behind, or never meant. Numbered criteria count only where they cannot be a vertebra. */
export const RETIRED: readonly RegExp[] = [
  /\bcommercial interests?\b/i,
  /\bstandards for commercial support\b/i,
  /\bresol(?:v(?:e|es|ed|ing)|ution of)\b[^.;]{0,30}\bconflicts? of interests?\b|\bconflicts? of interests?\b[^.;]{0,25}\bresol(?:ved|ution)\b/i,
  /\bjoint(?:ly)?[- ]sponsor(?:s|ed|ing|ships?)?\b/i,
  /\bC1\s?[-–—]\s?C?13\b|\bC16\s?[-–—]\s?C?22\b|\bC23\s?[-–—]\s?C?38\b|\b(?:ACCME|accreditation|commendation) (?:core )?criteri(?:on|a) C?\d{1,2}\b/i,
  /(?<!\bAMA PRA )(?<!\bAAPA )\bcategory (?:1|I|one) (?:CME )?(?:credits?|hours?)\b/i,
  /\b(?:ACCME|ACMEC)(?: CME)? credits?\b/i,
  /\bACCME[- ]approved\b|\bapproved by (?:the )?ACCME\b/i,
  /\bACCME[- ](?:accredited|certified) (?:CME )?(?:activit(?:y|ies)|events?|courses?|webinars?|programmes?|sessions?|conferences?|lectures?|meetings?|symposi(?:um|a)|workshops?)\b/i,
  /\baccredited by (?:the )?(?:AMA|American Medical Association)\b|\bAMA[- ](?:accredited|approved)\b/i,
]

/** The retired terms of a text, as they stand in it. */
export const retiredIn = (text: string): string[] =>
  RETIRED.flatMap((term) => {
    const met = term.exec(text)
    return met ? [met[0]] : []
  })

const retired: Condition = (doc) =>
  prose(doc).flatMap(({ field, text }) => retiredIn(text).map((quote): Found => ({ field, quote })))

const CREDIT =
  /\b(?:(?:CME|CPD|CE|CNE|MOC|AMA PRA|category (?:1|I|2)|contact|licen[sc]ure|recertification)[ -](?:credits?|hours?|points?)|ECMECs?|AMA PRA|(?:earn|need|obtain|claim|collect|receiv|requir|get|fulfil+)\w* [^.;]{0,20}\bcredits?(?! cards?| unions?| scores?| rating))\b/i

/** Credit is a reason to come, not a gap in practice. */
const creditInNeed: Condition = (doc) =>
  (['gap', 'need', 'change'] as const).flatMap((field) => {
    const credit = CREDIT.exec(doc[field] ?? '')
    return credit ? found(field, credit[0]) : nothing
  })

const COMPANY =
  '(?:sponsor(?:ing)?s?(?: company| companies)?|(?:commercial )?supporters?|(?:pharma\\w*|drug|device|supporting) (?:compan(?:y|ies)|manufacturers?|makers?)|compan(?:y|ies)|manufacturers?|industry|grantors?|ineligible compan(?:y|ies))'
const SUBJECT =
  '(?:topics?|themes?|speakers?|faculty|sessions?|activit(?:y|ies)|courses?|programmes?|agenda|content|subjects?)'
const VERB = '(?:suggest|propos|request|cho(?:se|sen)|select|nam)(?:e|es|ed|ing)?'
const SUGGESTED = new RegExp(
  `\\b${SUBJECT}\\b[^.;]{0,40}\\b${VERB} by (?:(?:the|our|a|an|one of our)\\s+)?(?:[\\w-]+\\s+){0,2}?${COMPANY}\\b|\\b${COMPANY}\\b (?:has |have )?(?:${VERB}|asked (?:us )?for|wants?|would like)\\b[^.;]{0,40}\\b${SUBJECT}\\b`,
  'i',
)
const DENIED = /\b(?:no|not|never|neither|nor|none|without|independent\w*)\b/i

const supporter: Condition = (doc) => {
  if (doc.supporterSuggested) return found('supporterSuggested')
  for (const { field, text } of prose(doc))
    for (const sentence of text.split(/(?<=[.;])\s/)) {
      const met = SUGGESTED.exec(sentence)
      if (met && !DENIED.test(sentence)) return found(field, met[0])
    }
  return nothing
}

const placeholder: Condition = (doc) =>
  [
    ...prose(doc),
    ...(['source', 'guideline', 'baselineSource'] as const).map((field) => ({ field, text: doc[field] ?? '' })),
  ].flatMap(({ field, text }) => {
    const held = placeholderIn(text)
    return held ? found(field, held) : nothing
  })

export const language = {
  'supporter-suggestion': supporter,
  'credit-in-need': creditInNeed,
  'retired-terms': retired,
  'placeholder-text': placeholder,
} satisfies Conditions
