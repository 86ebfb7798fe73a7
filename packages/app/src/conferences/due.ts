import type { Instant, Knowledge } from '@cme-commons/core'
import {
  type DateTable,
  type Db,
  dateSeen,
  decidedAmong,
  type FollowTable,
  findDate,
  followsById,
  freshDates,
  inTx,
  putSetting,
  REMINDED_UPTO,
  setting,
  type Tx,
} from '@cme-commons/db'
import { planChannels } from '../channels/due.ts'
import type { Wake } from '../due.ts'
import { dueTo, followersOf, policyBook, wantedBy } from './audience.ts'
import { planIntroductions } from './introductions-due.ts'
import { tellEditions, tellNews } from './news-due.ts'
import { promise, quietOf } from './promise.ts'
import { planRecaps } from './recap-due.ts'
import { dateOf, reminderKey } from './rows.ts'
import { syncStanding } from './standing.ts'
import { type Opening, openings } from './sweep.ts'
import { planUsual } from './usual.ts'

/** How many reminders one transaction promises: short enough that a press never waits behind it. */
const STRETCH = 100
/** How far behind the cursor may stay while nothing opens: it is written a few times a day, not each minute. */
const BEHIND = 3_600_000

/**
 * Plans everything about conferences that is due at `now`, one short transaction after another; answers how many it took. First what
 * became of dates, then what is open of those that are new, then the reminders that opened since the last time. Keys make each once, so
 * that whoever plans at the same moment, or again after a crash, promises nothing twice.
 */
export async function planConferences(
  db: Db,
  now: Instant,
  content: Knowledge,
  wake: Wake,
  stop?: AbortSignal,
): Promise<number> {
  const plan = { db, now, content, wake, ...(stop ? { stop } : {}) }
  await syncStanding(db, now, content)
  let steps = (await tellEditions(plan)) + (await tellNews(plan))
  for (let fresh = await freshDates(db.read); fresh.length > 0 && !stop?.aborted; fresh = await freshDates(db.read))
    for (const date of fresh) {
      steps += await remind(plan, { date })
      if (stop?.aborted) return steps
      await inTx(db, (tx) => dateSeen(tx, date, { fresh: 0 }))
    }
  const upto = await setting(db.read, REMINDED_UPTO)
  if (upto !== undefined && upto < now) {
    let opened = false
    for await (const opening of openings(db.read, upto, now)) {
      if (stop?.aborted) return steps
      opened = true
      steps += await remind(plan, opening)
    }
    if (stop?.aborted) return steps
    if (opened || Date.parse(now) - Date.parse(upto) >= BEHIND) await reached(db, now)
  } else if (upto === undefined) await reached(db, now)
  steps += await planChannels(plan)
  steps += (await planIntroductions(plan)) + (await planRecaps(plan))
  return steps + (await planUsual(plan))
}

const reached = (db: Db, now: Instant) => inTx(db, (tx) => putSetting(tx, REMINDED_UPTO, now))

export type Plan = { db: Db; now: Instant; content: Knowledge; wake: Wake; stop?: AbortSignal }

/** Promises the open reminder of a date to everybody of an opening to whom it is due; answers how many transactions it took. */
async function remind({ db, now, content, wake, stop }: Plan, { date, ...together }: Opening): Promise<number> {
  const wanted = await wantedBy(db.read, dateOf(date), content)
  const policies = policyBook(db.read)
  let steps = 0
  for await (const page of followersOf(db.read, date, together)) {
    const due: FollowTable[] = []
    for (const follow of page) if (wanted(follow) && (await dueTo(date, follow, policies, now))) due.push(follow)
    for (let i = 0; i < due.length && !stop?.aborted; i += STRETCH, steps++) {
      const ids = due.slice(i, i + STRETCH).map(({ id }) => id)
      await inTx(db, (tx) => remindSome(tx, date, ids, now, wake))
    }
  }
  return steps
}

/** What was read before the transaction may have changed: a date that did is left to the next tick. */
async function remindSome(tx: Tx, { id, sequence }: DateTable, ids: readonly string[], now: Instant, wake: Wake) {
  const row = await findDate(tx, id)
  if (!row || row.sequence !== sequence || row.remind === 0) return
  const date = dateOf(row)
  const policies = policyBook(tx)
  const promised = []
  for (const follow of await followsById(tx, ids)) {
    const due = await dueTo(row, follow, policies, now)
    if (!due) continue
    promised.push({
      key: reminderKey(date, due.lead, follow),
      space: follow.space,
      address: follow.address,
      effect: { kind: 'reminder' as const, date: id, lead: due.lead, when: date.when },
      due: due.due,
      expires: due.until,
      ...quietOf(follow, date.kind),
    })
  }
  const decided = await decidedAmong(
    tx,
    promised.filter(({ address }) => address.startsWith('channel:')).map(({ key }) => key),
  )
  await promise(
    tx,
    promised.filter(({ key }) => !decided.has(key)),
    now,
    wake,
  )
}
