import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from '../views/plain.ts'
import type { Arrangement, MockActivity } from './activity.ts'
import { ARRANGEMENTS } from './activity-fields.ts'
import { endocrinologyActivity, hypertensionActivity } from './fixtures/mock-activity.ts'
import { FORMATS } from './formats.ts'
import { statementsOf } from './statements.ts'

const live: MockActivity = {
  ...hypertensionActivity,
  format: 'ama-live',
  schedule: [{ day: 1, minutes: 60, kind: 'education', title: 'Cases' }],
  partner: 'Example County Society',
  accreditor: 'Example State Medical Association (ESMA)',
}
const told = (activity: MockActivity) => statementsOf(activity).statements.map(({ text }) => plainText(text))
const framed = (text: string) => `[MOCK, an exercise] ${text} [end of MOCK]`
const DESIGNATION =
  'The Example Valley Health designates this live activity for a maximum of 1.0 AMA PRA Category 1 Credit(s)™. Physicians should claim only the credit commensurate with the extent of their participation in the activity.'
const ACCME = 'Accreditation Council for Continuing Medical Education (ACCME)'
const DIRECT = `The Example Valley Health is accredited by the ${ACCME} to provide continuing medical education for physicians.`
const JA = `In support of improving patient care, Example Valley Health is jointly accredited by the ${ACCME}, the Accreditation Council for Pharmacy Education (ACPE), and the American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.`

test.each<[Arrangement, string]>([
  ['direct', DIRECT],
  ['co-provided', DIRECT],
  [
    'joint',
    `This activity has been planned and implemented in accordance with the accreditation requirements and policies of the ${ACCME} through the joint providership of Example Valley Health and Example County Society. The Example Valley Health is accredited by the ACCME to provide continuing medical education for physicians.`,
  ],
  [
    'state-direct',
    'The Example Valley Health is accredited by the Example State Medical Association (ESMA) to provide continuing medical education for physicians.',
  ],
  [
    'state-joint',
    'This activity has been planned and implemented in accordance with the accreditation requirements and policies of the Example State Medical Association (ESMA) through the joint providership of Example Valley Health and Example County Society. The Example Valley Health is accredited by the Example State Medical Association (ESMA) to provide continuing medical education for physicians.',
  ],
  ['ja-direct', JA],
  [
    'ja-joint',
    `This activity has been planned and implemented by Example Valley Health and Example County Society. ${JA}`,
  ],
])('%s: the accreditation statement and the designation, each alone', (arrangement, accreditation) => {
  expect(told({ ...live, arrangement })).toEqual([framed(accreditation), framed(DESIGNATION)])
})

test('the name of AMA credit is in italics, its mark behind it, whatever the surface', () => {
  const [, credit] = statementsOf(live).statements
  const at = credit!.text.findIndex((span) => typeof span === 'object' && 'em' in span)
  expect(credit!.text[at]).toEqual({ em: 'AMA PRA Category 1 Credit(s)' })
  expect(credit!.text[at + 1]).toBe('™')
})

test('a team gets its credit statement from a jointly accredited provider alone', () => {
  const team = { ...live, team: true }
  expect(told({ ...team, arrangement: 'ja-direct' })[2]).toBe(
    framed(
      'This activity was planned by and for the healthcare team, and learners will receive 1.0 Interprofessional Continuing Education (IPCE) credit for learning and change.',
    ),
  )
  expect(told(team)).toHaveLength(2)
})

test('a European event of two days names place, days and credits; the clause on conversion is dated', () => {
  const { statements } = statementsOf(endocrinologyActivity)
  expect(plainText(statements[0]!.text)).toBe(
    framed(
      'Adrenal incidentaloma: cases with radiology, Lisbon, Portugal, 14/05/2027–15/05/2027 has been accredited by the European Accreditation Council for Continuing Medical Education (EACCME®) with 5 European CME credits (ECMEC®s). Each medical specialist should claim only those hours of credit that he/she actually spent in the educational activity.',
    ),
  )
  expect(plainText(statements[1]!.text)).toMatch(/equivalent number of AMA PRA Category 1 Credits™\. Information/)
  expect(statements[1]!.note).toMatch(/nominally ends in 2026.*Checked on 23 November 2026/)
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
  expect(first!.text).toContain('*Bold* <!channel> [x](y)')
  expect(plainText(first!.text)).toMatch(/^\[MOCK, an exercise\] The \*Bold\*/)
})

test('whatever is planned, no statement leaves its frame, and a status is told in the templates alone', () => {
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
        expect(note ?? '').not.toMatch(/\bis accredited\b/)
        if (kind !== 'accreditation') expect(plainText(text)).not.toMatch(/\baccredited by\b/)
      }
    }),
  )
})
