import { readFileSync } from 'node:fs'
import { classify, compile } from '@cme-commons/core'
import { load as parse } from 'js-yaml'
import { expect, test } from 'vitest'
import { load } from './load.ts'

type Labelled = { topic: string; region: string; action: boolean; headline: string }
const file = new URL('../test/fixtures/headlines.yaml', import.meta.url)
const { tracks, headlines } = parse(readFileSync(file, 'utf8')) as {
  tracks: Record<string, string[]>
  headlines: Labelled[]
}

const loaded = load()
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const classifier = compile(loaded.knowledge)
const labelled = headlines.map((wanted) => ({
  wanted,
  got: classify(classifier, { title: wanted.headline }, '2026-11-23'),
}))
const ours = labelled.filter(({ wanted }) => wanted.topic !== 'off-topic')
const others = labelled.filter(({ wanted }) => wanted.topic === 'off-topic')
const share = (list: typeof labelled, right: (one: (typeof labelled)[number]) => boolean) =>
  list.filter(right).length / list.length

test('at least nine in ten headlines of the field get their topic', () => {
  expect(share(ours, ({ wanted, got }) => wanted.topic === got.topic)).toBeGreaterThanOrEqual(0.9)
})

test('no headline of another field gets through', () => {
  expect(others.filter(({ got }) => got.topic !== 'off-topic').map(({ wanted }) => wanted.headline)).toEqual([])
})

test('every topic is known by at least five headlines', () => {
  const counts = loaded.knowledge.topics.map(({ id }) => headlines.filter(({ topic }) => topic === id).length)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(5)
})

test('region and the call to act are right in at least 85 of 100', () => {
  expect(share(ours, ({ wanted, got }) => wanted.region === got.region)).toBeGreaterThanOrEqual(0.85)
  expect(share(labelled, ({ wanted, got }) => wanted.action === got.actionRequired)).toBeGreaterThanOrEqual(0.85)
})

test('the tracks that follow a topic get the item', () => {
  const reached = share(ours, ({ wanted, got }) => tracks[wanted.topic]!.every((track) => got.tracks.includes(track)))
  expect(reached).toBeGreaterThanOrEqual(0.9)
})
