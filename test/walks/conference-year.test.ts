import { expect, test } from 'vitest'
import { liveYear } from '../support/conference-year.ts'
import { describeEachDatabase } from '../support/databases.ts'
import type { OracleMessage } from '../support/reminder-oracle.ts'

const line = ({ at, who, date, what }: OracleMessage) => `${at} ${who} ${date} ${what}`

describeEachDatabase((fresh, dialect) => {
  test('a year of moves, cancellations, outages and clock changes: every message and its absence as the policy has it', async () => {
    // The whole year of 2,000 dates and 5,000 members is lived by `pnpm bench conference-year`.
    const small = { conferences: 10, dates: 90, members: 60, changes: 220 }
    const year = dialect === 'sqlite' ? { ...small, seed: 11, zones: 6 } : { ...small, seed: 12, zones: 3 }
    const { sent, expected } = await liveYear(await (await fresh()).open(), year)
    const [ours, theirs] = [sent.map(line), expected.map(line)]
    const known = new Set(theirs)
    const got = new Set(ours)
    expect({
      missing: theirs.filter((one) => !got.has(one)).slice(0, 20),
      tooMuch: ours.filter((one) => !known.has(one)).slice(0, 20),
    }).toEqual({ missing: [], tooMuch: [] })
    expect(ours).toEqual(theirs)
    expect(ours.length).toBeGreaterThan(300)
  }, 240_000)
})
