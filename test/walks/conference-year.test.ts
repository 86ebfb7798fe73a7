import { expect, test } from 'vitest'
import { liveYear } from '../support/conference-year.ts'
import { describeEachDatabase } from '../support/databases.ts'
import type { OracleMessage } from '../support/reminder-oracle.ts'

const line = ({ at, who, date, what }: OracleMessage) => `${at} ${who} ${date} ${what}`

describeEachDatabase((fresh, dialect) => {
  test('a year of moves, cancellations, outages and clock changes: every message and its absence as the policy has it', async () => {
    // The whole year of 2,000 dates and 5,000 members is lived by `pnpm bench conference-year`.
    const sqlite = { conferences: 10, dates: 120, members: 80, changes: 300, seed: 11 }
    const year = dialect === 'sqlite' ? sqlite : { ...sqlite, dates: 60, members: 40, changes: 150, seed: 12, zones: 4 }
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
  })
})
