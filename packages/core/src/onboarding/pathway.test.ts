import { describe, expect, test } from 'vitest'
import type { Answers } from '../form.ts'
import type { Onboarding, Proof, SampleActivity, Step, StepField } from '../knowledge/onboarding.ts'
import { overForm } from '../limits.ts'
import { doneElsewhere, findStep, milestonesOf, onPath, pathOf, type StepRecord } from './pathway.ts'
import { type CheckAnswer, checkOf, questionAfter } from './pathway-check.ts'
import { tracksFor } from './pathway-finder.ts'
import { proofForm, readProof, type Told, toldOf } from './pathway-proof.ts'
import { markSample, reviewCounts } from './pathway-sample.ts'

const seen = { source: 'made up', checked: '2026-11-23', confidence: 'verified' } as const
const NOW = '2026-11-23T12:00:00.000Z'
const attest: Proof = { kind: 'attest', ask: 'What?' }
const step = (id: string, after: string[] = [], rest: Partial<Step> = {}): Step => ({
  ...seen,
  id,
  name: id,
  purpose: '',
  todo: ['read'],
  resources: [],
  proof: attest,
  after,
  minutes: 30,
  ...rest,
})
const question = (id: string) => ({
  ...seen,
  id,
  tracks: ['program'],
  ask: id,
  options: [
    { text: 'yes', right: true, because: 'so' },
    { text: 'no', because: 'not so' },
  ],
  explain: '',
})
const check = step('check', [], { proof: { kind: 'check', questions: ['q1', 'q2', 'q3'], pass: 2 } })
const onboarding: Onboarding = {
  version: 'test',
  pathways: [
    {
      ...seen,
      id: 'newcomer',
      name: 'First',
      steps: [step('a'), step('half', ['a'], { partOf: 'whole' }), step('whole', ['half'])],
    },
    { ...seen, id: 'program', name: 'Program', track: 'program', steps: [step('p', ['whole'])] },
    { ...seen, id: 'edtech', name: 'Technology', track: 'edtech', steps: [step('t', ['a'])] },
  ],
  milestones: [{ ...seen, id: 'm', name: 'M', says: '', steps: ['a'], onTrack: { program: ['p'] } }],
  resources: [],
  questions: ['q1', 'q2', 'q3'].map(question),
  finder: [
    {
      id: 'f1',
      ask: '?',
      options: [
        { text: 'A', speaks: ['program'] },
        { text: 'B', speaks: ['edtech'] },
      ],
    },
    {
      id: 'f2',
      ask: '?',
      options: [
        { text: 'A', speaks: ['program', 'edtech'] },
        { text: 'B', speaks: ['edtech'] },
      ],
    },
  ],
  samples: [],
  glossary: [],
  rules: [],
  activityRules: [],
  statements: [],
  rubric: [],
  sayings: [],
}
const done = (...steps: string[]): StepRecord[] => steps.map((step) => ({ step, begun: NOW, done: NOW }))
const statesOf = (track: string | undefined, ...steps: string[]) =>
  pathOf(onboarding, track, done(...steps)).parts.flatMap((part) => part.steps.map(({ state }) => state))

describe('the path of a member', () => {
  test('has one next step; what waits for others is locked and says for which', () => {
    expect(statesOf('edtech')).toEqual(['next', 'locked', 'locked', 'locked'])
    expect(statesOf('edtech', 'a')).toEqual(['done', 'next', 'locked', 'open'])
    expect(onPath(pathOf(onboarding, 'program', []), 'p')?.waitsFor.map(({ id }) => id)).toEqual(['whole'])
  })

  test('counts the first half of a step with the step, and tells what is left', () => {
    const path = pathOf(onboarding, undefined, done('a', 'half'))
    expect(path.parts).toMatchObject([{ done: 1, total: 2 }])
    expect(path).toMatchObject({ minutes: 30, next: { id: 'whole' } })
    expect(pathOf(onboarding, undefined, done('a', 'half', 'whole'))).not.toHaveProperty('next')
  })

  test('a begun step is not done, and a step done on another track is kept and counted', () => {
    expect(pathOf(onboarding, undefined, [{ step: 'a', begun: NOW }]).next?.id).toBe('a')
    const records = done('a', 't')
    expect(doneElsewhere(pathOf(onboarding, 'program', records), onboarding, records)).toBe(1)
    expect(statesOf('edtech', 'a', 't').at(-1)).toBe('done')
    expect(findStep(onboarding, 't')?.pathway.id).toBe('edtech')
    expect(findStep(onboarding, 'nowhere')).toBeUndefined()
  })

  test('a milestone wants what the track adds, once there is a track', () => {
    expect(milestonesOf(onboarding, undefined, done('a'))).toMatchObject([{ reached: true, total: 1 }])
    expect(milestonesOf(onboarding, 'program', done('a'))).toMatchObject([{ reached: false, done: 1, total: 2 }])
    expect(milestonesOf(onboarding, 'edtech', done('a'))).toMatchObject([{ reached: true, total: 1 }])
  })
})

describe('a check', () => {
  const answers = (...right: (boolean | undefined)[]): CheckAnswer[] =>
    right.flatMap((one, i) => (one === undefined ? [] : [{ question: `q${i + 1}`, chosen: one ? 0 : 1, right: one }]))
  const state = (...right: (boolean | undefined)[]) => checkOf(check, onboarding, answers(...right))!

  test('asks everything once, then what was wrong; it is passed when enough are right', () => {
    expect(state()).toMatchObject({ asked: 0, passed: false, next: { id: 'q1' } })
    expect(state(false)).toMatchObject({ next: { id: 'q2' } })
    expect(state(true, true)).toMatchObject({ right: 2, passed: false, next: { id: 'q3' } })
    expect(state(true, false, true)).toMatchObject({ passed: true, next: { id: 'q2' } })
    expect(state(false, false, true)).toMatchObject({ passed: false, wrong: ['q1', 'q2'] })
    expect(state(true, true, true)).not.toHaveProperty('next')
    expect(checkOf(step('a'), onboarding, [])).toBeUndefined()
  })

  test('goes on to another wrong one before it asks the same again', () => {
    expect(questionAfter(state(false, false, true), 'q1')?.id).toBe('q2')
    expect(questionAfter(state(true, false, true), 'q2')?.id).toBe('q2')
    expect(questionAfter(state(true, true, true), 'q3')).toBeUndefined()
  })
})

test('the track that most answers speak for is found; a tie names both', () => {
  expect(tracksFor(onboarding.finder, { f1: '0', f2: '0' })).toEqual(['program'])
  expect(tracksFor(onboarding.finder, { f1: '0', f2: '1' })).toEqual(['program', 'edtech'])
  expect(tracksFor(onboarding.finder, { f1: '7', f2: ['0'], other: 'x' })).toEqual([])
})

test('a sample is told part by part', () => {
  const flaw = { ...seen, wrong: 'w', rule: 'r' }
  const part = (id: string, flawed: boolean) => ({ id, name: id, text: '', ...(flawed ? { flaw } : {}) })
  const sample: SampleActivity = {
    ...seen,
    id: 's',
    title: '',
    parts: [part('a', true), part('b', true), part('c', false), part('d', false)],
  }
  const told = markSample(sample, ['a', 'c', 'nothing'])
  expect(told.parts.map(({ verdict }) => verdict)).toEqual(['found', 'missed', 'sound', 'left'])
  expect(told).toMatchObject({ found: 1, planted: 2, wrongly: 1 })
})

test.each([
  ['2026-11-23', undefined],
  ['2026-11-24', /lies ahead/],
  ['2026-02-30', /as in 2026-11-20/],
  ['1999-12-31', /long ago/],
  ['last week', /as in 2026-11-20/],
])('attended on "%s"', (day, wrong) => {
  const attend = step('w', [], { proof: { kind: 'attend', ask: 'Which?' } })
  const read = readProof(attend, { said: ' I ask for the baseline first. ', day }, '2026-11-23')
  if (wrong) expect(read).toEqual({ fields: { day: expect.stringMatching(wrong) } })
  else expect(read).toEqual({ told: { said: 'I ask for the baseline first.', day } })
})

test('a form is for steps that are told, and holds what was told before', () => {
  expect(proofForm(check, '2026-11-23')).toBeUndefined()
  expect(proofForm(step('a'), '2026-11-23', { said: 'before' })).toMatchObject({
    id: 'step.tell:a',
    fields: [{ value: 'before' }],
  })
  expect(readProof(step('a'), { said: ['x'] }, '2026-11-23')).toEqual({ fields: { said: expect.any(String) } })
})

test('a step’s own form is asked with what was told before, read field by field, and told again in words', () => {
  const fields: StepField[] = [
    { name: 'measure', label: 'The measure', kind: 'text', required: true },
    {
      name: 'when',
      label: 'When',
      kind: 'one',
      required: true,
      options: [
        { value: 'm', label: 'A month' },
        { value: 'q', label: 'A quarter' },
      ],
    },
    {
      name: 'who',
      label: 'Who',
      kind: 'many',
      options: [
        { value: 'n', label: 'Nurses' },
        { value: 'p', label: 'Physicians' },
      ],
    },
    { name: 'left', label: 'Left open', kind: 'paragraph' },
  ]
  const own = step('own', [], { proof: { kind: 'form', title: 'Mine', fields } })
  const read = (answers: Answers) => readProof(own, answers, '2026-11-23')
  expect(read({ measure: ' ', when: 'never', who: ['n'] })).toEqual({
    fields: { measure: 'The measure: this is still empty.', when: 'When: choose one.' },
  })
  const told = read({ measure: ' Charts ', when: 'q', who: ['p', 'x', 'n'], left: '', other: 'dropped' })
  expect(told).toEqual({ told: { answers: { measure: 'Charts', when: 'q', who: ['n', 'p'] } } })
  const before = (told as { told: Told }).told
  const form = proofForm(own, '2026-11-23', before)!
  expect(overForm(form)).toEqual([])
  expect(
    form.fields.map((field) => ('values' in field ? field.values : 'value' in field ? field.value : undefined)),
  ).toEqual(['Charts', 'q', ['n', 'p'], undefined])
  expect(toldOf(own, before)).toEqual([
    { name: 'The measure', value: 'Charts' },
    { name: 'When', value: 'A quarter' },
    { name: 'Who', value: 'Nurses; Physicians' },
  ])
})

test('a review counts without a miss and with one false alarm at most, or when it is marked anew after it was explained', () => {
  const flaw = { ...seen, wrong: 'x', rule: 'y' }
  const part = (id: string, flawed = false) => ({ id, name: id, text: id, ...(flawed ? { flaw } : {}) })
  const sample: SampleActivity = {
    ...seen,
    id: 's',
    title: 'Made-up sample: s',
    parts: [part('a', true), part('b', true), part('c'), part('d')],
  }
  const counts = (now: string[], before?: string[]) => reviewCounts(markSample(sample, now), before)
  expect(counts(['a', 'b'])).toBe(true)
  expect(counts(['a', 'b', 'c'])).toBe(true)
  expect(counts(['a', 'b', 'c', 'd'])).toBe(false)
  expect(counts(['a'])).toBe(false)
  expect(counts(['a'], ['a'])).toBe(false)
  expect(counts(['a', 'c'], ['c', 'a'])).toBe(false)
  expect(counts(['a', 'c'], ['a'])).toBe(true)
  expect(counts(['b'], ['a'])).toBe(true)
})
