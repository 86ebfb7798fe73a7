import type { Deliver } from '@cme-commons/core'
import { addTryMessage, type Db, inTx } from '@cme-commons/db'
import { ring } from './bell.ts'

/**
 * Delivers to the try-out space: the parcel becomes a line of the chat under its own key, so that a second delivery of the same
 * parcel changes nothing, and pages that are open hear of it.
 */
export function tryDeliver(db: Db): Deliver {
  return async (parcel) => {
    const { key, to, now } = parcel
    if (!('card' in parcel)) return { done: true }
    await inTx(db, (tx) =>
      addTryMessage(tx, {
        key,
        space: to.space,
        channel: 'channel' in to ? to.channel : null,
        reader: 'user' in to ? to.user : null,
        author: null,
        kind: 'delivered',
        said: null,
        cause: null,
        card: parcel.card,
        at: now,
      }),
    )
    ring(db)
    return { done: true, ref: key }
  }
}
