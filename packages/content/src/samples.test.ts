import { classify, compile } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { load } from './load.ts'
import { datedSamples } from './samples.ts'

const loaded = load()
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const { knowledge, samples } = loaded
// 25 November 2026 is a Wednesday; the Monday of that week is the 23rd.
const dated = datedSamples(samples, '2026-11-25')

test('each sample gets the topic and region it was written for', () => {
  const classifier = compile(knowledge)
  const source = knowledge.sources.find((one) => one.sample)
  for (const { title, text, day, topic, region } of dated) {
    const got = classify(classifier, { title, text, source }, day)
    expect({ title, topic: got.topic, region: got.region }).toEqual({ title, topic, region })
  }
})

test('every topic has at least three samples, other fields included', () => {
  for (const { id } of knowledge.topics)
    expect(samples.filter(({ topic }) => topic === id).length, id).toBeGreaterThanOrEqual(3)
})

test('samples appear from Tuesday to Thursday and their dates are filled in', () => {
  expect(dated[0]?.day).toBe('2026-11-03')
  expect(dated.at(-1)!.day > '2027-01-14').toBe(true)
  for (const { day, title, text } of dated) {
    expect([2, 3, 4]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
    expect(`${title} ${text}`).not.toMatch(/\{day/)
  }
  expect(dated[0]?.text).toContain('18 December 2026')
})

test('every sample carries the label', () => {
  expect(new Set(samples.map(({ label }) => label))).toEqual(new Set(['Sample']))
})
