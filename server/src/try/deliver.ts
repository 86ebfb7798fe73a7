import type { Deliver } from '@cme-commons/core'
import { addTryMessage, type Db, findMember, inTx } from '@cme-commons/db'
import { ring } from './bell.ts'

/**
 * Delivers to the try-out space: the parcel becomes a line of the chat under its own key, so that a second delivery of the same
 * parcel changes nothing, and pages that are open hear of it.
 */
export function tryDeliver(db: Db): Deliver {
  return async (parcel) => {
    const { key, to, now } = parcel
    if (!('card' in parcel)) return { done: true }
    const cards = [parcel.card, ...(parcel.thread ?? [])]
    const known = await inTx(db, async (tx) => {
      // She may have erased her data while this was on its way.
      if ('user' in to && !(await findMember(tx, to.space, to.user))) return false
      for (const [i, card] of cards.entries())
        await addTryMessage(tx, {
          key: i === 0 ? key : `${key}/below/${i}`,
          space: to.space,
          channel: 'channel' in to ? to.channel : null,
          reader: 'user' in to ? to.user : null,
          author: null,
          kind: 'delivered',
          said: null,
          cause: null,
          card,
          at: now,
        })
      return true
    })
    if (!known) return { never: 'nobody of this id is a member any more' }
    ring(db)
    return { done: true, ref: key }
  }
}
