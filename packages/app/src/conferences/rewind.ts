import type { Instant, TakenDate } from '@cme-commons/core'
import { forgetChannelsAfter, putCalendarDate, type Tx, takenAfter } from '@cme-commons/db'
import { followEdition } from '../channels/settled.ts'
import { dateOf } from './rows.ts'

/**
 * Takes conference channels, and what was taken of other calendars, back to `now`. A calendar that told something ahead of the clock told what
 * the date says again, so that it is proposed once more when it is read.
 */
export async function rewindConferences(tx: Tx, now: Instant): Promise<void> {
  for (const row of await forgetChannelsAfter(tx, now)) await followEdition(tx, row, now)
  for (const { taken, date: row } of await takenAfter(tx, now)) {
    const { kind, title, when, status, place, href } = dateOf(row)
    const told: TakenDate['taken'] = {
      uid: taken.uid,
      sequence: 0,
      kind,
      title,
      when,
      status: status === 'confirmed' || status === 'cancelled' ? status : 'tentative',
      ...(place ? { place } : {}),
      ...(href ? { href } : {}),
    }
    await putCalendarDate(tx, { ...taken, taken: JSON.stringify(told), taken_at: now })
  }
}
