import { expect, test } from 'vitest'
import { fuzzApi } from '../fuzz/api.ts'
import { describeEachDatabase } from '../support/databases.ts'

/** PostgreSQL takes longer, and differs in what it takes as text and numbers alone. */
const RUNS = { sqlite: 600, postgres: 250 }

describeEachDatabase((fresh, dialect) => {
  test('whatever is asked, the answer is one of those that the document tells', async () => {
    const runs = RUNS[dialect]
    const done = await fuzzApi(await (await fresh()).open(), { runs, seed: 7 })
    expect(done.runs).toBeGreaterThan(runs * 0.9)
    for (const status of ['200', '201', '401', '403', '404', '422'])
      expect(done.answers[status], status).toBeGreaterThan(0)
  }, 60_000)
})
