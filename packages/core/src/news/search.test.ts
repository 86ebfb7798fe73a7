import { expect, test } from 'vitest'
import { readSearch, searchWords } from './search.ts'

test('words, phrases, beginnings, what is left out, filters and the order are told apart', () => {
  expect(
    readSearch(
      'mitigation "Financial Relationships" accredit* -webinar topic:standards-integrity body:"UEMS EACCME" by:relevance',
    ),
  ).toEqual({
    terms: [
      { words: ['mitigation'] },
      { words: ['financial', 'relationship'] },
      { words: ['accredit'], prefix: true },
      { words: ['webinar'], not: true },
    ],
    filters: [
      { name: 'topic', value: 'standards-integrity' },
      { name: 'body', value: 'UEMS EACCME' },
    ],
    order: 'relevance',
  })
})

test.each([
  ['outcomes-based', [{ words: ['outcome', 'based'] }]],
  ['"in the open', [{ words: ['in', 'the', 'open'] }]],
  ['"standards for integ"*', [{ words: ['standard', 'for', 'integ'], prefix: true }]],
  ['policies*', [{ words: ['polic'], prefix: true }]],
  ['a*', [{ words: ['a'] }]],
  ['ÉACCME® A.C.C.M.E.', [{ words: ['eaccme'] }, { words: ['accme'] }]],
  ['programmes', [{ words: ['program'] }]],
  ['-only -not', []],
  ['"" * -- \' OR AND NEAR(', [{ words: ['or'] }, { words: ['and'] }, { words: ['near'] }]],
])('%s is read', (said, terms) => {
  expect(readSearch(said).terms).toEqual(terms)
})

test('what is asked and what is kept are folded alike', () => {
  expect(searchWords('The ACCME®’s Standards — paediatric CME/CPD, don’t')).toEqual([
    'the',
    'accme',
    'standard',
    'pediatric',
    'cme',
    'cpd',
    'dont',
  ])
})

test('a question is cut, however long', () => {
  expect(readSearch('word '.repeat(5000)).terms).toHaveLength(12)
  expect(readSearch(`"${'word '.repeat(5000)}"`).terms[0]?.words).toHaveLength(30)
})
