import { expect, test } from 'vitest'
import { ATTEMPTS, backoff } from './backoff.ts'

test('each failure waits longer, about nine hours in all', () => {
  const waits = Array.from({ length: ATTEMPTS - 1 }, (_, i) => backoff(i + 1, 'digest/s1/2026-11-23'))
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits.reduce((a, b) => a + b) / 3_600_000).toBeGreaterThan(7)
  expect(backoff(20, 'x')).toBeLessThanOrEqual(1.2 * 6 * 3_600_000)
})

test('what failed together comes back spread out, the same way each time', () => {
  const waits = Array.from({ length: 1000 }, (_, i) => backoff(1, `digest/s${i}/2026-11-23`))
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(24_000)
  expect(Math.max(...waits)).toBeLessThanOrEqual(36_000)
  for (const from of [24_000, 27_000, 30_000, 33_000])
    expect(waits.filter((wait) => wait >= from && wait < from + 3_000).length).toBeGreaterThan(200)
  expect(backoff(3, 'a')).toBe(backoff(3, 'a'))
})
