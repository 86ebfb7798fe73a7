import {
  type ChannelItem,
  channelItems,
  channelScheduleCard,
  DAY,
  type HostedEvent,
  hostedEvents,
  type Instant,
  plus,
} from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  changeConferenceChannel,
  channelEventsOf,
  type Delivery,
  decisionsOf,
  deliveryOf,
  findSpace,
  holdConferenceChannel,
  promisedUnder,
  putChannelEvent,
  type Read,
  type Tx,
} from '@cme-commons/db'
import { type Promised, promise } from '../conferences/promise.ts'
import type { Wake } from '../due.ts'
import { type About, aboutChannel, channelPrefix, featuresOf, partKey, planOf } from './rows.ts'

const NEVER = '9999'

/**
 * Promises everything of an open channel that is due at `now`, under the key that each has once: the schedule where it changed, what
 * moved among the platform's events, a card of the morning, the notice that it closes, its end. Keeps when to look again.
 */
export async function lookAtChannel(tx: Tx, id: string, now: Instant, wake: Wake): Promise<void> {
  const row = await holdConferenceChannel(tx, id)
  if (row?.state !== 'open' || row.channel === null) return
  const space = await findSpace(tx, row.space)
  const about = await aboutChannel(tx, row)
  if (!about || !space || space.left_at !== null) return changeConferenceChannel(tx, id, { look_at: NEVER })
  const has = featuresOf(space.platform)
  const schedule = scheduleDue(row, about, now)
  const { due, next } = await itemsDue(tx, row, about, now)
  const promised = [...schedule.promised, ...(has.events ? await eventsDue(tx, row, about, now) : []), ...due]
  await promise(
    tx,
    promised.map((one) => ({ ...one, space: row.space, address: `channel:${row.channel}` })),
    now,
    wake,
  )
  await changeConferenceChannel(tx, id, { ...schedule.kept, look_at: next ?? NEVER })
}

type Due = Omit<Promised, 'space' | 'address'>

function scheduleDue(row: ConferenceChannelTable, { edition, dates }: About, now: Instant) {
  const face = JSON.stringify(channelScheduleCard(edition, dates))
  if (face === row.schedule_face) return { promised: [], kept: {} }
  const schedule_no = row.schedule_no + 1
  const key = partKey(row, 'schedule', schedule_no)
  const effect = { kind: 'channel' as const, channel: row.id, part: 'schedule' as const }
  return { promised: [{ key, effect, due: now }], kept: { schedule_face: face, schedule_no } }
}

/** What the platform shows among its events and should show otherwise. What has begun stays as it is. */
async function eventsDue(tx: Tx, row: ConferenceChannelTable, { edition, dates }: About, now: Instant): Promise<Due[]> {
  const rows = await channelEventsOf(tx, row.id)
  const chosen = rows.filter(({ chosen }) => chosen === 1).map(({ subject }) => subject)
  const wanted = hostedEvents(edition, dates, { mark: row.mark, chosen }, now)
  const due: Due[] = []
  const tell = async (subject: string, event: HostedEvent) => {
    const before = rows.find((one) => one.subject === subject)
    const face = JSON.stringify(event)
    if (before?.face === face) return
    const number = (before?.number ?? 0) + 1
    const at = { conference_channel: row.id, space: row.space, subject }
    await putChannelEvent(tx, { ...at, chosen: before?.chosen ?? 0, face, number })
    const part = `event/${subject}` as const
    due.push({ key: partKey(row, part, number), effect: { kind: 'channel', channel: row.id, part }, due: now })
  }
  for (const [subject, event] of wanted) await tell(subject, event)
  for (const { subject, face } of rows) {
    const shown = face ? (JSON.parse(face) as HostedEvent) : undefined
    if (shown && !shown.cancelled && shown.start > now && !wanted.has(subject))
      await tell(subject, { ...shown, cancelled: true })
  }
  return due
}

/** What comes by itself and is open now, unless moderators hold it or leave it out; and when the next of it opens. */
async function itemsDue(tx: Tx, row: ConferenceChannelTable, about: About, now: Instant) {
  const items = await itemsAhead(tx, row, about, now)
  const there = new Set((await promisedUnder(tx, channelPrefix(row))).map(({ key }) => key))
  const due = items
    .filter(({ opens, decision, part }) => opens <= now && decision === undefined && !there.has(partKey(row, part)))
    .map(
      ({ part, opens, until }): Due => ({
        key: partKey(row, part),
        effect: { kind: 'channel', channel: row.id, part },
        // What opened before the channel did comes behind what stands in it first.
        due: [opens, row.opened_at ?? opens].sort()[1]!,
        ...(until ? { expires: until } : {}),
      }),
    )
  const next = items.map(({ opens }) => opens).filter((opens) => opens > now)
  return { due, next: next.sort()[0] }
}

export type ItemAhead = ChannelItem & { decision?: 'hold' | 'skip' | 'now' }

/** What of the items of a channel is not over at `now`. It closes no earlier than a day after that was told. */
export async function itemsAhead(
  db: Read,
  row: ConferenceChannelTable,
  { edition, dates }: About,
  now: Instant,
): Promise<ItemAhead[]> {
  const decisions = new Map((await decisionsOf(db, row.id)).map(({ key, decision }) => [key, decision]))
  const decisionOn = (part: ChannelItem['part']) => {
    const decision = decisions.get(partKey(row, part))
    return decision ? { decision } : {}
  }
  const items = channelItems(planOf(row), dates, edition.zone).filter(({ until }) => until === undefined || until > now)
  const notice = items.find(({ part }) => part.startsWith('notice/'))
  const told = notice && (await deliveryOf(db, partKey(row, notice.part)))
  const skipped = notice !== undefined && decisionOn(notice.part).decision === 'skip'
  return items.map((item) => {
    const ends = item.part.startsWith('archive/') && notice && !skipped
    const opens = ends ? [item.opens, dayAfterTold(notice, told, now)].sort()[1]! : item.opens
    return { ...item, opens, ...decisionOn(item.part) }
  })
}

/** A day after the notice arrived, or could at the earliest; at any time where it never will. */
function dayAfterTold(notice: ChannelItem, told: Delivery | undefined, now: Instant): Instant | '' {
  if (told?.state === 'done') return plus(told.settled!, DAY)
  if (told && told.state !== 'waiting' && told.state !== 'sending' && told.state !== 'withdrawn') return ''
  return plus([notice.opens, now].sort()[1]!, DAY)
}
