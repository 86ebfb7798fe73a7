/** What a text on measuring speaks of: how the learners liked it, what they show in a test or a case, or what happens in practice. */
export type Band = 'opinion' | 'assessment' | 'practice'
type Cue = { band: Band; rank: number; says: RegExp }

export const SATISFACTION =
  /\b(?:satisf\w+|happy sheets?|smile sheets?|evaluation forms?|overall ratings?|(?:speaker|faculty|session|course|activity) ratings?|net promoter\b|NPS|enjoy\w*|lik(?:ed|ing) (?:the|it)|would recommend|feedback (?:forms?|scores?))/i
export const INTENT =
  /\b(?:int(?:ent|ention)s?(?!-to-treat)(?! to treat)|intend\w*|commitments?[- ]to[- ]change|plan(?:s|ned)? to change|confidence(?! intervals?)|self-efficacy|(?:likely|likelihood) to (?:change|use|apply))\b/i

/** The highest outcome level each kind of measure can show. Records can show what was done and how patients fare. */
const CUES: readonly Cue[] = [
  {
    band: 'opinion',
    rank: 1,
    says: /\b(?:attendance|attendees?|head ?counts?|sign-?ins?|registrations?|participation|number of (?:participants|learners|registrants))\b/i,
  },
  { band: 'opinion', rank: 2, says: SATISFACTION },
  {
    band: 'assessment',
    rank: 3,
    says: /\b(?:pre-?\s?(?:\/|and|to)\s?post-?(?:\s?tests?)?|(?:pre|post)[- ]?tests?|knowledge (?:tests?|checks?|questions?|scores?|assessments?)|multiple[- ]choice|MCQs?|quiz(?:zes)?|test scores?|exam(?:ination)? scores?)\b/i,
  },
  {
    band: 'assessment',
    rank: 4,
    says: /\b(?:case (?:studies|study|questions?|scenarios?)|scenarios?|vignettes?|case-based|simulat\w+|OSCEs?|skills? (?:checks?|stations?|assessments?)|role[- ]plays?|would do|decisions?|strateg(?:y|ies))\b/i,
  },
  { band: 'assessment', rank: 4, says: INTENT },
  {
    band: 'practice',
    rank: 6,
    says: /\b(?:patients?|chart\w*|records?|EHR|EMR|EPR|audit\w*|claims|registr(?:y|ies)|dashboards?|prescri\w+|dispens\w+|order(?:s|ed|ing)|referr\w+|rates?|PDMP|mortality|deaths?|readmissions?|length of stay|infections?|HbA1c|A1c|blood pressure|complications?|adherence|bundles?|compliance|time to|door-to|admissions?|visits?|in (?:their )?(?:own )?practice|practice (?:data|behaviou?r)|quality (?:measures?|indicators?)|HEDIS|medications?|doses?|observ\w+|self-report\w*|per \d[\d, .]*)\b/i,
  },
]
const POPULATION =
  /\b(?:count(?:y|ies)|population|communit\w+|state(?:wide)?|national\w*|nation|countr(?:y|ies)|cit(?:y|ies)|municipal\w*|district|region\w*|public[- ]health|epidemiolog\w*|incidence|prevalence|per 100,?000|surveillance|registr(?:y|ies)|claims|households?)\b/i
const EXIT_SURVEY =
  /\b(?:immediate|end-of-(?:activity|session|course|day|meeting|event)|post-?(?:activity|course|event|session|meeting)|exit) (?:survey|questionnaire|evaluation)s?\b/i
const FOLLOW_UP = /\b\d+\s?-?(?:days?|weeks?|months?)\b|\b(?:three|six|twelve) months?\b|follow-?up/i

/** What a test, a survey or an intention is about is not what it measures: "a post-test on prescribing" reads no prescription. */
const ABOUT =
  /\b((?:(?:pre|post|knowledge)[- ]?)tests?|quiz(?:zes)?|MCQs?|questionnaires?|satisfaction|intent(?:ion)?s?|confidence|vignettes?|(?:post-activity|exit) (?:survey|evaluation)s?)((?: (?:scores?|questions?|results?))? (?:on|about|of|with|covering|to|in|regarding) )((?:(?!\band\b|\bplus\b|\bthen\b)[^.;,])*)/gi
const OWN_DATA = /\b(?:chart|record|EHR|EMR|audit|registr|claims|dashboard|data\b)/i

/** Reads a measure or a baseline. `top` is the rank of the highest level it can show; without it, the text says nothing recognizable. */
export function readMeasure(text: string): { bands: ReadonlySet<Band>; top?: number } {
  const plain = text
    .replace(/\b(?:simulated|standardi[sz]ed|virtual) patients?\b/gi, 'simulation')
    .replace(/\bpatient (?:cases?|vignettes?|scenarios?)\b/gi, 'vignettes')
    .replace(/\bpatient (?:satisfaction|experience)\b/gi, 'patients')
    .replace(/\bparticipation rates?\b/gi, 'participation')
    .replace(/\b(?:response|completion|pass) rates?\b/gi, '')
    .replace(ABOUT, (whole, head, _, object) => (OWN_DATA.test(object) ? whole : head))
  const met = CUES.filter(({ says }) => says.test(plain))
  if (EXIT_SURVEY.test(plain) && !FOLLOW_UP.test(plain)) met.push({ band: 'assessment', rank: 4, says: EXIT_SURVEY })
  if (met.length === 0) return { bands: new Set() }
  const top = Math.max(...met.map(({ rank }) => rank))
  return { bands: new Set(met.map(({ band }) => band)), top: top === 6 && POPULATION.test(plain) ? 7 : top }
}
