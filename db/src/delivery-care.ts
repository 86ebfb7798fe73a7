import type { Instant } from '@cme-commons/core'
import { noteLane } from './outbox.ts'
import type { Tx } from './tx.ts'

const ENDED = ['dead', 'expired'] as const

/** Lets a delivery that failed or came too late start anew at `now`; false when it is in another state. */
export async function sendAgain(tx: Tx, key: string, now: Instant): Promise<boolean> {
  const row = await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', attempts: 0, due_at: now, expires_at: null, settled_at: null, trouble: null, lease: null })
    .where('key', '=', key)
    .where('state', 'in', ENDED)
    .returning('lane')
    .executeTakeFirst()
  if (row) noteLane(tx, row.lane)
  return row !== undefined
}

/** Takes back a delivery that waits, or puts away one that failed or came too late; false when it is in another state. */
export async function dropDelivery(tx: Tx, key: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set((e) => ({ state: 'withdrawn', settled_at: e.fn.coalesce('settled_at', e.val(now)) }))
    .where('key', '=', key)
    .where('state', 'in', ['waiting', ...ENDED])
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await tx.deleteFrom('address_heads').where('key', '=', key).execute()
  return numUpdatedRows > 0n
}
