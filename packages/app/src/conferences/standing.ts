import { afterChange, type ConferenceDate, dayIn, type Instant, type Knowledge, standingDates } from '@cme-commons/core'
import { type Db, findDate, inTx, putDate, putSetting, setting } from '@cme-commons/db'
import { dateOf, pendingOf, rowOf } from './rows.ts'

const KEPT = 'conferences/standing'

/**
 * Keeps the standing deadlines of this year and the next among the dates, as their rules have them. They are `tentative`: a rule is no
 * announcement. Looks only when the content or the year is another one than last time.
 */
export async function syncStanding(db: Db, now: Instant, content: Knowledge): Promise<void> {
  const state = `${content.version} ${dayIn(now, 'UTC').slice(0, 4)}`
  if ((await setting(db.read, KEPT)) === state) return
  await inTx(db, async (tx) => {
    for (const { deadline, year, when } of standingDates(content.conferences, now)) {
      const id = `standing-${deadline.id}-${year}`
      const row = await findDate(tx, id)
      const before = row && dateOf(row)
      const date: ConferenceDate = {
        id,
        conference: deadline.id,
        kind: deadline.kind,
        title: deadline.name,
        when,
        status: 'tentative',
        source: deadline.source,
        checked: deadline.checked,
        ...(deadline.href ? { href: deadline.href } : {}),
        sequence: row?.sequence ?? 0,
        changed: row?.changed_at ?? now,
      }
      if (before && JSON.stringify(before) === JSON.stringify(date)) continue
      const changed = before ? { ...date, sequence: before.sequence + 1, changed: now } : date
      const pending = afterChange(before && row && { ...before, ...pendingOf(row) }, changed, now)
      await putDate(tx, rowOf(changed, pending, { made_at: row?.made_at ?? now, moved_at: row?.moved_at ?? null }))
    }
    await putSetting(tx, KEPT, state)
  })
}
