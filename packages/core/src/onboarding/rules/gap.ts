import { DOING, isForeign, knowingVerb, tellsDifference } from './phrases.ts'
import { type Condition, type Conditions, found, isMissing, nothing, words } from './rule.ts'

const TOPIC =
  /^(?:(?:the|an?|new|recent|current|latest)\s+)*(?:management|treatment|diagnosis|prevention|care|therapy|role|use|importance|overview|review|advances|trends|approach(?:es)?|guidelines?)\b|\b(?:education|training|updates?|knowledge|understanding|awareness|topics?)\b/i
const SHORT = 8

/** A gap tells a difference: a number that is no year, or a word that compares. A heading, and a wish to teach, tell none. */
const restates: Condition = (doc) => {
  const gap = words(doc, 'gap')
  if (!gap || isForeign(gap) || tellsDifference(gap)) return nothing
  return gap.split(/\s+/).length <= SHORT || TOPIC.test(gap) ? found('gap', gap.slice(0, 120)) : nothing
}

const systemOnly: Condition = ({ causes }) =>
  causes?.length && causes.every((cause) => cause === 'system') ? found('causes') : nothing

const KNOW = /\b(?:know\w*|aware\w*|understand\w*|informed|information|familiar\w*|facts?|updates?|learn\w*)\b/i
const MORE =
  /\b(?:strateg\w+|skills?|practi[cs]\w*|appl\w+|decid\w*|decision\w*|able|abilit\w+|how to|when to|approach\w*|plan\w*|workflow\w*|feedback|reminder\w*|tools?|system\w*|process\w*|team\w*|confiden\w*|rehears\w*|simulat\w+|cases?|habit\w*|inertia|audit\w*|benchmark\w*)\b/i

/** A need that no cause carries: it speaks of knowing alone although knowledge is not among the causes. */
const needWithoutCause: Condition = (doc) => {
  const need = words(doc, 'need')
  if (!need || !doc.causes?.length) return nothing
  const knowing = KNOW.exec(need)
  if (doc.causes.includes('knowledge') || !knowing || MORE.test(need) || DOING.test(need)) return nothing
  return found('need', knowing[0])
}

/** The plan has to aim at competence at least; knowing more is a step on the way. */
const knowledgeOnly: Condition = (doc) => {
  if (doc.level === '3A' || doc.level === '3B') return found('level', doc.level)
  const change = words(doc, 'change')
  const verb = knowingVerb(change)
  if (!verb) return nothing
  return DOING.test(change.slice(change.indexOf(verb) + verb.length)) ? nothing : found('change', verb)
}

const FORMAT =
  /\b(?:needs?(?: for)?|wants?|requires?|calls? for|should (?:get|have|receive|attend)|there should be)\s+(?:(?!to\b|not\b)[\w-]+\s+){0,4}?(?:webinars?|symposi(?:um|a)|workshops?|lectures?|seminars?|e-?learning(?: modules?)?|podcasts?|grand rounds|enduring materials?|(?:CME|live|online) (?:courses?|events?|activit(?:y|ies)|modules?))\b/i

/** A format stands before its need where it is chosen without one, or where gap or need ask for a webinar. */
const formatFirst: Condition = (doc) => {
  if (doc.format && !(words(doc, 'gap') && words(doc, 'need'))) return found('format')
  for (const field of ['gap', 'need'] as const) {
    const asks = FORMAT.exec(words(doc, field))
    if (asks) return found(field, asks[0])
  }
  return nothing
}

const noReason: Condition = (doc) => {
  if (!doc.format) return found('format')
  return doc.formatReason?.trim() ? nothing : found('formatReason')
}

export const gap = {
  'no-achievable-practice': isMissing('achievable'),
  'no-guideline': isMissing('guideline'),
  'no-gap': isMissing('gap'),
  'gap-restates-topic': restates,
  'no-cause': isMissing('causes'),
  'cause-system-only': systemOnly,
  'no-need': isMissing('need'),
  'need-without-cause': needWithoutCause,
  'no-desired-change': isMissing('change'),
  'knowledge-only': knowledgeOnly,
  'format-before-need': formatFirst,
  'no-format-reason': noReason,
  'no-evaluation': isMissing('evaluation'),
} satisfies Conditions
