import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from '../views/plain.ts'
import type { Arrangement, MockActivity } from './activity.ts'
import { ARRANGEMENTS } from './activity-fields.ts'
import { endocrinologyActivity, hypertensionActivity } from './fixtures/mock-activity.ts'
import { madeUpStatements } from './fixtures/statements.ts'
import { FORMATS } from './formats.ts'
import { namesIn, STATEMENT_IDS, STATEMENT_NAMES, worded } from './statement-words.ts'
import { statementsOf as compose } from './statements.ts'

const templates = madeUpStatements()
const statementsOf = (activity: MockActivity) => compose(activity, templates)
const live: MockActivity = {
  ...hypertensionActivity,
  format: 'ama-live',
  schedule: [{ day: 1, minutes: 60, kind: 'education', title: 'Cases' }],
  partner: 'Example County Society',
  accreditor: 'Example State Medical Association (ESMA)',
}
const told = (activity: MockActivity) => statementsOf(activity).statements.map(({ text }) => plainText(text))
const framed = (text: string) => `[MOCK, an exercise] ${text} [end of MOCK]`

test.each<[Arrangement, string]>([
  ['direct', 'The Example Valley Health says'],
  ['joint', 'The Example Valley Health with the Example County Society says'],
  ['state-direct', 'The Example Valley Health with the Example State Medical Association (ESMA) says'],
  ['ja-joint', 'The Example Valley Health with the Example County Society says'],
])('%s: its own statement and the designation, each alone and in its frame', (arrangement, says) => {
  expect(told({ ...live, arrangement })).toEqual([
    framed(`${says} Made Up Credit™ (${arrangement}). `),
    framed('The Example Valley Health with the made-up ama-live with the 1.0 says Made Up Credit™ (designation). '),
  ])
})

test('a team gets its credit statement from a jointly accredited provider alone', () => {
  const kinds = (activity: MockActivity) => statementsOf(activity).statements.map(({ kind }) => kind)
  expect(kinds({ ...live, team: true, arrangement: 'ja-direct' })).toEqual(['accreditation', 'credit', 'team'])
  expect(kinds({ ...live, team: true })).toEqual(['accreditation', 'credit'])
  expect(kinds({ ...live, arrangement: 'ja-direct' })).toEqual(['accreditation', 'credit'])
})

test('a European event of two days names its days, and each statement whose wording it is, and since when we know', () => {
  const { statements } = statementsOf(endocrinologyActivity)
  expect(plainText(statements[0]!.text)).toContain('with the 14/05/2027–15/05/2027 with the 5 says')
  expect(statements.map(({ note }) => note)).toEqual([
    'To know. Wording: Nobody, checked 23 November 2026.',
    'To know. Wording: Nobody, checked 23 November 2026.',
  ])
})

test('a wording takes its names as plain characters and draws in italics only what it says itself', () => {
  const [template] = templates.filter(({ id }) => id === 'direct')
  expect(worded(template!, { provider: 'the *Bold* {credits}' })).toEqual([
    'The *Bold* {credits} says ',
    { em: 'Made Up Credit' },
    '™ (direct). ',
  ])
  for (const id of STATEMENT_IDS)
    expect(namesIn(templates.find((one) => one.id === id)!.wording)).toEqual(STATEMENT_NAMES[id])
})

test('what is missing is named, and nothing is half composed', () => {
  expect(statementsOf({})).toEqual({ statements: [], missing: ['arrangement', 'format', 'provider'] })
  expect(statementsOf({ ...live, arrangement: 'state-joint', partner: ' ', accreditor: undefined }).missing).toEqual([
    'partner',
    'accreditor',
  ])
  expect(statementsOf({ ...endocrinologyActivity, place: undefined }).missing).toEqual(['place'])
  expect(statementsOf({ ...endocrinologyActivity, format: 'ama-live' }).missing).toEqual(['format'])
  expect(statementsOf({ ...live, schedule: [{ day: 1, minutes: 7, kind: 'education', title: 'x' }] }).missing).toEqual([
    'schedule',
  ])
})

test('a name stays plain characters on one line; its own article is not doubled', () => {
  const [first] = statementsOf({ ...live, provider: 'The *Bold*\n<!channel> [x](y)' }).statements
  expect(first!.text[2]).toMatch('The *Bold* <!channel> [x](y) says')
  expect(plainText(first!.text)).toMatch(/^\[MOCK, an exercise\] The \*Bold\*/)
})

test('whatever is planned, no statement leaves its frame', () => {
  const activity = fc.record({
    title: fc.string(),
    provider: fc.string(),
    partner: fc.string(),
    accreditor: fc.string(),
    place: fc.string(),
    start: fc.constant('2027-05-14'),
    quantity: fc.integer({ min: 1, max: 99 }),
    team: fc.boolean(),
    format: fc.constantFrom(...FORMATS.map(({ id }) => id)),
    arrangement: fc.constantFrom(...ARRANGEMENTS.map(({ value }) => value as Arrangement)),
    schedule: fc.constant(live.schedule!),
  })
  fc.assert(
    fc.property(activity, (any) => {
      const { statements, missing } = statementsOf(any)
      expect(statements.length === 0).toBe(missing.length > 0)
      for (const { text, note, kind } of statements) {
        expect(plainText(text)).toMatch(/^\[MOCK, an exercise\] [\s\S]* \[end of MOCK\]$/)
        if (kind !== 'accreditation') expect(plainText(text)).not.toMatch(/\(direct|joint|eaccme\)/)
        expect(note).toMatch(/^To know/)
      }
    }),
  )
})
