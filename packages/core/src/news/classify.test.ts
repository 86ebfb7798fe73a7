import { expect, test } from 'vitest'
import type { Knowledge, Source } from '../knowledge/knowledge.ts'
import { classify, compile } from './classify.ts'

const seen = { source: 'made up', checked: '2026-11-23', confidence: 'verified' } as const
const topic = { ...seen, summary: '', tracks: ['accreditation'], region: 'us' }
const knowledge: Knowledge = {
  version: 'test',
  glossary: [],
  conferences: {
    catalog: [],
    deadlines: [],
    chain: [],
    holidays: [],
    disclosure: { title: '', says: [], href: '', source: '', checked: '', confidence: 'verified' },
  },
  onboarding: {
    version: 'test',
    pathways: [],
    milestones: [],
    resources: [],
    questions: [],
    finder: [],
    samples: [],
    glossary: [],
    rules: [],
    activityRules: [],
    statements: [],
    rubric: [],
    sayings: [],
  },
  tracks: [
    { ...seen, id: 'accreditation', name: 'Accreditation', summary: '', topics: [] },
    { ...seen, id: 'edtech', name: 'Technology', summary: '', topics: [], cues: ['LMS'] },
  ],
  regions: [
    { ...seen, id: 'us', name: 'US', cues: ['American'] },
    { ...seen, id: 'eu', name: 'Europe', topic: 'europe', cues: ['Brussels'] },
  ],
  bodies: [
    { ...seen, id: 'accme', name: 'ACCME', names: ['ACCME'], region: 'us', sign: 'sure', topic: 'policy' },
    { ...seen, id: 'uems', name: 'UEMS', names: ['UEMS', 'EACCME'], region: 'eu', sign: 'sure', topic: 'europe' },
    { ...seen, id: 'acpe', name: 'ACPE', names: ['ACPE'], region: 'us', not: ['pastoral'] },
  ],
  topics: [
    { ...topic, id: 'policy', name: 'Policy', order: 1, cues: [{ says: 'criteria', weight: 4, sign: 'none' }] },
    {
      ...topic,
      id: 'credit',
      name: 'Credit',
      order: 2,
      cues: [
        { says: 'credit', weight: 3 },
        { says: 'credit designation', weight: 8, sign: 'sure' },
        { says: 'contact hour', weight: 6, sign: 'likely' },
        { says: 'certif* + learner', weight: 7, sign: 'likely' },
      ],
      not: ['tax credit'],
    },
    {
      ...topic,
      id: 'europe',
      name: 'Europe',
      order: 3,
      region: 'eu',
      cues: [{ says: 'ECMEC', weight: 8, sign: 'sure' }],
    },
    { ...topic, id: 'off-topic', name: 'Other', order: 99, tracks: [], cues: [] },
  ],
  sources: [],
  signals: {
    ...seen,
    action: [
      { says: 'call for comment', weight: 3 },
      { says: 'due', weight: 2 },
      { says: 'by', weight: 1 },
      { says: 'before', weight: 1 },
      { says: 'must', weight: 2 },
      { says: 'early bird', weight: 2 },
      { says: 'takes effect', weight: 2 },
      { says: 'from', weight: 1 },
      { says: 'after', weight: 1 },
      { says: 'no longer + after', weight: 2 },
    ],
    starts: ['takes effect', 'from'],
    after: ['after'],
    comments: ['call for comment'],
    explains: ['what', 'how'],
    over: ['responses received', 'summar* + comment*'],
    field: [{ says: 'CME', weight: 1, sign: 'likely' }],
    offTopic: [
      { says: 'CME Group', weight: 6 },
      { says: 'futures', weight: 4 },
      { says: 'ACGME', weight: 3 },
    ],
    ignore: ['due to'],
    otherwise: 'policy',
  },
}
const classifier = compile(knowledge)
const of = (title: string, text = '', source?: Source) => classify(classifier, { title, text, source }, '2026-11-23')

test('EACCME is not ACCME', () => {
  expect(of('EACCME® raises its fees').body).toBe('uems')
  expect(of('ACCME’s criteria').body).toBe('accme')
  expect(of('ACCME-accredited providers').body).toBe('accme')
})

test('the words of another field win over a name that looks like ours', () => {
  expect(of('CME Group posts record volume in futures')).toMatchObject({ topic: 'off-topic', tracks: [] })
  expect(of('CME Group posts record volume in futures').why[0]).toEqual({
    label: 'topic',
    value: 'off-topic',
    cue: 'CME Group',
    where: 'title',
  })
  expect(of('ACGME changes its criteria').topic).toBe('off-topic')
  expect(of('ACGME and ACCME align their criteria').topic).toBe('policy')
})

test('an item without a sign of the field is off topic', () => {
  expect(of('New criteria for grants').why[0]).toMatchObject({ value: 'off-topic', cue: 'no word of this field' })
  expect(of('Where is my credit?').topic).toBe('off-topic')
  expect(of('Where is my CME credit?').topic).toBe('credit')
  expect(of('CME tomorrow').topic).toBe('off-topic')
})

test('a name beside the words of its other sense is no body', () => {
  expect(of('ACPE and contact hours').body).toBe('acpe')
  expect(of('ACPE, pastoral care and contact hours').body).toBeUndefined()
})

test('the title weighs more than the text, and the longer phrase hides the shorter', () => {
  expect(of('Credit designation explained', 'The criteria for CME did not change.').topic).toBe('credit')
  expect(of('Credit designation explained').why[0]).toMatchObject({ cue: 'Credit designation', where: 'title' })
  expect(of('ACCME and the tax credit').topic).toBe('policy')
})

test('an own source vouches for its items, a mixed one does not', () => {
  const source: Source = {
    ...seen,
    id: 's',
    name: 'Own news',
    kind: 'feed',
    enabled: true,
    topic: 'credit',
    region: 'eu',
  }
  expect(of('A new page', '', source)).toMatchObject({ topic: 'credit', region: 'eu' })
  expect(of('A new page', '', source).why[0]).toMatchObject({ cue: 'Own news', where: 'source' })
  expect(of('A new page', '', { ...source, mixed: true }).topic).toBe('off-topic')
  expect(of('Futures and options', '', source).topic).toBe('off-topic')
})

test('a body decides the region, a place where no body is named', () => {
  expect(of('ACCME criteria')).toMatchObject({ region: 'us' })
  expect(of('ACCME criteria discussed in Brussels')).toMatchObject({ region: 'us' })
  expect(of('CME criteria discussed in Brussels')).toMatchObject({ region: 'eu' })
  expect(of('ECMEC explained')).toMatchObject({ region: 'eu', topic: 'europe' })
})

test('a hostile text costs no more than its head', () => {
  const long = `ACCME criteria due 1 March ${'1 '.repeat(200_000)}${' '.repeat(200_000)}${'a'.repeat(200_000)}`
  expect(of(long, long)).toMatchObject({ topic: 'policy', actionDate: '2027-03-01' })
})

test('a word of a track brings the item to it', () => {
  expect(of('ACCME criteria in your LMS').tracks).toEqual(['accreditation', 'edtech'])
})

const cue = (title: string, label: string) => of(title).why.find((why) => why.label === label)?.cue

test('the reason of a label is the words as they stand in the item', () => {
  expect(cue('ACCME: Calls for Comment on criteria', 'action')).toBe('Calls for Comment')
  expect(cue('EACCME®’s fees for CME', 'body')).toBe('EACCME®’s')
  expect(cue('CONTACT-HOURS for CME', 'topic')).toBe('CONTACT-HOURS')
  expect(cue('Certifying what the CME learners did', 'topic')).toBe('Certifying … learners')
  expect(cue('Certified learners of CME', 'topic')).toBe('Certified learners')
  expect(cue('CONTACT-HOURS for CME', 'region')).toBe('CONTACT-HOURS')
  expect(cue('CONTACT-HOURS for CME', 'tracks')).toBe('CONTACT-HOURS')
  const long = `Certificat${'e'.repeat(80)} for CME learners`
  expect(cue(long, 'topic')!.length).toBeLessThanOrEqual(60)
})

test('a headline that tells what to do, or that it is done, asks for nothing without a date', () => {
  expect(of('ACCME providers must change their criteria').actionRequired).toBe(true)
  expect(of('ACCME explains what providers must change').actionRequired).toBe(false)
  expect(of('What now? ACCME providers must change').actionRequired).toBe(true)
  expect(of('What ACCME providers must send; due 1 March').actionDate).toBe('2027-03-01')
  expect(of('ACCME call for comment: responses received').actionRequired).toBe(false)
  expect(of('ACCME summarises answers to its call for comment').actionRequired).toBe(false)
})

test('what asks for something says until when', () => {
  expect(of('ACCME call for comment; responses due 15 March')).toMatchObject({
    actionRequired: true,
    actionDate: '2027-03-15',
  })
  expect(of('ACCME criteria', 'Send your answer by 1 February 2027.')).toMatchObject({ actionDate: '2027-02-01' })
  expect(of('ACCME criteria', 'They were due 1 February 2020.').actionRequired).toBe(false)
  expect(of('ACCME delays criteria due to storm').actionRequired).toBe(false)
  expect(of('ACCME early bird ends').actionDate).toBeUndefined()
  expect(of('ACCME criteria by 12–14 March 2027').actionRequired).toBe(false)
  expect(of('ACCME call for comment due 15 March').why.filter(({ label }) => label === 'date')).toEqual([
    { label: 'date', value: '2027-03-15', cue: '15 March', where: 'title', sense: 'comments' },
  ])
})

test.each([
  ['ACCME criteria: policy takes effect 22 December', 'from'],
  ['ACCME criteria: batch files need the new column from 22 December', 'from'],
  ['ACCME criteria: must report from 22 December', 'from'],
  ['ACCME criteria: applies to activities that begin after 22 December', 'after'],
  ['ACCME criteria: no longer accepted after 22 December', undefined],
  ['ACCME criteria: reports due 22 December', undefined],
  ['ACCME criteria, year-end reporting: five steps before 22 December', undefined],
  ['ACCME criteria: answers by 22 December', undefined],
  ['ACCME call for comment on criteria: answers by 22 December', 'comments'],
  ['ACCME call for comment: a policy that takes effect 22 December', 'from'],
])('%s', (title, sense) => {
  const date = of(title).why.find(({ label }) => label === 'date')
  expect(date).toMatchObject({ value: '2026-12-22' })
  expect(date!.sense).toBe(sense)
})
