import {
  type Conference,
  type Instant,
  isZone,
  type Knowledge,
  nextNotice,
  type Usual,
  usualNotice,
} from '@cme-commons/core'
import { datesAhead, deliveryOf, inTx, listZones, type Read, spacesOfZone, usesConferences } from '@cme-commons/db'
import type { Plan } from './due.ts'
import { promise } from './promise.ts'

export type UsualAhead = { conference: Conference; usual: Usual }

/** What is usually announced in a month (`2027-02`) and was not entered yet in a space. */
export async function usualIn(
  db: Read,
  space: string,
  month: string,
  now: Instant,
  content: Knowledge,
): Promise<UsualAhead[]> {
  const looked = content.conferences.catalog.flatMap((conference) =>
    conference.usual.filter(({ told }) => told === Number(month.slice(5))).map((usual) => ({ conference, usual })),
  )
  if (looked.length === 0) return []
  const entered = await datesAhead(db, space, now)
  return looked.filter(
    ({ conference, usual }) =>
      !entered.some(
        (date) => date.conference === conference.id && date.kind === usual.kind && date.status !== 'typical',
      ),
  )
}

/** Tells moderators once a month what is usually announced about now and nobody has entered: no member is reminded of such a date. */
export async function planUsual({ db, now, content, wake, stop }: Plan): Promise<number> {
  let steps = 0
  for (const zone of (await listZones(db.read)).filter(isZone)) {
    const notice = usualNotice(now, zone)
    if (
      !notice ||
      !content.conferences.catalog.some(({ usual }) => usual.some(({ told }) => told === Number(notice.month.slice(5))))
    )
      continue
    for (const space of await spacesOfZone(db.read, zone)) {
      const key = `conference/usual/${space.id}/${notice.month}`
      if (stop?.aborted || !space.moderators) continue
      if ((await deliveryOf(db.read, key)) || !(await usesConferences(db.read, space.id))) continue
      if ((await usualIn(db.read, space.id, notice.month, now, content)).length === 0) continue
      const effect = { kind: 'usual-dates' as const, month: notice.month }
      const one = { key, space: space.id, address: space.moderators, effect, due: notice.opens, expires: notice.until }
      await inTx(db, (tx) => promise(tx, [one], now, wake))
      steps++
    }
  }
  return steps
}

/** When moderators of some space are next told what is usually announced. */
export async function nextUsual(db: Read, now: Instant): Promise<Instant | undefined> {
  const times: Instant[] = []
  for (const zone of (await listZones(db)).filter(isZone))
    for (const space of await spacesOfZone(db, zone))
      if (space.moderators && (await usesConferences(db, space.id))) {
        times.push(nextNotice(now, zone))
        break
      }
  return times.sort()[0]
}
