import type { ActivityField, Arrangement, Disclosure, MockActivity } from './activity.ts'
import type { ActivityRuleId } from './activity-rules.ts'
import { creditOf, ECMEC_A_DAY, educationMinutes, minutesByDay } from './credit.ts'
import { formatOf } from './formats.ts'
import { type NeedsAssessment, objectivesOf } from './needs.ts'
import { firstDay, yearsFrom } from './partial-date.ts'
import { type Finding, type RuleId, reviewBy } from './review.ts'
import { retiredIn } from './rules/language.ts'
import { asksAccreditor, asksPartner, plansForTeam } from './statements.ts'

type At = (rule: ActivityRuleId | RuleId, field: ActivityField, quote?: string | false) => Finding
const at: At = (rule, field, quote) => ({ rule, field, ...(quote ? { quote } : {}) })

/** Rules of the needs assessment that hold for the outcome of the activity as well. */
const OUTCOME: readonly RuleId[] = [
  'no-measure',
  'satisfaction-as-outcome',
  'intent-as-performance',
  'level-above-measure',
  'baseline-other-measure',
]

/** Everything that stands against a mock activity planned on `needs`; the ids are those of the needs rules and of the activity's own. */
export const activityFindings = (activity: MockActivity, needs: NeedsAssessment): Finding[] => [
  ...basics(activity, needs),
  ...credit(activity),
  ...outcome(activity, needs),
  ...disclosure(activity),
  ...provider(activity),
]

const SAYS = /\b(?:accredited|approved|certified)\b|\bcredits? (?:pending|applied for)\b/i

function basics({ title, audience, format, start }: MockActivity, needs: NeedsAssessment): Finding[] {
  const says = SAYS.exec(title ?? '')
  return [
    ...(title ? [] : [at('activity-no-title', 'title')]),
    ...(says ? [at('activity-title-says', 'title', says[0])] : []),
    ...retiredIn(title ?? '').map((quote) => at('retired-terms', 'title', quote)),
    ...(audience ? [] : [at('activity-no-audience', 'audience')]),
    ...(format ? [] : [at('activity-no-format', 'format')]),
    ...(format && needs.format && format !== needs.format
      ? [at('activity-other-format', 'format', formatOf(format)?.name)]
      : []),
    ...(start ? [] : [at('activity-no-date', 'start')]),
  ]
}

function credit(activity: MockActivity): Finding[] {
  const format = formatOf(activity.format)
  if (!format) return []
  const { schedule = [], quantity, start, expires, passMark } = activity
  const minutes = format.counts === 'minutes'
  const long = minutesByDay(schedule).find((day) => day.minutes / 60 > ECMEC_A_DAY)
  const assessed = format.id === 'ama-enduring' || format.id === 'ama-journal'
  return [
    ...(minutes && schedule.length === 0 ? [at('activity-no-schedule', 'schedule')] : []),
    ...(minutes && schedule.length > 0 && educationMinutes(schedule) === 0
      ? [at('activity-no-education', 'schedule')]
      : []),
    ...(minutes && educationMinutes(schedule) > 0 && creditOf(activity)?.credits === 0
      ? [at('activity-too-short', 'schedule')]
      : []),
    ...(!minutes && !quantity ? [at('activity-no-quantity', 'quantity')] : []),
    ...(format.counts === 'stages' && (quantity ?? 0) > 3 ? [at('activity-stages', 'quantity', String(quantity))] : []),
    ...(format.system === 'eaccme' && long ? [at('activity-long-day', 'schedule', `day ${long.day}`)] : []),
    ...(assessed && !passMark ? [at('activity-no-pass-mark', 'passMark')] : []),
    ...(format.id === 'ama-enduring' && !expires ? [at('activity-no-expiry', 'expires')] : []),
    ...(format.id === 'ama-enduring' && expires && start && (expires > yearsFrom(start, 3) || expires < start)
      ? [at('activity-expires', 'expires', expires)]
      : []),
  ]
}

function outcome(activity: MockActivity, needs: NeedsAssessment): Finding[] {
  const { objectives = [], level, measure, baseline, start } = activity
  const known = objectivesOf(needs).map(({ text }) => text)
  const before = needs.baselineDate && needs.baselineTiming !== 'retrospective' ? needs.baselineDate : undefined
  return [
    ...(objectives.length === 0 ? [at('activity-no-objective', 'objectives')] : []),
    ...objectives
      .filter((text) => !known.includes(text))
      .map((text) => at('activity-other-objective', 'objectives', text)),
    ...reviewBy(OUTCOME, { level, measure, baseline, baselineSource: needs.baselineSource }, '9999-12-31'),
    ...(baseline ? [] : [at('activity-no-baseline', 'baseline')]),
    ...(baseline && before && start && firstDay(before) > start
      ? [at('activity-baseline-late', 'baseline', before)]
      : []),
  ]
}

const ASKED: readonly [keyof Disclosure, string, ActivityRuleId][] = [
  ['lookback', '24', 'disclosure-lookback'],
  ['amount', 'any', 'disclosure-amount'],
  ['judge', 'provider', 'disclosure-judge'],
  ['mitigate', 'before-role', 'disclosure-mitigate'],
  ['tell', 'before', 'disclosure-tell'],
]

const disclosure = (activity: MockActivity): Finding[] =>
  ASKED.flatMap(([field, right, rule]) => {
    const said = activity[field]
    if (!said) return [at('disclosure-missing', field)]
    return said === right || (field === 'lookback' && said === '36') ? [] : [at(rule, field)]
  })

const AMERICA =
  /\b(?:USA|U\.S\.A?\.?|United States|Canada|New York|Chicago|Boston|Los Angeles|San Francisco|San Diego|Orlando|New Orleans|Atlanta|Toronto|Montr[eé]al|Vancouver|Ottawa)\b|\bUS\b/

function provider(activity: MockActivity): Finding[] {
  const { arrangement, format, place } = activity
  if (!arrangement) return [at('activity-no-arrangement', 'arrangement')]
  const system = formatOf(format)?.system
  const european: readonly Arrangement[] = ['eaccme']
  const mixed = system !== undefined && (system === 'eaccme') !== european.includes(arrangement)
  const there = AMERICA.exec(place ?? '')
  return [
    ...(mixed ? [at('activity-mixed-systems', 'arrangement')] : []),
    ...(activity.provider || arrangement === 'eaccme' ? [] : [at('activity-no-provider', 'provider')]),
    ...(asksPartner(arrangement) && !activity.partner ? [at('activity-no-partner', 'partner')] : []),
    ...(asksAccreditor(arrangement) && !activity.accreditor ? [at('activity-no-accreditor', 'accreditor')] : []),
    ...(arrangement === 'eaccme' && !place ? [at('activity-no-place', 'place')] : []),
    ...(arrangement === 'eaccme' && there ? [at('activity-territory', 'place', there[0])] : []),
    ...(activity.team && !plansForTeam(arrangement) ? [at('activity-team', 'team')] : []),
  ]
}
