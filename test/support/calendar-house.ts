import { type ConferenceDate, DAY, type Instant, plus } from '@cme-commons/core'
import {
  addToken,
  CALENDAR_TOKEN,
  type Db,
  inTx,
  openCalendarName,
  putDate,
  putEdition,
  putSetting,
  putSpace,
} from '@cme-commons/db'
import { rowOf } from '../../packages/app/src/conferences/rows.ts'
import { hashOfSecret } from '../../server/src/secrets.ts'

/** A space with one edition, SACME 2027, whose dates are given; its calendar is open. */
export async function calendarIn(db: Db, now: Instant, dates: readonly Partial<ConferenceDate>[], space = 'try') {
  return inTx(db, async (tx) => {
    await putSpace(tx, {
      id: space,
      platform: 'try',
      name: 'Try',
      zone: 'America/Chicago',
      moderators: 'channel:m',
      made_at: now,
    })
    await putSetting(tx, openCalendarName(space), now)
    const made = { made_at: now, changed_at: now }
    const { id: edition } = await putEdition(tx, {
      space,
      conference: 'sacme',
      name: 'SACME 2027',
      year: 2027,
      place: 'Lexington, KY',
      href: 'https://sacme.example/2027',
      zone: 'America/New_York',
      status: 'planned',
      announce: 0,
      ...made,
    })
    const ids: string[] = []
    for (const rest of dates) {
      const date: ConferenceDate = { ...plain, space, edition, changed: now, ...rest }
      const { id: _, ...row } = rowOf(
        date,
        { known: now, fresh: false, announce: false },
        { made_at: now, moved_at: null },
      )
      ids.push((await putDate(tx, row)).id)
    }
    return { edition, ids }
  })
}

/** Makes the address of a member's own calendar with this secret; answers the name of its token. */
export async function calendarFor(db: Db, now: Instant, member: string, secret: string, space = 'try') {
  const token = { hash: hashOfSecret(secret), space, member, scopes: CALENDAR_TOKEN, made_by: member, made_at: now }
  return (await inTx(db, (tx) => addToken(tx, { ...token, expires_at: plus(now, 9000 * DAY) }))).id
}

const plain: ConferenceDate = {
  id: '',
  conference: 'sacme',
  kind: 'abstracts',
  title: 'Abstracts due',
  when: { kind: 'at', at: '2027-01-15T22:00:00.000Z', zone: 'America/New_York' },
  status: 'confirmed',
  source: 'https://sacme.example/2027',
  checked: '2026-11-20',
  sequence: 0,
  changed: '',
}
