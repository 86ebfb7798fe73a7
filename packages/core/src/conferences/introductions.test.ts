import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Introducible, interestWords, introduce, pairKey, roundsOf, sharedWords } from './introductions.ts'

const INTERESTS = [
  'rural practice',
  'outcomes in oncology',
  'simulation',
  'rural outcomes',
  'credit',
  '',
  'ECMEC credits',
]
const TRACKS = ['program', 'academic', 'accreditation', 'edtech', undefined]
const people = (min: number, max: number) =>
  fc
    .array(
      fc.record({
        track: fc.constantFrom(...TRACKS),
        interest: fc.constantFrom(...INTERESTS),
        replied: fc.constantFrom(true, false, undefined),
        again: fc.boolean(),
      }),
      { minLength: min, maxLength: max },
    )
    .map((all) =>
      all.map(
        ({ track, replied, ...one }, i): Introducible => ({
          id: `m${i}`,
          ...one,
          ...(track ? { track } : {}),
          ...(replied === undefined ? {} : { replied }),
        }),
      ),
    )
const pairsIn = (groups: readonly string[][]) =>
  groups.flatMap((group) => group.flatMap((a, i) => group.slice(i + 1).map((b) => pairKey(a, b))))

test('round after round: never the same pair twice, pairs, and a trio for an odd number alone', () => {
  fc.assert(
    fc.property(people(0, 14), fc.integer({ min: 1, max: 12 }), (all, rounds) => {
      const met = new Set<string>()
      for (let round = 0; round < rounds; round++) {
        const groups = introduce(all, met, `e1/${round}`)
        const placed = groups.flat()
        expect(new Set(placed).size).toBe(placed.length)
        expect(placed.every((id) => all.some((one) => one.id === id))).toBe(true)
        for (const group of groups) expect([2, 3]).toContain(group.length)
        expect(groups.filter(({ length }) => length === 3).length).toBeLessThanOrEqual(all.length % 2)
        for (const pair of pairsIn(groups)) {
          expect(met.has(pair)).toBe(false)
          met.add(pair)
        }
      }
    }),
  )
})

test('whoever has met fewer than half of the others finds a place, whatever the history', () => {
  const history = people(2, 15).chain((all) =>
    fc.record({ all: fc.constant(all), picks: fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 80 }) }),
  )
  fc.assert(
    fc.property(history, ({ all, picks }) => {
      const met = new Set<string>()
      const count = new Map<string, number>()
      const of = (id: string) => count.get(id) ?? 0
      for (const [i, j] of picks) {
        const [a, b] = [all[i % all.length]!.id, all[j % all.length]!.id]
        const full = (id: string) => of(id) + 1 >= (all.length - 1) / 2
        if (a === b || met.has(pairKey(a, b)) || full(a) || full(b)) continue
        met.add(pairKey(a, b))
        for (const id of [a, b]) count.set(id, of(id) + 1)
      }
      expect(introduce(all, met, 'e1/1').flat().length).toBe(all.length)
    }),
    { numRuns: 300 },
  )
})

test('the same people, history and seed give the same groups, in whatever order they are listed', () => {
  fc.assert(
    fc.property(people(0, 20), fc.string(), (all, seed) => {
      const groups = introduce(all, new Set(), seed)
      expect(introduce(all, new Set(), seed)).toEqual(groups)
      expect(introduce(all.toReversed(), new Set(), seed)).toEqual(groups)
    }),
  )
})

test('who leaves is in no group of the next round, and everybody else is', () => {
  fc.assert(
    fc.property(people(4, 20), fc.nat(), (all, which) => {
      const gone = all[which % all.length]!.id
      const placed = introduce(
        all.filter(({ id }) => id !== gone),
        new Set(),
        'e1/1',
      ).flat()
      expect(placed).not.toContain(gone)
      expect(placed.length).toBe(all.length - 1)
    }),
  )
})

test('other tracks come first, then what people share', () => {
  const one = (id: string, track: string, interest: string): Introducible => ({ id, track, interest })
  const four = [
    one('ana', 'program', 'rural practice'),
    one('ben', 'program', 'rural practice'),
    one('cleo', 'edtech', 'simulation'),
    one('dan', 'edtech', 'rural simulation'),
  ]
  for (const seed of ['a', 'b', 'c', 'd', 'e'])
    for (const group of introduce(four, new Set(), seed))
      expect(new Set(group.map((id) => four.find((x) => x.id === id)!.track)).size).toBe(2)
  const same = four.map((person) => ({ ...person, track: 'program' }))
  for (const seed of ['a', 'b', 'c'])
    expect(introduce(same, new Set(), seed).map((group) => group.toSorted())).toContainEqual(['ana', 'ben'])
})

test('who waited in vain is brought together with somebody who answers', () => {
  const all: Introducible[] = [
    { id: 'waited', interest: 'credit', again: true },
    { id: 'silent', interest: 'credit', replied: false },
    { id: 'answers', interest: 'simulation', replied: true },
  ]
  const four = [...all, { id: 'fresh', interest: 'outcomes' }]
  for (const seed of ['a', 'b', 'c', 'd'])
    expect(introduce(four, new Set(), seed).map((group) => group.toSorted())).toContainEqual(['answers', 'waited'])
})

test('shared words leave out the small ones, and know singular and plural', () => {
  expect(interestWords('I am interested in CME credits for rural practices')).toEqual(['credit', 'rural', 'practice'])
  expect(sharedWords('Rural practice and credits', 'Credit in the rural south')).toEqual(['rural', 'credit'])
})

test('five hundred people are brought together in one go, on any seed', () => {
  const all = Array.from(
    { length: 501 },
    (_, i): Introducible => ({
      id: `m${i}`,
      track: TRACKS[i % 4]!,
      interest: INTERESTS[i % INTERESTS.length]!,
    }),
  )
  const groups = introduce(all, new Set(), 'e1/1')
  expect(groups.flat().length).toBe(501)
  expect(groups.filter(({ length }) => length === 3).length).toBe(1)
})

test('rounds come two weeks before at ten, and on the first day at eight, by the clock of the place', () => {
  expect(roundsOf('2027-03-15', 'America/Chicago')).toEqual([
    { round: 'two-weeks-before', opens: '2027-03-01T16:00:00.000Z', until: '2027-03-08T16:00:00.000Z' },
    { round: 'first-day', opens: '2027-03-15T13:00:00.000Z', until: '2027-03-16T05:00:00.000Z' },
  ])
})
