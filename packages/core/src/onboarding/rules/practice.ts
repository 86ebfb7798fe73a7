import { firstDay, lastDay, yearsFrom } from '../partial-date.ts'
import { DOING, sentences, tellsDifference } from './phrases.ts'
import { type Condition, type Conditions, found, isMissing, nothing, words } from './rule.ts'

const WISH =
  /\b(?:want(?:s|ed)?|wish(?:es|ed)?|asked for|ask for|request(?:s|ed)?|would like|interested in|prefer(?:s|red)?|voted for)\b[^.;]{0,60}\b(?:talks?|lectures?|sessions?|courses?|webinars?|updates?|topics?|training|workshops?|symposi(?:um|a)|seminars?|(?:education|cme|more education)|presentations?|speakers?)\b|\b(?:most (?:wanted|requested|popular)|hot|popular|trending|requested) topics?\b|\bneeds? (?:(?:for|an?|more|another|regular|annual)\s+){0,3}(?:updates?|talks?|lectures?|sessions?|presentations?|refreshers?) (?:on|about|in|of)\b|\btopics? (?:of interest|(?:is|are) (?:popular|timely|in demand))\b/i
const CONTRAST = /\b(?:but|while|whereas|although|though|yet|however|only|instead|despite)\b/i

/** A wish stands for a gap where nothing but wishes is said; a wish beside evidence is nothing to object to. */
const topicWish: Condition = (doc) => {
  for (const field of ['gap', 'need', 'current'] as const) {
    const said = sentences(words(doc, field))
    const wishes = said.filter((one) => WISH.test(one) && !CONTRAST.test(one))
    const rest = said.filter((one) => !wishes.includes(one))
    if (wishes.length > 0 && !rest.some((one) => tellsDifference(one) || DOING.test(one)))
      return found(field, WISH.exec(wishes[0]!)?.[0])
  }
  const kinds = doc.sourceKinds ?? []
  return kinds.length > 0 && kinds.every((kind) => kind === 'wishes') ? found('sourceKinds') : nothing
}

const SPOKEN =
  /\b(?:half|halves|thirds?|quarters?|fifths?|one in (?:two|three|four|five|six|ten)|two in three|three in four|twice|none of|most of|all of|no one)\b/i
const RATE = /\d[\d.,]*\s?(?:%|per ?cent\b|percent\b|points?\b)|\d+ (?:of|in|out of) (?:\d|the \d)|\bper \d/i

/** A number in the field asked for it, or a rate told with the current practice. */
const noDatum: Condition = (doc) => {
  const datum = words(doc, 'datum')
  if (/\d/.test(datum) || SPOKEN.test(datum) || RATE.test(words(doc, 'current'))) return nothing
  return found('datum', datum)
}

const noDate: Condition = (doc, today) => {
  const date = doc.currentDate
  if (!date) return found('currentDate')
  return firstDay(date) > today ? found('currentDate', date) : nothing
}

const OLD = 5
const staleSource: Condition = (doc, today) =>
  doc.currentDate && lastDay(doc.currentDate) < yearsFrom(today, -OLD) ? found('currentDate', doc.currentDate) : nothing

const OPINION =
  /\b(?:expert opinions?|opinions? of|personal (?:communication|experience|opinion)|in my (?:experience|view|opinion)|(?:faculty|committee|chair\w*|experts?|speakers?|we) (?:believe|feel|think)s?|clinical impression|common knowledge|anecdot\w+|everybody knows|(?:planning )?committee (?:opinion|view|consensus))\b/i
const EVIDENCE =
  /\b(?:registr\w+|data\w*|EHR|EMR|audits?|reports?|claims|surveys?|study|studies|journal|doi|dashboards?|records?|guidelines?|statistics|surveillance|trial|review|J|Lancet|JAMA|NEJM|BMJ|et al|https?)\b/i

const opinionOnly: Condition = (doc) => {
  const kinds = doc.sourceKinds ?? []
  if (kinds.length > 0) return kinds.every((kind) => kind === 'experts') ? found('sourceKinds') : nothing
  const source = words(doc, 'source')
  return OPINION.test(source) && !EVIDENCE.test(source) ? found('source', OPINION.exec(source)?.[0]) : nothing
}

export const practice = {
  'no-learners': isMissing('learners'),
  'no-current-practice': isMissing('current'),
  'no-datum': noDatum,
  'no-population': isMissing('population'),
  'no-date': noDate,
  'no-source': isMissing('source'),
  'stale-source': staleSource,
  'opinion-only': opinionOnly,
  'topic-wish': topicWish,
} satisfies Conditions
