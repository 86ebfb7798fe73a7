import { expect, test } from 'vitest'
import { fuzz } from '../fuzz/feeds.ts'

test('broken feeds and pages are read or refused: nothing stops, leaks or is stored by halves', async () => {
  const done = await fuzz({ runs: 600, seed: 8 })
  expect(done).toMatchObject({ runs: 600 })
  expect(done.read).toBeGreaterThan(300)
  expect(done.stored).toBeGreaterThan(0)
})
