import { expect, test } from 'vitest'
import { fuzzApi } from '../fuzz/api.ts'

test('whatever is asked, the answer is one of those that the document tells', async () => {
  const done = await fuzzApi({ runs: 600, seed: 7 })
  expect(done.runs).toBeGreaterThan(550)
  for (const status of ['200', '201', '401', '403', '404', '422'])
    expect(done.answers[status], status).toBeGreaterThan(0)
}, 60_000)
