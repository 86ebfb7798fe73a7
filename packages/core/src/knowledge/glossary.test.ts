import { expect, test } from 'vitest'
import { lookup } from './glossary.ts'
import type { Term } from './onboarding.ts'

const term = (id: string, letters: string, name: string, rest: Partial<Term> = {}): Term => ({
  id,
  letters,
  name,
  jurisdiction: 'us',
  says: 'Made up for the test.',
  source: 'made up',
  checked: '2026-11-23',
  confidence: 'verified',
  ...rest,
})
const glossary = [
  term('eaccme', 'EACCME', 'European Accreditation Council for Continuing Medical Education', { jurisdiction: 'eu' }),
  term('accme', 'ACCME', 'Accreditation Council for Continuing Medical Education'),
  term('moc-us', 'MOC', 'maintenance of certification'),
  term('moc-ca', 'MOC', 'Maintenance of Certification Program', { jurisdiction: 'ca' }),
  term('pi-us', 'PI', 'performance improvement'),
  term('pi-trial', 'PI', 'principal investigator', { jurisdiction: 'intl' }),
  term('ja-pars', 'JA-PARS', 'Joint Accreditation Program and Activity Reporting System'),
  term('rss-series', 'RSS', 'regularly scheduled series'),
  term('credit-1', 'AMA PRA Category 1 Credit', 'AMA PRA Category 1 Credit™'),
  term('baek', 'BÄK', 'Bundesärztekammer', { jurisdiction: 'eu', also: ['Bundesärztekammer'] }),
  term('company', 'ineligible company', 'ineligible company'),
]
const ids = (said: string, region?: string) => lookup(glossary, said, region).found.map(({ id }) => id)

test.each([
  ['ECMEC is none of these', []],
  ['accme', ['accme']],
  ['  "ACCME"? ', ['accme']],
  ['what is the ACCME?', ['accme']],
  ['what does RSS stand for?', ['rss-series']],
  ['regularly scheduled series', ['rss-series']],
  ['ja pars', ['ja-pars']],
  ['bak', ['baek']],
  ['AMA PRA Category 1 Credit(s)™', ['credit-1']],
  ['*AMA PRA Category 1 Credits*™', ['credit-1']],
  ['ineligible companies', ['company']],
  ['moc-ca', ['moc-ca']],
  ['European Accreditation', ['eaccme']],
  ['', []],
])('“%s” finds %j', (said, found) => {
  expect(ids(said)).toEqual(found)
})

test('letters with several meanings give all of them, the reader’s own jurisdiction first, then what is used everywhere', () => {
  expect(ids('MOC', 'us')).toEqual(['moc-us', 'moc-ca'])
  expect(ids('moc', 'ca')).toEqual(['moc-ca', 'moc-us'])
  expect(ids('PI', 'us')).toEqual(['pi-us', 'pi-trial'])
  expect(ids('PI', 'eu')).toEqual(['pi-trial', 'pi-us'])
})

test('a slip of the finger finds what may have been meant, and says that it is a guess', () => {
  const { found, near } = lookup(glossary, 'ACMCE')
  expect(found).toEqual([])
  expect(near[0]).toMatchObject({ id: 'accme' })
  expect(lookup(glossary, 'EACME').near.map(({ id }) => id)).toContain('eaccme')
  expect(lookup(glossary, 'what does an accme-like thing cost').near.map(({ id }) => id)).toContain('accme')
  expect(lookup(glossary, 'horseradish')).toEqual({ found: [], near: [] })
})
