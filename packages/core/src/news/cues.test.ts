import { expect, test } from 'vitest'
import { add, find, phrases } from './cues.ts'
import { tokens } from './tokens.ts'

function found(text: string, ...says: string[]): string[] {
  const all = phrases()
  const numbers = new Map(says.map((words) => [add(all, words), words]))
  return find(all, tokens(text)).flatMap(({ phrase }) => numbers.get(phrase) ?? [])
}

test('names in capitals match exactly, other words in any case', () => {
  expect(found('EACCME and accme', 'ACCME', 'EACCME')).toEqual(['EACCME'])
  expect(found('Learning Objectives', 'learning objective')).toEqual(['learning objective'])
  expect(found('the alliance', '=Alliance')).toEqual([])
  expect(found('the Alliance', '=Alliance')).toEqual(['=Alliance'])
})

test('a singular finds its plural, a plural only itself', () => {
  expect(found('two contact hours', 'contact hour')).toEqual(['contact hour'])
  expect(found('the future of CPD', 'futures')).toEqual([])
})

test('spaces and hyphens are the same, beginnings are open, clauses keep phrases apart', () => {
  expect(found('the early-bird rate', 'early bird')).toEqual(['early bird'])
  expect(found('mitigating it', 'mitigat*')).toEqual(['mitigat*'])
  expect(found('it closes early. Bird song follows', 'early bird')).toEqual([])
})

test('a pair wants both halves near each other, in any order', () => {
  expect(found('decisions that the board ratified', 'board + ratif*')).toEqual(['board + ratif*'])
  expect(found('the board met', 'board + ratif*')).toEqual([])
  expect(found(`ratified ${'very '.repeat(12)} late by the board`, 'board + ratif*')).toEqual([])
})

test('one phrase may be part of another', () => {
  expect(found('credit designation', 'credit', 'credit designation')).toEqual(['credit', 'credit designation'])
})

test('a pair knows the words between its halves', () => {
  const all = phrases()
  const pair = add(all, 'board + ratif*')
  const match = (text: string) => find(all, tokens(text)).find(({ phrase }) => phrase === pair)
  expect(match('Board has ratified them')).toEqual({ phrase: pair, from: 0, to: 2, gap: [0, 2] })
  expect(match('ratified by the board')).toMatchObject({ from: 0, to: 3, gap: [0, 3] })
})
