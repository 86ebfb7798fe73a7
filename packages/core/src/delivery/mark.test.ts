import { expect, test } from 'vitest'
import { bearsMark, withMark } from './mark.ts'

test('a mark is found as a whole, wherever people wrote around it', () => {
  const found = (text: string) => bearsMark(text, 'cme-cc1-a1')
  for (const text of ['cme-cc1-a1', 'Our meeting · cme-cc1-a1', '(cme-cc1-a1)', 'cme-cc1-a1-q, cme-cc1-a1.'])
    expect([text, found(text)]).toEqual([text, true])
  for (const text of ['', 'cme-cc1-a1-q', 'cme-cc1-a12', 'xcme-cc1-a1', 'cme-cc1'])
    expect([text, found(text)]).toEqual([text, false])
  expect(bearsMark(null, 'cme-cc1-a1')).toBe(false)
})

test('a text is cut so that the mark has room; one that has it stays as it is', () => {
  expect(withMark('Our meeting', 'm1', 40)).toBe('Our meeting · m1')
  expect(withMark('', 'm1', 40)).toBe('m1')
  expect(withMark('Hello (m1)', 'm1', 40)).toBe('Hello (m1)')
  const long = withMark('word '.repeat(40), 'm1', 60)
  expect(long).toMatch(/ · m1$/)
  expect(long.length).toBeLessThanOrEqual(60)
})
