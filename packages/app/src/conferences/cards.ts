import {
  type Card,
  type ConferenceDate,
  dateNewsCard,
  type Edition,
  type Effect,
  editionNewsCard,
  type Face,
  faceOf,
  type Instant,
  type Knowledge,
  newsOf,
  reminderCard,
  sameFace,
  usualCard,
  whenKey,
} from '@cme-commons/core'
import {
  arrivedUnder,
  changesOf,
  type DateTable,
  type Delivery,
  type FollowTable,
  findDate,
  findEdition,
  followsAt,
  scopesOf,
  type Tx,
} from '@cme-commons/db'
import { wantedBy } from './audience.ts'
import { dateOf, editionOf, keyUnder } from './rows.ts'
import { usualIn } from './usual.ts'

type Made = { card: Card } | { skip: string }
type About = Pick<Delivery, 'to'>
type ConferenceEffect = Extract<Effect, { kind: 'reminder' | 'date-news' | 'edition-news' | 'usual-dates' }>

export const isOfConferences = (effect: Effect): effect is ConferenceEffect =>
  effect.kind === 'reminder' ||
  effect.kind === 'date-news' ||
  effect.kind === 'edition-news' ||
  effect.kind === 'usual-dates'

const addressOf = (to: Delivery['to']): string => ('user' in to ? `user:${to.user}` : `channel:${to.channel}`)

/** A message about conferences as it goes out, or why nobody wants it any more. */
export async function conferenceCardOf(
  tx: Tx,
  effect: ConferenceEffect,
  { to }: About,
  now: Instant,
  content: Knowledge,
): Promise<Made> {
  switch (effect.kind) {
    case 'reminder':
      return reminder(tx, effect, to, now, content)
    case 'date-news':
      return dateNews(tx, effect, to, now, content)
    case 'edition-news': {
      const edition = await findEdition(tx, effect.edition)
      if (!edition || edition.status !== effect.status) return { skip: 'The edition is another matter by now.' }
      return { card: editionNewsCard(editionOf(edition)) }
    }
    case 'usual-dates': {
      const list = await usualIn(tx, to.space, effect.month, now, content)
      return list.length > 0 ? { card: usualCard(list) } : { skip: 'All of it was entered meanwhile.' }
    }
  }
}

async function editionFor(tx: Tx, { edition }: DateTable): Promise<{ edition?: Edition }> {
  const row = edition ? await findEdition(tx, edition) : undefined
  return row ? { edition: editionOf(row) } : {}
}

/** The follow by which an address hears of a date: that of the narrowest scope. */
async function followFor(tx: Tx, row: DateTable, to: Delivery['to']): Promise<FollowTable | undefined> {
  const follows = await followsAt(tx, to.space, addressOf(to))
  for (const scope of scopesOf(row)) {
    const found = follows.find((follow) => follow.scope === scope)
    if (found) return found
  }
  return undefined
}

async function reminder(
  tx: Tx,
  effect: Extract<Effect, { kind: 'reminder' }>,
  to: Delivery['to'],
  now: Instant,
  content: Knowledge,
): Promise<Made> {
  const row = await findDate(tx, effect.date)
  if (!row || row.remind === 0) return { skip: 'The date is off.' }
  const date = dateOf(row)
  if (whenKey(date) !== whenKey({ ...date, when: effect.when })) return { skip: 'The date was moved.' }
  const follow = await followFor(tx, row, to)
  if (!follow || !(await wantedBy(tx, date, content))(follow)) return { skip: 'Nobody here follows it any more.' }
  const { edition } = await editionFor(tx, row)
  const about = { now, zone: follow.zone, channel: 'channel' in to, scope: follow.scope }
  return { card: reminderCard({ date, ...(edition ? { edition } : {}) }, about) }
}

/** Tells what became of a date against what this reader knew: what she was told last, else what held when she began to follow it. */
async function dateNews(
  tx: Tx,
  effect: Extract<Effect, { kind: 'date-news' }>,
  to: Delivery['to'],
  now: Instant,
  content: Knowledge,
): Promise<Made> {
  const row = await findDate(tx, effect.date)
  if (!row) return { skip: 'The date was taken out.' }
  const date = dateOf(row)
  const face = faceOf(date)
  if (!face || !sameFace(face, effect.face)) return { skip: 'It has changed again.' }
  if (row.over_at <= now) return { skip: 'The date is over.' }
  const follow = await followFor(tx, row, to)
  const [last] = await arrivedUnder(tx, keyUnder(date.id, to.space, addressOf(to)))
  const wants = follow ? (await wantedBy(tx, date, content))(follow) : false
  if (follow?.muted === 1 || !(wants || last)) return { skip: 'Nobody here follows it any more.' }
  const from = knownBy(last) ?? (await knownSince(tx, date, follow?.made_at ?? row.made_at))
  if (!from || !newsOf(from, face)) return { skip: 'Nothing is new to this reader.' }
  return { card: dateNewsCard({ date, ...(await editionFor(tx, row)) }, from, face)! }
}

/** What somebody knows by what she was told last. */
function knownBy(last: Effect | undefined): Face | undefined {
  if (last?.kind === 'date-news') return last.face
  return last?.kind === 'reminder' ? { state: 'on', when: last.when } : undefined
}

/** What held when somebody began to follow a date; where nothing could be told then, what could be first. */
async function knownSince(tx: Tx, { id }: ConferenceDate, since: Instant): Promise<Face | undefined> {
  const lines = (await changesOf(tx, { what: 'date', subject: id }, 1000)).toReversed()
  const faces = lines.map(({ at, after }) => ({
    at,
    face: after ? faceOf(dateOf(JSON.parse(after) as DateTable)) : undefined,
  }))
  const then = faces.findLastIndex(({ at }) => at <= since)
  return faces[then]?.face ?? faces.slice(then + 1).find(({ face }) => face)?.face
}
