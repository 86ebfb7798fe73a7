import type { Card, Deliver, NewChannel, Parcel } from '@cme-commons/core'
import {
  addTryMessage,
  type Db,
  findMember,
  inTx,
  type NewTryMessage,
  replaceDelivered,
  type Tx,
} from '@cme-commons/db'
import { ring } from './bell.ts'
import { channels, openedChannels } from './space.ts'

/**
 * Delivers to the try-out space: the parcel becomes a line of the chat under its own key, so that a second delivery of the same
 * parcel changes nothing, and pages that are open hear of it. Conferences have plain channels here, in which events and bookmarks are lines.
 */
export function tryDeliver(db: Db): Deliver {
  return async (parcel) => {
    const outcome = await inTx(db, (tx) => deliver(tx, parcel))
    if ('done' in outcome) ring(db)
    return outcome
  }
}

async function deliver(tx: Tx, parcel: Parcel): ReturnType<Deliver> {
  const { key, to } = parcel
  // She may have erased her data while this was on its way.
  if ('user' in to && !(await findMember(tx, to.space, to.user)))
    return { never: 'nobody of this id is a member any more' }
  if ('open' in parcel) return opened(tx, parcel.open)
  if ('card' in parcel) {
    if (parcel.edit && (await replaceDelivered(tx, parcel.edit, parcel.card))) return { done: true, ref: parcel.edit }
    for (const [i, card] of [parcel.card, ...(parcel.thread ?? [])].entries())
      await addTryMessage(tx, line(parcel, i === 0 ? key : `${key}/below/${i}`, card))
    return { done: true, ref: key }
  }
  const shown = shownOf(parcel)
  if (!shown) return { done: true }
  const before = await replaceDelivered(tx, shown.key, shown.card)
  if (!before) await addTryMessage(tx, line(parcel, shown.key, shown.card))
  return { done: true, ref: shown.key }
}

const line = ({ to, now, ...work }: Parcel, key: string, card: Card): NewTryMessage => ({
  key,
  space: to.space,
  channel: 'channel' in to ? to.channel : null,
  reader: 'user' in to ? to.user : null,
  author: null,
  kind: 'delivered',
  said: null,
  cause: null,
  card,
  pinned: Number('pin' in work && work.pin === true),
  at: now,
})

/** A channel of this name, of its own: another conference's, or one of the space, is left alone unless it is to be adopted. */
async function opened(tx: Tx, { mark, name, adopt }: NewChannel): ReturnType<Deliver> {
  const there = await openedChannels(tx)
  const free = (id: string) =>
    !channels.some((one) => one.id === id) && !there.some((one) => one.id === id && one.mark !== mark)
  if (adopt) {
    const known = channels.some((one) => one.id === adopt) || there.some((one) => one.id === adopt)
    return known ? { done: true, ref: adopt } : { never: `There is no channel #${adopt}: choose another one.` }
  }
  let id = name
  for (let n = 2; !free(id); n++) id = `${name}-${n}`
  return { done: true, ref: id }
}

/** What a platform would show elsewhere, as a line of the channel; an event that moves stays one line. */
function shownOf(parcel: Parcel): { key: string; card: Card } | undefined {
  if ('bookmark' in parcel) {
    const { title, href } = parcel.bookmark
    return {
      key: parcel.key,
      card: { title: `Bookmark: ${title}`, blocks: [{ kind: 'text', text: [{ link: href, href }] }] },
    }
  }
  if ('event' in parcel) {
    const { mark, title, start, end, place, cancelled } = parcel.event
    const when = {
      name: 'When',
      value: [{ when: start, as: 'moment' as const }, ' to ', { when: end, as: 'moment' as const }],
    }
    const facts = [when, { name: 'Place', value: [place] }]
    return {
      key: `event/${mark}`,
      card: { title: `${cancelled ? 'Cancelled' : 'Event'}: ${title}`, blocks: [{ kind: 'facts', facts }] },
    }
  }
  if ('archive' in parcel)
    return {
      key: parcel.key,
      card: {
        title: 'This channel is closed',
        blocks: [{ kind: 'text', text: ['What was written stays to be read.'] }],
      },
    }
  return undefined
}
