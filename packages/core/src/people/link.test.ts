import { expect, test } from 'vitest'
import { CODE_LETTERS, codeInWords, goesOn, type LinkDocument, readCode } from './link.ts'

const needs = (state: string, changed = '2026-11-01'): LinkDocument => ({ kind: 'needs', state, changed })
const activity = (state: string, changed = '2026-11-01'): LinkDocument => ({ kind: 'activity', state, changed })

test('a code is read however it is typed', () => {
  expect(codeInWords('BCDFGHJK')).toBe('BCDF-GHJK')
  for (const said of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk ', '`BCDF–GHJK`']) expect(readCode(said)).toBe('BCDFGHJK')
})

test('no letter of a code looks like another, or like a digit', () => {
  for (const one of 'IJLOQUV0158') expect(one === 'J' || !CODE_LETTERS.includes(one)).toBe(true)
  expect(new Set(CODE_LETTERS).size).toBe(CODE_LETTERS.length)
})

test.each([
  [
    'an activity that waits goes on before a ready assessment',
    [needs('ready'), activity('submitted')],
    [needs('ready')],
  ],
  ['an approved activity before one that waits', [activity('approved')], [activity('submitted', '2026-11-09')]],
  ['a ready assessment before a newer draft', [needs('ready')], [needs('draft', '2026-11-09')]],
  ['the newer of two drafts', [needs('draft', '2026-11-09')], [needs('draft')]],
  ['something before nothing', [needs('draft')], []],
] as const)('%s', (_, further, other) => {
  expect(goesOn(further, other)).toBe(true)
  expect(goesOn(other, further)).toBe(false)
})
