import { expect, test } from 'vitest'
import type { ReviewRule } from '../knowledge/onboarding.ts'
import { GOOD, hypertension } from './fixtures/good-assessments.ts'
import { blocking, RULE_IDS, ready, review } from './review.ts'

const today = '2026-11-23'
const rule = (id: string, blocks: boolean): ReviewRule => ({
  id,
  wrong: 'Wrong.',
  why: 'Why.',
  mend: 'Mend.',
  blocks,
  source: 'made up',
  checked: today,
  confidence: 'well-known',
})
const rules = RULE_IDS.map((id) => rule(id, id !== 'stale-source'))

test.each(Object.entries(GOOD))('a sound assessment gets no finding: %s', (_, doc) => {
  expect(review(doc, today)).toEqual([])
  expect(ready(doc, today, rules)).toBe(true)
})

test('an empty assessment is told what is missing, each thing once, in the order of the document', () => {
  const findings = review({}, today)
  expect(findings.every(({ rule }) => rule.startsWith('no-'))).toBe(true)
  expect(new Set(findings.map(({ field }) => field)).size).toBe(findings.length)
  expect(findings.map(({ field }) => field)).toEqual([
    'learners',
    'current',
    'datum',
    'population',
    'currentDate',
    'source',
    'achievable',
    'guideline',
    'gap',
    'causes',
    'need',
    'change',
    'measure',
    'baseline',
    'objectives',
    'format',
    'evaluation',
  ])
  expect(ready({}, today, rules)).toBe(false)
})

test('taking away any field that the order asks for leaves a sound assessment not ready', () => {
  const may = ['causeEvidence', 'sourceKinds', 'supporterSuggested', 'baselineDate', 'baselineTiming', 'datum']
  for (const doc of Object.values(GOOD))
    for (const field of Object.keys(doc).filter((name) => !may.includes(name))) {
      const { [field as keyof typeof doc]: _, ...rest } = doc
      expect([field, ready(rest, today, rules)]).toEqual([field, false])
    }
})

test('what does not block leaves the assessment ready, and a rule without its text blocks', () => {
  const old = { ...hypertension, currentDate: '2019' }
  expect(review(old, today)).toEqual([{ rule: 'stale-source', field: 'currentDate', quote: '2019' }])
  expect(ready(old, today, rules)).toBe(true)
  expect(blocking(review(old, today), [])).toHaveLength(1)
})

test('every rule is named once', () => {
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length)
  expect(RULE_IDS.length).toBe(37)
})
