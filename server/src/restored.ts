import type { Instant } from '@cme-commons/core'
import { audit, type Db, dropHeld, endQuarantine, inTx, toldUntil } from '@cme-commons/db'

const ACTOR = 'command line'

/** What a restored database held back goes out, and what is due is planned from now on. */
export const releaseAll = (db: Db, since: Instant, now: Instant): Promise<void> =>
  inTx(db, async (tx) => {
    await endQuarantine(tx)
    await audit(tx, { at: now, space: null, actor: ACTOR, what: 'restore.released', detail: since })
  })

/**
 * What was due until the restore counts as sent before the loss: it is planned as of then and taken back unsent, so that its readers go on
 * behind it. Answers how many deliveries that were.
 */
export async function dropAll(
  db: Db,
  since: Instant,
  now: Instant,
  plan: (at: Instant) => Promise<unknown>,
): Promise<number> {
  await plan(since)
  return inTx(db, async (tx) => {
    const dropped = await dropHeld(tx, since, now)
    await toldUntil(tx, since)
    await endQuarantine(tx)
    await audit(tx, { at: now, space: null, actor: ACTOR, what: 'restore.dropped', detail: `${since}: ${dropped}` })
    return dropped
  })
}
