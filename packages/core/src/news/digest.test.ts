import { expect, test } from 'vitest'
import type { Filter } from '../people/subscription.ts'
import { inOrder, inParts, judge } from './digest.ts'
import type { Item } from './item.ts'

const all: Filter = { bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 8 }
const labels = { topic: 'outcomes', region: 'us', tracks: ['program'], body: 'accme' }
const knowledge = {
  topics: [
    { id: 'standards', order: 1 },
    { id: 'credit', order: 4 },
    { id: 'outcomes', order: 9 },
  ],
} as never
const item = (seq: number, topic: string, action?: string | true): Item =>
  ({
    id: `i${seq}`,
    seq,
    topic,
    actionRequired: action !== undefined,
    ...(typeof action === 'string' ? { actionDate: action } : {}),
  }) as Item

test('an empty filter lets everything of the field through, and off-topic items never', () => {
  expect(judge(all, labels)).toEqual({ through: true, because: [] })
  expect(judge(all, { ...labels, topic: 'off-topic' })).toEqual({ through: false, rule: 'off-topic' })
})

test('a filter says what let an item through, or which rule kept it out', () => {
  const filter = { ...all, tracks: ['program', 'academic'], regions: ['us', 'intl'] }
  expect(judge(filter, labels)).toEqual({ through: true, because: ['region us', 'track program'] })
  expect(judge(filter, { ...labels, region: 'eu' })).toEqual({ through: false, rule: 'other region' })
  expect(judge({ ...all, muted: ['outcomes'] }, labels)).toEqual({ through: false, rule: 'muted topic' })
  expect(judge({ ...all, bodies: ['uems'] }, { ...labels, body: undefined })).toEqual({
    through: false,
    rule: 'other body',
  })
})

test('what needs action first comes first, soonest date first; then standards; then the rest, oldest first', () => {
  const items = [
    item(1, 'outcomes'),
    item(2, 'credit'),
    item(3, 'standards'),
    item(4, 'outcomes', true),
    item(5, 'credit', '2027-03-31'),
    item(6, 'outcomes', '2027-01-10'),
    item(7, 'credit'),
  ]
  const order = inOrder(items, knowledge, '2026-11-23')
  expect(order.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 7, 1])
  expect(inParts(order, knowledge, '2026-11-23').map(({ part, items }) => [part, items.length])).toEqual([
    ['action', 3],
    ['standards', 1],
    ['rest', 3],
  ])
})
