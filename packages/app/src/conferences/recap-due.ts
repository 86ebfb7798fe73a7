import {
  type Card,
  DAY,
  type Edition,
  type Instant,
  meetingDays,
  nightIn,
  plus,
  quietUntil,
  recapOfferCard,
  recapWindow,
} from '@cme-commons/core'
import {
  datesOfEdition,
  editionsEnded,
  findEdition,
  findSpace,
  inTx,
  nextEnd,
  type Read,
  recapOf,
  type Tx,
} from '@cme-commons/db'
import type { Plan } from './due.ts'
import { promise } from './promise.ts'
import { recapSources } from './recap-sources.ts'
import { dateOf, editionOf } from './rows.ts'

/** Longer than a window and the difference between zones. */
const LOOK_BACK = 18 * DAY

const offerKey = (edition: string): string => `recap/${edition}/offer`

type Offer = { edition: Edition; opens: Instant; until: Instant; to: string; quiet: string }

/** The recap that moderators of an edition are offered when it is over. */
async function offerFor(db: Read, id: string): Promise<Offer | undefined> {
  const row = await findEdition(db, id)
  const space = row && (await findSpace(db, row.space))
  if (row?.status !== 'planned' || !space?.moderators || space.left_at !== null) return undefined
  const edition = editionOf(row)
  const days = meetingDays((await datesOfEdition(db, id)).map(dateOf), edition.zone)
  const quiet = nightIn(space.zone)
  return days && { edition, ...recapWindow(days.last, edition.zone), to: space.moderators, quiet }
}

/** Offers the moderators of meetings that are over a draft of the recap, once. */
export async function planRecaps({ db, now, wake, stop }: Plan): Promise<number> {
  let steps = 0
  for (const id of await editionsEnded(db.read, { from: plus(now, -LOOK_BACK), to: now })) {
    if (stop?.aborted) return steps
    const offer = await offerFor(db.read, id)
    if (!offer || now < offer.opens || now >= offer.until) continue
    const { edition, to: address, until: expires, quiet } = offer
    const effect = { kind: 'recap-offer' as const, edition: id }
    const one = { key: offerKey(id), space: edition.space, address, effect, due: now, expires, quiet }
    await inTx(db, (tx) => promise(tx, [one], now, wake))
    steps++
  }
  return steps
}

/** The offer as it goes out. */
export async function recapOfferMade(tx: Tx, id: string): Promise<{ card: Card } | { skip: string }> {
  const row = await findEdition(tx, id)
  if (row?.status !== 'planned') return { skip: 'The meeting is off.' }
  if (await recapOf(tx, id)) return { skip: 'Somebody has begun the recap.' }
  const { stars, numbers } = await recapSources(tx, editionOf(row))
  return { card: recapOfferCard(editionOf(row), numbers, stars.length) }
}

/** When a recap is offered next after `now`, or the next meeting ends. */
export async function nextRecap(db: Read, now: Instant): Promise<Instant | undefined> {
  const times: Instant[] = []
  for (const id of await editionsEnded(db, { from: plus(now, -2 * DAY), to: now })) {
    const offer = await offerFor(db, id)
    if (offer) times.push(offer.opens)
  }
  const end = await nextEnd(db, now)
  return [...times, end ?? ''].filter((at) => at > now).sort()[0]
}

/** An offer that will be made if nobody begins the recap before. */
export type RecapsAhead = { at: Instant; what: 'recap-offer'; space: string; to: string[]; readers: number }

/** Every offer from `now` until `until`, as things stand. */
export async function recapsAhead(db: Read, now: Instant, until: Instant): Promise<RecapsAhead[]> {
  const ahead: RecapsAhead[] = []
  for (const id of await editionsEnded(db, { from: plus(now, -LOOK_BACK), to: until })) {
    const offer = await offerFor(db, id)
    const at = offer && (quietUntil(offer.quiet, offer.opens) ?? offer.opens)
    if (at && at > now && at <= until)
      ahead.push({ at, what: 'recap-offer', space: offer.edition.space, to: [offer.to], readers: 1 })
  }
  return ahead
}
