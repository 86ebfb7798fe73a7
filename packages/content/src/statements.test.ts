import { type Arrangement, FORMATS, type FormatId, type MockActivity, plainText, statementsOf } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { loadOnboarding } from './load-onboarding.ts'

const loaded = loadOnboarding()
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const { statements: templates } = loaded.onboarding

const live: MockActivity = {
  title: 'Titrating treatment at the visit',
  format: 'ama-live',
  start: '2027-03-01',
  arrangement: 'direct',
  provider: 'Example Valley Health',
  schedule: [{ day: 1, minutes: 60, kind: 'education', title: 'Cases' }],
  partner: 'Example County Society',
  accreditor: 'Example State Medical Association (ESMA)',
}
const told = (activity: MockActivity) => statementsOf(activity, templates).statements.map(({ text }) => plainText(text))
const framed = (text: string) => `[MOCK, an exercise] ${text} [end of MOCK]`
const DESIGNATION =
  'The Example Valley Health designates this live activity for a maximum of 1.0 AMA PRA Category 1 Credit(s)™. Physicians should claim only the credit commensurate with the extent of their participation in the activity.'
const ACCME = 'Accreditation Council for Continuing Medical Education (ACCME)'
const DIRECT = `The Example Valley Health is accredited by the ${ACCME} to provide continuing medical education for physicians.`
const JA = `In support of improving patient care, Example Valley Health is jointly accredited by the ${ACCME}, the Accreditation Council for Pharmacy Education (ACPE), and the American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.`

/** The required wordings, written out here a second time: a slip of the pen in the content shows. */
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
  const [, credit] = statementsOf(live, templates).statements
  const at = credit!.text.findIndex((span) => typeof span === 'object' && 'em' in span)
  expect(credit!.text[at]).toEqual({ em: 'AMA PRA Category 1 Credit(s)' })
  expect(credit!.text[at + 1]).toMatch(/^™/)
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

const congress: MockActivity = {
  title: 'A made-up congress',
  format: 'eaccme-live',
  start: '2027-05-14',
  place: 'Lisbon, Portugal',
  schedule: [
    { day: 1, minutes: 125, kind: 'education', title: 'Cases' },
    { day: 2, minutes: 120, kind: 'education', title: 'Reports' },
  ],
  arrangement: 'eaccme',
}
test('a European event of two days names place, days and credits; the clause on conversion is dated', () => {
  const { statements } = statementsOf(congress, templates)
  expect(plainText(statements[0]!.text)).toBe(
    framed(
      'A made-up congress, Lisbon, Portugal, 14/05/2027–15/05/2027 has been accredited by the European Accreditation Council for Continuing Medical Education (EACCME®) with 4 European CME credits (ECMEC®s). Each medical specialist should claim only those hours of credit that he/she actually spent in the educational activity.',
    ),
  )
  expect(plainText(statements[1]!.text)).toMatch(/equivalent number of AMA PRA Category 1 Credits™\. Information/)
  expect(statements[1]!.note).toMatch(/nominally ends in 2026.*UEMS-EACCME, checked 23 November 2026/)
})

test('each AMA format is named in the designation, none as a status', () => {
  const named = Object.fromEntries(
    FORMATS.filter(({ system }) => system === 'ama').map(({ id }) => [
      id,
      told({ ...live, format: id as FormatId, quantity: 1 })[1],
    ]),
  )
  expect(named['ama-enduring']).toContain('designates this enduring material for a maximum of 1.0 ')
  expect(named['ama-journal']).toContain('designates this journal-based CME activity for a maximum of 1.0 ')
  for (const text of Object.values(named)) expect(text).toMatch(/designates this [A-Za-z -]+ for a maximum of \d/)
})

test('who requires the wording is told, and what only an accreditor may grant is noted', () => {
  for (const { owner, source, confidence } of templates) {
    expect(owner).toMatch(/ACCME|Joint Accreditation|American Medical Association|state accreditor/)
    expect(source.length).toBeGreaterThan(10)
    expect(confidence).not.toBe('inferred')
  }
  expect(statementsOf(congress, templates).statements[0]!.note).toMatch(/Only after EACCME has granted it/)
})
