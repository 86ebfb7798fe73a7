import { expect, test } from 'vitest'
import type { Pathway, Step } from '../knowledge/onboarding.ts'
import { daysBetween, funnelOf, medianOf } from './funnel.ts'

const provenance = { source: 'made up', checked: '2026-11-23', confidence: 'well-known' as const }
const step = (id: string): Step => ({
  ...provenance,
  id,
  name: id,
  purpose: '',
  todo: [],
  resources: [],
  proof: { kind: 'attest', ask: '' },
  after: [],
  minutes: 10,
})
const pathway: Pathway = { ...provenance, id: 'newcomer', name: 'First steps', steps: [step('read'), step('join')] }

test('a step tells how many began it, how many did it, and the median of their days', () => {
  const counts = [
    { step: 'read', members: 3 },
    { step: 'read', days: 10, members: 1 },
    { step: 'read', days: 0, members: 1 },
    { step: 'read', days: 2, members: 2 },
    { step: 'of another pathway', days: 1, members: 9 },
  ]
  expect(funnelOf(pathway, counts)).toEqual([
    { step: pathway.steps[0], begun: 7, done: 4, median: 2 },
    { step: pathway.steps[1], begun: 0, done: 0 },
  ])
})

test('the median of the counts is the median of the days written out', () => {
  for (const days of [[4], [1, 2], [0, 0, 9], [3, 1, 2, 2, 8, 5], [7, 7, 1, 1]]) {
    const sorted = [...days].sort((a, b) => a - b)
    const plain = (sorted[(days.length - 1) >> 1]! + sorted[days.length >> 1]!) / 2
    expect(medianOf(days.map((one) => ({ days: one, members: 1 })))).toBe(plain)
  }
  expect(medianOf([])).toBeUndefined()
})

test('days are whole, and a clock that was set back makes none', () => {
  expect(daysBetween('2026-11-23T12:00:00.000Z', '2026-11-25T11:59:00.000Z')).toBe(1)
  expect(daysBetween('2026-11-23T12:00:00.000Z', '2026-11-20T12:00:00.000Z')).toBe(0)
})
