import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GOOD, hypertension } from '../fixtures/good-assessments.ts'
import type { NeedsAssessment, Objective } from '../needs.ts'
import { type RuleId, review } from '../review.ts'

const today = '2026-11-23'
const with_ = (change: Partial<NeedsAssessment>): NeedsAssessment => ({ ...hypertension, ...change })
const one = (text: string, serves: Objective['serves'] = 'competence') => with_({ objectives: [{ text, serves }] })
const rulesOf = (doc: NeedsAssessment) => review(doc, today).map(({ rule }) => rule)

const MISSING: [RuleId, keyof NeedsAssessment][] = [
  ['no-learners', 'learners'],
  ['no-current-practice', 'current'],
  ['no-population', 'population'],
  ['no-date', 'currentDate'],
  ['no-source', 'source'],
  ['no-achievable-practice', 'achievable'],
  ['no-guideline', 'guideline'],
  ['no-gap', 'gap'],
  ['no-cause', 'causes'],
  ['no-need', 'need'],
  ['no-desired-change', 'change'],
  ['no-measure', 'measure'],
  ['no-measure', 'level'],
  ['no-baseline', 'baseline'],
  ['baseline-without-source', 'baselineSource'],
  ['no-objective', 'objectives'],
  ['no-format-reason', 'format'],
  ['no-format-reason', 'formatReason'],
  ['no-evaluation', 'evaluation'],
]
test.each(MISSING)('%s: %s is missing, or blank', (rule, field) => {
  const list = field === 'causes' || field === 'objectives'
  const chosen = field === 'currentDate' || field === 'level' || field === 'format'
  for (const empty of chosen ? [undefined] : [undefined, list ? [] : '  '])
    expect(review(with_({ [field]: empty }), today)).toContainEqual({ rule, field })
  expect(rulesOf(hypertension)).not.toContain(rule)
})

const FINDS: Record<string, Partial<NeedsAssessment>[]> = {
  'topic-wish': [
    { gap: 'Our members want a session on artificial intelligence.' },
    { gap: '80 % of members asked for a webinar on new diabetes drugs.' },
    { need: 'Physicians need an update on hypertension.' },
    { gap: 'Hypertension is a hot topic.' },
    { gap: 'In our member survey, 64 percent asked for an update on diabetes. This shows the need for the activity.' },
    { current: 'The department would like a lecture on blood pressure.' },
    { sourceKinds: ['wishes'] },
  ],
  'no-datum': [
    { datum: '', current: 'Blood pressure is often not controlled.' },
    { datum: 'many patients', current: 'Control is poor in our clinics.' },
  ],
  'no-date': [{ currentDate: '2027' }],
  'stale-source': [{ currentDate: '2020' }, { currentDate: '2021-10' }, { currentDate: '2021-11-22' }],
  'opinion-only': [
    { sourceKinds: ['experts'] },
    { sourceKinds: [], source: 'Expert opinion of the course director' },
    { sourceKinds: undefined, source: 'The planning committee feels that this matters' },
  ],
  'gap-restates-topic': [
    { gap: 'Hypertension in primary care' },
    { gap: 'Management of hypertension 2026' },
    { gap: 'A gap in knowledge of heart failure' },
    { gap: 'Lack of awareness of the new guideline on low back pain' },
    { gap: 'Understanding of underlying mechanisms' },
    { gap: 'Education on blood pressure for family physicians' },
  ],
  'cause-system-only': [{ causes: ['system'], objectives: [{ text: 'Titrate treatment', serves: 'system' }] }],
  'need-without-cause': [{ causes: ['performance'], need: 'Physicians need to know the new thresholds.' }],
  'knowledge-only': [
    { level: '3A' },
    { level: '3B' },
    { change: 'Physicians will better understand the blood pressure guideline.' },
    { change: 'Increase knowledge of blood pressure goals among clinicians' },
  ],
  'satisfaction-as-outcome': [
    { measure: 'Satisfaction score on the evaluation form' },
    { measure: 'Overall ratings by the attendees' },
    { level: '2' },
    { level: '1', measure: 'Attendance' },
  ],
  'level-above-measure': [
    { level: '5', measure: 'Pre-test and post-test' },
    { level: '5', measure: 'A post-test on prescribing of antihypertensives' },
    { level: '4', measure: 'Multiple-choice quiz at the end' },
    { level: '6', measure: 'Case vignettes before and after' },
    { level: '5', measure: 'Immediate post-activity survey' },
    { level: '5', measure: 'Satisfaction with the session' },
    { level: '7', measure: 'Chart audit of 60 patients in our hospital' },
  ],
  'intent-as-performance': [
    { level: '5', measure: 'Intent to change practice, asked on the evaluation' },
    { level: '5', measure: 'Commitment to change statements' },
    { level: '6', measure: 'How confident they feel: confidence in prescribing, 1 to 5' },
  ],
  'no-baseline': [{ baselineDate: '2027-02' }],
  'baseline-after-activity': [
    { baselineTiming: 'after' },
    { baselineTiming: undefined, baseline: '45 %, measured after the activity' },
    { baselineTiming: undefined, baselineSource: 'Chart review following the course' },
  ],
  'baseline-other-measure': [
    { baseline: '54 % correct', baselineSource: 'Pre-test on hypertension' },
    { baseline: 'Confidence 2.9 of 5', baselineSource: 'Learner questionnaire' },
    { baseline: 'Overall rating 4.6', baselineSource: 'Evaluation forms of last year' },
  ],
  'supporter-suggestion': [
    { supporterSuggested: true },
    { need: 'The topic was suggested by the supporting company. Clinicians need a strategy to titrate.' },
    { causeEvidence: 'Our sponsor asked for a session on its new combination pill.' },
    { formatReason: 'Speakers proposed by the manufacturer are available.' },
  ],
  'format-before-need': [
    { gap: undefined },
    { need: undefined },
    { need: 'Physicians need a one-hour webinar because only 52 % are at goal.' },
    { gap: 'There should be an annual symposium; only 52 % are at goal.' },
  ],
  'credit-in-need': [
    { need: 'Physicians need 10 CME credits to decide on licensure.' },
    { gap: 'Only half of our members earn enough credits each year.' },
    { change: 'Every clinician will document MOC points.' },
    { need: 'Specialists need ECMECs, and a strategy to titrate.' },
  ],
  'retired-terms': [
    { formatReason: 'Planned without any commercial interest.' },
    { evaluation: 'Reviewed under the Standards for Commercial Support.' },
    { evaluation: 'All conflicts of interest will be resolved by the chair.' },
    { evaluation: 'The chair resolves every conflict of interest.' },
    { formatReason: 'Jointly sponsored with the county society.' },
    { formatReason: 'A joint sponsorship is planned.' },
    { evaluation: 'We look at C1–C13 and C16-22.' },
    { evaluation: 'We look at ACCME Criterion 11.' },
    { evaluation: 'Learners get Category 1 CME credits.' },
    { evaluation: 'This ACCME-approved course is evaluated by chart audit.' },
    { evaluation: 'An ACCME-accredited webinar is evaluated by chart audit.' },
    { evaluation: 'Learners get ACCME credits.' },
    { objectives: [{ text: 'Resolve a conflict of interest before prescribing treatment', serves: 'competence' }] },
  ],
  'placeholder-text': [
    { population: 'TBD' },
    { guideline: '[insert guideline]' },
    { datum: 'XX % of patients' },
    { need: 'Lorem ipsum dolor sit amet' },
    { baselineSource: 'n/a' },
    { evaluation: 'To be determined' },
    { population: 'TBD by Anna' },
  ],
}
test.each(Object.entries(FINDS).flatMap(([rule, changes]) => changes.map((change) => [rule, change] as const)))(
  '%s finds it in %j',
  (rule, change) => {
    expect(rulesOf(with_(change))).toContain(rule)
  },
)

test.each([
  'Understand the guideline',
  'Participants will know when to titrate treatment',
  'At the end of this activity, learners will be able to appreciate the role of titration',
  'Be familiar with treatment of raised blood pressure',
  'Have a better understanding of treatment',
  'To gain insight into treatment of raised readings',
  'Increase awareness of raised blood pressure',
])('objective-not-observable finds it in: %s', (text) => {
  expect(review(one(text), today)).toContainEqual(
    expect.objectContaining({ rule: 'objective-not-observable', field: 'objectives.0' }),
  )
})

test('objective-without-gap finds one without a cause, with a cause that was not named, and one about something else', () => {
  expect(rulesOf(with_({ objectives: [{ text: 'Titrate treatment' }] }))).toEqual(['objective-without-gap'])
  expect(rulesOf(one('Titrate treatment', 'system'))).toEqual(['objective-without-gap'])
  expect(rulesOf(one('Describe parking options and catering near the imaging pavilion entrance'))).toEqual([
    'objective-without-gap',
  ])
  expect(rulesOf(one('Decide whether a raised reading calls for another drug'))).toEqual([])
})

test('no objective of one field passes for that of another', () => {
  const wrong: string[] = []
  for (const [name, doc] of Object.entries(GOOD))
    for (const [other, { objectives = [] }] of Object.entries(GOOD))
      for (const { text } of objectives) {
        const rules = rulesOf({ ...doc, objectives: [{ text, serves: doc.causes![0]! }] })
        if (rules.includes('objective-without-gap') && name === other) wrong.push(text)
      }
  expect(wrong).toEqual([])
})

test('review takes any document that JSON can hold, and the same one the same way', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('TBD', 'Hypertension', '52 % of 10 patients', 'want a webinar'))
  const objective = fc.record({ text, serves: fc.constantFrom('knowledge', 'system') }, { requiredKeys: ['text'] })
  const doc = fc.record(
    {
      learners: text,
      current: text,
      datum: text,
      gap: text,
      need: text,
      measure: text,
      level: fc.constantFrom('2', '3A', '5', '7'),
      causes: fc.subarray(['knowledge', 'system']),
      currentDate: fc.constantFrom('2024', '2027-01', '2019-02-28'),
      baselineDate: fc.constantFrom('2024', '2027-01'),
      baseline: text,
      objectives: fc.array(objective),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(doc, (any) => {
      const found = review(any as NeedsAssessment, today)
      expect(review(JSON.parse(JSON.stringify(any)), today)).toEqual(found)
    }),
  )
})
