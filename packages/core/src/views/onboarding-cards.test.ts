import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Press } from '../action.ts'
import type { Card } from '../card.ts'
import type { ReviewRule } from '../knowledge/onboarding.ts'
import { overCard } from '../limits.ts'
import type { OnboardingAction } from '../onboarding/actions.ts'
import type { Arrangement, MockActivity } from '../onboarding/activity.ts'
import { ARRANGEMENTS } from '../onboarding/activity-fields.ts'
import { activityFindings } from '../onboarding/activity-findings.ts'
import { activityForms } from '../onboarding/activity-forms.ts'
import { ACTIVITY_RULE_IDS } from '../onboarding/activity-rules.ts'
import { GOOD, hypertension } from '../onboarding/fixtures/good-assessments.ts'
import { endocrinologyActivity, hypertensionActivity } from '../onboarding/fixtures/mock-activity.ts'
import { madeUpStatements } from '../onboarding/fixtures/statements.ts'
import { FORMATS } from '../onboarding/formats.ts'
import type { NeedsAssessment } from '../onboarding/needs.ts'
import { NEEDS_FIELDS } from '../onboarding/needs-fields.ts'
import { needsForms } from '../onboarding/needs-forms.ts'
import { blocking, RULE_IDS, review } from '../onboarding/review.ts'
import { activityCard, statementsCard } from './activity.ts'
import { needsCard, needsFirstCard } from './needs.ts'
import { plain } from './plain.ts'
import { findingsCard } from './review.ts'

const today = '2026-11-23'
const press = (action: OnboardingAction) => action as unknown as Press
const idOf = (act: object) => ['cme1', ...Object.values(act)].join(':')
const fits = (card: Card) => expect(overCard(card, idOf)).toEqual([])
const actions = (card: Card) =>
  (card.buttons ?? []).flatMap((one) => ('act' in one ? [one.act as unknown as OnboardingAction] : []))

const long = 'Words about this rule, as long as the content lets them be. '.repeat(7).slice(0, 400)
const rulesOf = (say: string): ReviewRule[] =>
  [...RULE_IDS, ...ACTIVITY_RULE_IDS].map((id) => ({
    id,
    wrong: say || `${id}.`,
    why: say || 'It matters.',
    mend: say || 'Mend it.',
    blocks: true,
    source: say || 'a source',
    checked: today,
    confidence: 'well-known',
  }))
const rules = rulesOf('')
const templates = madeUpStatements()
const longTemplates = madeUpStatements(true)

test('an empty assessment is led to its first form, a filled one to the activity', () => {
  const empty = needsCard({}, review({}, today), rules, press)
  expect(actions(empty)[0]).toEqual({ do: 'needs.form', form: 'needs.practice' })
  expect(plain(empty)).toContain('0 of 24')
  const sound = needsCard(hypertension, review(hypertension, today), rules, press)
  expect(actions(sound)[0]).toEqual({ do: 'activity.show' })
  expect(plain(sound)).toContain('The mock activity may be drafted.')
})

test('the refusal names exactly what is missing and leads there', () => {
  const { baseline: _, source: __, ...doc } = hypertension
  const card = needsFirstCard(blocking(review(doc, today), rules), rules, press)
  expect(plain(card)).toBe(
    [
      'First the needs assessment',
      'A mock activity is planned on a gap. Without the gap, its cause and a baseline nobody can tell later whether it changed anything. 2 things stand in the way:',
      '- The source: no-source.\n- The baseline: no-baseline.',
      '[ Continue: Source of the figure ] [ Why, and how to mend it ] [ The needs assessment ]',
      'This informs; it is no verdict. Your accreditor has the last word.',
    ].join('\n\n'),
  )
})

test('a finding says what is wrong with the author’s words, why, how to mend it and where the rule is from', () => {
  const doc = { ...hypertension, gap: 'Hypertension in primary care' }
  const text = plain(findingsCard(doc, review(doc, today), rules, press))
  for (const part of [
    'The gap: gap-restates-topic.',
    '“Hypertension in primary care”',
    'Why: ',
    'Mend it: ',
    'Source: a source, checked 23 November 2026',
  ])
    expect(text).toContain(part)
})

test('leafing through the findings shows each once, however long the words of the rules', () => {
  for (const words of [rules, rulesOf(long)]) {
    const findings = review({}, today)
    const seen: string[] = []
    let from: number | undefined = 0
    for (let page = 0; from !== undefined && page < 40; page++) {
      const card = findingsCard({}, findings, words, press, from)
      fits(card)
      seen.push(
        ...card.blocks.slice(1).flatMap((b) => (b.kind === 'text' && typeof b.text[0] === 'object' ? ['x'] : [])),
      )
      from = actions(card).flatMap((one) => (one.do === 'needs.review' ? [one.from!] : []))[0]
    }
    expect(seen).toHaveLength(findings.length)
  }
})

test('the activity is marked as a mock first of all, and credit is drawn with its mark', () => {
  for (const [activity, needs] of [
    [{}, {}],
    [hypertensionActivity, hypertension],
    [endocrinologyActivity, GOOD.endocrinology!],
  ] as const) {
    const card = activityCard(activity, activityFindings(activity, needs), rules, press)
    fits(card)
    expect(card.title).toMatch(/^MOCK/)
    expect(plain(card)).toMatch(/MOCK ACTIVITY: an exercise/)
    expect(plain(card)).not.toMatch(/\b(?:is|been) accredited\b/)
    const statements = statementsCard(activity, templates, press)
    fits(statements)
    expect(plain(statements)).toMatch(/MOCK ACTIVITY: an exercise/)
  }
  expect(plain(activityCard(hypertensionActivity, [], [], press))).toContain('at most 20.0 AMA PRA Category 1 Credits™')
  expect(actions(statementsCard({}, templates, press))[0]).toEqual({ do: 'activity.form', form: 'activity.provider' })
})

const text = fc.oneof(
  fc.string(),
  fc.string({ minLength: 250, maxLength: 300, unit: 'grapheme' }).map((said) => said.slice(0, 300)),
  fc.constantFrom('x'.repeat(300), 'We want a webinar. '.repeat(15), 'TBD', '*_`<!channel>&', 'commercial interest'),
)
const prose = fc.oneof(text, fc.constantFrom('words '.repeat(250), 'y'.repeat(1500)))
const shapes = Object.entries(NEEDS_FIELDS).map(([name, field]) => {
  const options = 'options' in field ? field.options.map(({ value }) => value) : []
  const objective = fc.record({ text, serves: fc.constantFrom('knowledge', 'system', undefined) })
  const value = {
    text,
    paragraph: prose,
    date: fc.constantFrom('2024', '2019-02', '2027-01-31'),
    one: fc.constantFrom('', ...options).filter((value) => value !== '' || options.length === 0),
    many: fc.subarray(options),
    'yes-no': fc.boolean(),
    objectives: fc.array(objective, { maxLength: 6 }),
  }[field.kind]
  return [name, value as fc.Arbitrary<unknown>] as const
})
const needsDoc = fc.record(Object.fromEntries(shapes), { requiredKeys: [] }) as fc.Arbitrary<NeedsAssessment>
const activityDoc = fc.record(
  {
    title: text,
    audience: text,
    place: text,
    provider: text,
    partner: text,
    accreditor: text,
    measure: prose,
    baseline: text,
    passMark: text,
    start: fc.constantFrom('2027-01-31', '2026-01-01'),
    quantity: fc.integer({ min: 1, max: 99 }),
    format: fc.constantFrom(...FORMATS.map(({ id }) => id)),
    arrangement: fc.constantFrom(...ARRANGEMENTS.map(({ value }) => value as Arrangement)),
    lookback: fc.constantFrom('24', '12'),
    judge: fc.constantFrom('provider', 'discloser'),
    tell: fc.constantFrom('before', 'after'),
    objectives: fc.array(text, { maxLength: 6 }),
    schedule: fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 14 }),
        minutes: fc.integer({ min: 1, max: 600 }),
        kind: fc.constantFrom('education', 'break'),
        title: fc.string({ maxLength: 40 }),
      }),
      { maxLength: 40 },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<MockActivity>

test('no document, however full or odd, makes a card that a platform would refuse, or a button that leads nowhere', () => {
  fc.assert(
    fc.property(
      needsDoc,
      activityDoc,
      fc.constantFrom(rules, rulesOf(long), []),
      fc.nat(40),
      (doc, activity, words, from) => {
        const findings = review(doc, today)
        const cards = [
          needsCard(doc, findings, words, press),
          findingsCard(doc, findings, words, press, from),
          activityCard(activity, activityFindings(activity, doc), words, press),
          statementsCard(activity, longTemplates, press),
          ...(findings.length > 0 ? [needsFirstCard(findings, words, press)] : []),
        ]
        const known = [...needsForms(doc), ...activityForms(activity, doc)].map(({ id }) => id)
        for (const card of cards) {
          fits(card)
          expect(actions(card).length).toBeGreaterThan(0)
          for (const action of actions(card)) if ('form' in action) expect(known).toContain(action.form)
          expect(new Set((card.buttons ?? []).map((one) => ('act' in one ? idOf(one.act) : one.href))).size).toBe(
            card.buttons!.length,
          )
          expect(card.buttons!.filter(({ style }) => style === 'primary').length).toBeLessThanOrEqual(1)
        }
      },
    ),
    { numRuns: 300 },
  )
})
