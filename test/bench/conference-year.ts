import { migrate, open } from '@cme-commons/db'
import { liveYear } from '../support/conference-year.ts'
import type { OracleMessage } from '../support/reminder-oracle.ts'
import { folder, type Measured } from './measure.ts'

const line = ({ at, who, date, what }: OracleMessage) => `${at} ${who} ${date} ${what}`

/**
 * The simulated year in full, which the suite lives at a tenth of its size: 200 conferences, 2,000 dates, 5,000 members in 12 zones, 300
 * changes, two outages of three days. Every message that differs from what the words of the policy say is counted.
 */
export async function conferenceYear(): Promise<Measured[]> {
  const db = await open(`${folder()}/year.db`)
  await migrate(db, '2026-11-01T00:00:00.000Z')
  const year = { conferences: 200, dates: 2000, members: 5000, changes: 300, seed: 2027 }
  const { sent, expected } = await liveYear(db, year)
  await db.close()
  const [ours, theirs] = [new Set(sent.map(line)), new Set(expected.map(line))]
  return [
    {
      what: `messages of a simulated year of ${expected.length} that were not sent`,
      value: new Set([...theirs].filter((one) => !ours.has(one))).size,
      atMost: 0,
    },
    { what: 'messages too much', value: new Set([...ours].filter((one) => !theirs.has(one))).size, atMost: 0 },
    { what: 'messages sent twice', value: sent.length - ours.size, atMost: 0 },
  ]
}
