const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Sentences of a text, trimmed. */
export const sentences = (text: string): string[] =>
  [...SENTENCES.segment(text)].map(({ segment }) => segment.trim()).filter((sentence) => /\p{L}/u.test(sentence))

/** True for a text that is long enough to tell its language and does not look English: the rules that read words leave it alone. */
export const isForeign = (text: string): boolean =>
  text.split(/\s+/).length >= 6 && !/\b(?:the|of|and|to|for|with|on|not|are)\b/i.test(text)

const DIFFERENCE =
  /\b(?:but|while|whereas|although|though|yet|however|only|fewer|less|lower|higher|below|above|under|over|more|than|instead|not|no|never|neither|without|miss(?:es|ed|ing)?|delay\w*|late|later|too|wait\w*|avoid\w*|disagree\w*|stays?|undone|overestimat\w*|lack\w*|low|poor\w*|short|should|could|compared|versus|vs|against|far from|fail(?:s|ed|ing)?|rarely|seldom|sometimes|often|inconsisten\w*|var(?:y|ies|ied|iation|iable)|differ\w*|between|under-?(?:treat|diagnos|us|refer|prescrib|report|recogni|screen|estimat|dos|detect)\w*|over-?(?:treat|diagnos|us|prescrib|test)\w*|inappropriate\w*|unnecessar\w*|un(?:treated|diagnosed|controlled|recogni[sz]ed|met|aware|changed|reported|tested|documented|monitored|screened|detected|clear|able|used|known)|avoidable|exceed\w*|declin\w*|fall(?:s|en)?|insufficient\w*|inadequate\w*|sub-?optimal\w*|incomplete\w*|incorrect\w*|omit\w*|despite|remain\w*|do(?:es)?n['’]t|cannot|half|third|quarter|most|few|some|many)\b/i
const NO_DIFFERENCE =
  /\b(?:(?:lack|gaps?|deficits?|insufficient|limited|poor|low|inadequate)(?: of| in)?(?: [\w-]+){0,3}? (?:knowledge|awareness|understanding|education|training|information)|low back|over the counter|late[- ]onset)\b|\b(?:19|20)\d\d\b/gi

/** True for a text that tells a difference in practice: a number that is no year, or a word that compares. "A lack of knowledge" compares nothing. */
export function tellsDifference(text: string): boolean {
  const said = text.replace(NO_DIFFERENCE, ' ')
  return /\d/.test(said) || DIFFERENCE.test(said)
}

const KNOWING =
  /^(?:(?:fully|better|more|deeply|clearly)\s+)*(?:understand|know|learn|appreciate|comprehend|grasp|realise|realize|believe|become (?:aware|familiar|acquainted)|be (?:aware|familiar|acquainted|informed|exposed|introduced|up to date|updated)|be knowledgeable|have (?:a |an |a better |a deeper |better |more )?(?:knowledge|understanding|awareness|appreciation|insight)|gain (?:a |an |a better |a deeper |better |more |new )?(?:knowledge|understanding|awareness|appreciation|insights?|familiarity)|(?:increase|improve|enhance|deepen|raise|update|expand|broaden|strengthen|refresh)\s+(?:their |your |the |its )?(?:own )?(?:knowledge|understanding|awareness|familiarity))\b/i

/**
 * The verb that says what a learner will know rather than do ("understand", "be familiar with"), when that is the main verb of the
 * text; nothing for "list", "prescribe", "decide when to".
 */
export function knowingVerb(text: string): string | undefined {
  const [head = ''] = sentences(text)
  const able = /\bable to:?\s+/i.exec(head.slice(0, 160))
  const will = /\b(?:will|should|can|must)\s+/i.exec(head.slice(0, 90))
  const from = able ? able.index + able[0].length : will ? will.index + will[0].length : 0
  const main = head.slice(from).replace(/^(?:[-•*\d.)\s]+|to\s+)+/i, '')
  return KNOWING.exec(main)?.[0]
}

/** The verbs of practice: a text that has one is about more than knowing. */
export const DOING =
  /\b(?:appl(?:y|ies|ying)|us(?:e|es|ing)|prescrib\w*|order\w*|perform\w*|start\w*|initiat\w*|screen\w*|document\w*|chang(?:e|es|ing)|treat\w*|titrat\w*|intensif\w*|refer\w*|counsel\w*|test(?:s|ing)?|assess\w*|measur\w*|implement\w*|adopt\w*|offer\w*|give|giv(?:es|ing)|monitor\w*|reduc\w*|diagnos\w*|manag\w*|select\w*|choos\w*|decid\w*|adjust\w*|deliver\w*|administer\w*|co-?prescrib\w*|check\w*|discuss\w*|practi[cs]\w*|do)\b/i

const STOP = new Set(
  'about above after against among because before being between could during every their there these those through under where which while whose would should physicians clinicians learners participants patients practice activity education educational able based using other with within without into from have been that this they them than then when will what more most less only also each such'.split(
    ' ',
  ),
)

/** The stems of the words that carry a text: five letters are enough to tell "hypertension" from "hypertensive" apart from nothing else. */
export const stems = (text: string): Set<string> =>
  new Set(
    [...text.toLowerCase().matchAll(/\p{L}[\p{L}\d-]{3,}/gu)]
      .map(([word]) => word)
      .filter((word) => !STOP.has(word))
      .map((word) => word.slice(0, 5)),
  )
