import { expect, test } from 'vitest'
import { overForm } from '../limits.ts'
import type { MockActivity } from './activity.ts'
import { answerActivity } from './activity-answers.ts'
import { activityFindings } from './activity-findings.ts'
import { activityForms, formOfActivityField } from './activity-forms.ts'
import { ACTIVITY_RULE_IDS, type ActivityRuleId } from './activity-rules.ts'
import { endocrinology, GOOD, hypertension } from './fixtures/good-assessments.ts'
import { endocrinologyActivity, hypertensionActivity } from './fixtures/mock-activity.ts'
import type { NeedsAssessment } from './needs.ts'
import { RULE_IDS, type RuleId } from './review.ts'

const rulesOf = (change: Partial<MockActivity>, needs: NeedsAssessment = hypertension) =>
  activityFindings({ ...hypertensionActivity, ...change }, needs).map(({ rule }) => rule)

test('a sound activity on a sound assessment gets no finding', () => {
  expect(activityFindings(hypertensionActivity, hypertension)).toEqual([])
  expect(activityFindings(endocrinologyActivity, endocrinology)).toEqual([])
})

test('an empty activity is told everything that it lacks, by rules that are known', () => {
  const findings = activityFindings({}, hypertension)
  const words = new Set<string>([...ACTIVITY_RULE_IDS, ...RULE_IDS])
  expect(findings.filter(({ rule }) => !words.has(rule))).toEqual([])
  expect(findings.map(({ field }) => field)).toEqual(
    'title audience format start objectives measure baseline lookback amount judge mitigate tell arrangement'.split(
      ' ',
    ),
  )
})

const MISSING: [ActivityRuleId, keyof MockActivity][] = [
  ['activity-no-title', 'title'],
  ['activity-no-audience', 'audience'],
  ['activity-no-format', 'format'],
  ['activity-no-date', 'start'],
]
test.each(MISSING)('%s: %s is missing', (rule, field) => {
  expect(rulesOf({ [field]: undefined })).toContain(rule)
  expect(rulesOf({})).not.toContain(rule)
})

const FINDS: [ActivityRuleId | RuleId, Partial<MockActivity>][] = [
  ['activity-title-says', { title: 'An ACCME-accredited webinar' }],
  ['retired-terms', { title: 'Category 1 CME credits for all' }],
  ['activity-other-format', { format: 'ama-test-item' }],
  ['activity-no-schedule', { format: 'ama-live' }],
  ['activity-no-education', { format: 'ama-live', schedule: [{ day: 1, minutes: 60, kind: 'break', title: 'Lunch' }] }],
  ['activity-too-short', { format: 'ama-live', schedule: [{ day: 1, minutes: 7, kind: 'education', title: 'x' }] }],
  ['activity-no-quantity', { quantity: undefined }],
  ['activity-stages', { quantity: 4 }],
  ['activity-no-pass-mark', { format: 'ama-enduring' }],
  ['activity-no-expiry', { format: 'ama-enduring' }],
  ['activity-expires', { format: 'ama-enduring', expires: '2030-03-02' }],
  ['activity-expires', { format: 'ama-enduring', expires: '2027-02-01' }],
  ['activity-no-objective', { objectives: [] }],
  ['activity-other-objective', { objectives: ['Tour the new building'] }],
  ['satisfaction-as-outcome', { measure: 'Satisfaction score' }],
  ['level-above-measure', { measure: 'Post-test' }],
  ['no-measure', { level: undefined }],
  ['activity-no-baseline', { baseline: undefined }],
  ['activity-baseline-late', { start: '2026-05-01' }],
  ['disclosure-missing', { judge: undefined }],
  ['disclosure-lookback', { lookback: '12' }],
  ['disclosure-amount', { amount: 'threshold' }],
  ['disclosure-judge', { judge: 'discloser' }],
  ['disclosure-judge', { judge: 'supporter' }],
  ['disclosure-mitigate', { mitigate: 'before-activity' }],
  ['disclosure-tell', { tell: 'during' }],
  ['activity-no-arrangement', { arrangement: undefined }],
  ['activity-mixed-systems', { arrangement: 'eaccme' }],
  ['activity-no-provider', { provider: undefined }],
  ['activity-no-partner', { arrangement: 'joint' }],
  ['activity-no-accreditor', { arrangement: 'state-direct' }],
  ['activity-no-place', { arrangement: 'eaccme', place: undefined }],
  ['activity-territory', { arrangement: 'eaccme', place: 'Chicago, USA' }],
  ['activity-team', { team: true }],
]
test.each(FINDS)('%s: %j', (rule, change) => {
  expect(rulesOf(change)).toContain(rule)
})

const CASES = { day: 1, minutes: 60, kind: 'education', title: 'Cases' } as const
const NEAR: [ActivityRuleId, Partial<MockActivity>][] = [
  ['activity-title-says', { title: 'How accreditation works, and what credit is for' }],
  ['activity-other-format', { format: hypertension.format }],
  ['activity-no-schedule', { format: 'ama-live', schedule: [CASES] }],
  ['activity-no-schedule', { format: 'ama-journal' }],
  ['activity-no-education', { format: 'ama-live', schedule: [{ ...CASES, kind: 'break' }, CASES] }],
  ['activity-too-short', { format: 'ama-live', schedule: [{ ...CASES, minutes: 8 }] }],
  ['activity-too-short', { format: 'eaccme-live', arrangement: 'eaccme', schedule: [{ ...CASES, minutes: 30 }] }],
  ['activity-no-quantity', { quantity: undefined, format: 'ama-live', schedule: [CASES] }],
  ['activity-stages', { quantity: 3 }],
  ['activity-stages', { format: 'ama-journal', quantity: 4 }],
  ['activity-long-day', { format: 'eaccme-live', arrangement: 'eaccme', schedule: [{ ...CASES, minutes: 480 }] }],
  ['activity-no-pass-mark', { format: 'ama-enduring', passMark: '80 % right' }],
  ['activity-no-pass-mark', { format: 'ama-live' }],
  ['activity-no-expiry', { format: 'ama-journal' }],
  ['activity-expires', { format: 'ama-enduring', expires: '2030-03-01' }],
  ['activity-no-objective', {}],
  ['activity-other-objective', {}],
  ['activity-no-baseline', {}],
  ['activity-baseline-late', { start: '2027-03-01' }],
  ['disclosure-missing', { judge: 'supporter' }],
  ['disclosure-lookback', { lookback: '36' }],
  ['disclosure-amount', { amount: 'any' }],
  ['disclosure-judge', { judge: 'provider' }],
  ['disclosure-mitigate', { mitigate: 'before-role' }],
  ['disclosure-tell', { tell: 'before' }],
  ['activity-no-arrangement', { arrangement: 'co-provided' }],
  ['activity-mixed-systems', { arrangement: 'ja-direct' }],
  ['activity-mixed-systems', { arrangement: 'eaccme', format: 'eaccme-elearning' }],
  ['activity-no-provider', { provider: undefined, arrangement: 'eaccme' }],
  ['activity-no-partner', { arrangement: 'co-provided' }],
  ['activity-no-partner', { arrangement: 'joint', partner: 'Example County Society' }],
  ['activity-no-accreditor', { arrangement: 'joint' }],
  ['activity-no-accreditor', { arrangement: 'state-joint', accreditor: 'Example State Medical Association' }],
  ['activity-no-place', { place: undefined }],
  ['activity-territory', { arrangement: 'eaccme', place: 'Busto Arsizio, Italy' }],
  ['activity-territory', { place: 'Chicago, USA' }],
  ['activity-team', { team: true, arrangement: 'ja-joint' }],
  ['activity-team', { team: false }],
]
test.each(NEAR)('%s leaves alone %j', (rule, change) => {
  expect(rulesOf(change)).not.toContain(rule)
})

test('every rule is tried here, and each leaves alone what comes close to it', () => {
  const tried = new Set([...FINDS.map(([rule]) => rule), ...MISSING.map(([rule]) => rule), 'activity-long-day'])
  expect(ACTIVITY_RULE_IDS.filter((rule) => !tried.has(rule))).toEqual([])
  const left = new Set([...NEAR, ...MISSING].map(([rule]) => rule))
  expect(ACTIVITY_RULE_IDS.filter((rule) => !left.has(rule))).toEqual([])
})

test('a day of more than eight hours is told with EACCME alone', () => {
  const schedule = [{ day: 1, minutes: 540, kind: 'education' as const, title: 'Cases' }]
  expect(activityFindings({ ...endocrinologyActivity, schedule }, endocrinology)).toEqual([
    { rule: 'activity-long-day', field: 'schedule', quote: 'day 1' },
  ])
  expect(rulesOf({ format: 'ama-live', schedule })).toEqual(['activity-other-format'])
})

test('enduring material of exactly three years with its minimum performance is sound', () => {
  const enduring = { format: 'ama-enduring', expires: '2030-03-01', passMark: '80 % right' } as const
  const schedule = [{ day: 1, minutes: 60, kind: 'education' as const, title: 'Module' }]
  expect(rulesOf({ ...enduring, schedule }, { ...hypertension, format: 'ama-enduring' })).toEqual([])
})

test('the forms fit every platform and begin with what the assessment says', () => {
  for (const needs of [{}, { objectives: [{ text: 'Titrate' }] }, ...Object.values(GOOD)])
    for (const activity of [{}, hypertensionActivity, endocrinologyActivity])
      expect(activityForms(activity, needs).flatMap(overForm)).toEqual([])
  const fields = activityForms({}, hypertension).flatMap((form) => form.fields)
  expect(fields.find(({ name }) => name === 'format')).toMatchObject({ value: 'ama-pi' })
  expect(fields.find(({ name }) => name === 'measure')).toMatchObject({ value: hypertension.measure })
  expect(formOfActivityField('objectives').id).toBe('activity.outcome')
  expect(formOfActivityField('tell').id).toBe('activity.disclosure')
})

test('an activity given form by form, in any order and twice over, is the same', () => {
  for (const [activity, needs] of [
    [hypertensionActivity, hypertension],
    [endocrinologyActivity, endocrinology],
  ] as const) {
    const forms = activityForms(activity, needs)
    for (const order of [forms, forms.toReversed(), [...forms, ...forms]]) {
      let built: MockActivity = {}
      for (const form of order) {
        const answers = Object.fromEntries(
          form.fields.map((field) => [field.name, field.kind === 'many' ? (field.values ?? []) : (field.value ?? '')]),
        )
        const answered = answerActivity(built, needs, form.id, answers)!
        expect(answered.fields).toEqual({})
        built = answered.doc
      }
      expect(built).toEqual(activity)
    }
  }
})

test('answers that cannot be read are said at their fields, and what was there stays', () => {
  const answer = (form: string, answers: Record<string, string | string[]>) =>
    answerActivity(hypertensionActivity, hypertension, form, answers)!
  const basics = answer('activity.basics', { start: 'next spring', format: 'tiktok', title: 'New' })
  expect(Object.keys(basics.fields)).toEqual(['format', 'start'])
  expect(basics.doc).toEqual({ ...hypertensionActivity, title: 'New' })
  expect(answer('activity.schedule', { schedule: 'lunch', quantity: 'many' }).fields).toEqual({
    schedule: expect.stringMatching(/^Line 1/),
    quantity: expect.stringMatching(/whole number/),
  })
  expect(answer('activity.outcome', { objectives: ['objectives.9'] }).fields.objectives).toMatch(
    /your needs assessment/,
  )
  expect(answerActivity({}, {}, 'activity.nowhere', {})).toBeUndefined()
})

test('an objective that the assessment has given up shows', () => {
  const needs = { ...hypertension, objectives: hypertension.objectives!.slice(1) }
  expect(activityFindings(hypertensionActivity, needs)).toEqual([
    { rule: 'activity-other-objective', field: 'objectives', quote: hypertension.objectives![0]!.text },
  ])
})
