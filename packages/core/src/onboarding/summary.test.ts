import { expect, test } from 'vitest'
import type { Onboarding, Proof, Step } from '../knowledge/onboarding.ts'
import { t } from '../text.ts'
import { plainText } from '../views/plain.ts'
import { hoursText, type Made, stepsIn, summaryOf } from './summary.ts'

const seen = { source: 'made up', checked: '2026-11-23', confidence: 'verified' } as const
const step = (id: string, proof: Proof, rest: Partial<Step> = {}): Step => ({
  ...seen,
  id,
  name: id,
  purpose: '',
  todo: ['read'],
  resources: [],
  proof,
  after: [],
  minutes: 45,
  ...rest,
})
const attest: Proof = { kind: 'attest', ask: 'What?' }
const question = (id: string) => ({ ...seen, id, tracks: [], ask: id, options: [], explain: '' })
const onboarding: Onboarding = {
  version: 'test',
  pathways: [
    {
      ...seen,
      id: 'newcomer',
      name: 'First',
      steps: [
        step('check', { kind: 'check', questions: ['q1', 'q2'], pass: 1 }),
        step('needs', { kind: 'artefact', artefact: 'needs-assessment' }, { partOf: 'draft' }),
        step('draft', { kind: 'artefact', artefact: 'activity-draft' }),
      ],
    },
    { ...seen, id: 'program', name: 'Program', track: 'program', steps: [step('p', attest)] },
    { ...seen, id: 'edtech', name: 'Technology', track: 'edtech', steps: [step('e1', attest), step('e2', attest)] },
    { ...seen, id: 'academic', name: 'Academic', track: 'academic', steps: [step('a', attest)] },
  ],
  milestones: [{ ...seen, id: 'm', name: 'The first', says: '', steps: ['check'] }],
  resources: [],
  questions: ['q1', 'q2'].map(question),
  finder: [],
  samples: [],
  glossary: [],
  rules: [],
  activityRules: [],
  statements: [],
  rubric: [],
  sayings: [],
}
const done = (id: string) => ({ step: id, begun: '2026-11-20T12:00:00.000Z', done: '2026-11-23T12:00:00.000Z' })
const made: Made = {
  community: 'Example',
  track: 'program',
  records: [done('check'), done('needs'), { ...done('e1'), said: 'An LMS keeps what it is told.' }],
  answers: [
    { step: 'check', question: 'q1', chosen: 0, right: true },
    { step: 'check', question: 'q2', chosen: 1, right: false },
  ],
  marks: [],
  documents: { 'needs-assessment': t`the assessment`, 'activity-draft': t`the draft` },
}

test('her own pathways are summed up whole, those of other tracks where she did something', () => {
  const { parts, milestones } = summaryOf(onboarding, made)
  expect(parts.map(({ pathway, complete }) => [pathway.id, complete])).toEqual([
    ['newcomer', false],
    ['program', false],
    ['edtech', false],
  ])
  expect(parts.map(stepsIn)).toEqual([
    { done: 1, total: 2 },
    { done: 0, total: 1 },
    { done: 1, total: 2 },
  ])
  expect(milestones).toEqual(['The first'])
})

test('each step tells what shows it; a document stands alone until its step is done', () => {
  const summary = summaryOf(onboarding, made)
  const evidence = (id: string) =>
    summary.parts
      .flatMap((part) => part.done)
      .filter((one) => one.step.id === id)
      .flatMap((one) => one.evidence.map(({ name, value }) => `${name}: ${plainText(value)}`))
  expect(evidence('check')[0]).toContain('Knowledge check: passed, 1 of 2 right in the end (needed: 1;')
  expect(evidence('needs')).toEqual(['Made: the assessment'])
  expect(evidence('e1')).toEqual(['Own words: An LMS keeps what it is told.'])
  expect(summary.made.map((line) => plainText(line))).toEqual(['the draft'])
})

test('hours are the planned times of what was done, and are called estimates', () => {
  expect(plainText(hoursText(summaryOf(onboarding, made)))).toBe(
    'about 2 hours 15 minutes for 2 steps: the planned times, estimates; nothing was measured',
  )
})
