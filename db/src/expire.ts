import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { type Delivery, toDelivery } from './outbox.ts'
import { heldBack } from './quarantine.ts'
import type { Tx } from './tx.ts'

/** Ends up to `limit` deliveries whose time passed before anybody tried them, and answers them. What may have arrived does not expire. */
export async function expire(tx: Tx, now: Instant, limit: number): Promise<Delivery[]> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ state: 'expired', settled_at: now })
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('deliveries')
        .select('key')
        .where('state', '=', 'waiting')
        .where('expires_at', '<=', now)
        .where('doubt', '=', 0)
        .where(sql<boolean>`not ${sql.raw(heldBack('deliveries'))}`)
        .limit(limit),
    )
    .where('state', '=', 'waiting')
    .returningAll()
    .execute()
  return rows.map(toDelivery)
}
