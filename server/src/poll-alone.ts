import { randomUUID } from 'node:crypto'
import { MINUTE } from '@cme-commons/core'
import { type Db, inTx, releaseLease, renewLease, takeLease } from '@cme-commons/db'

/** Longer than from one tick to the next, at which it is renewed. */
const HELD = 2 * MINUTE

/**
 * Lets one process at a time read sources, so that no host is asked twice at once: on PostgreSQL a slow round of one process may still be
 * under way when the next minute goes to another. SQLite has one process anyway. By real time, since a try-out clock moves.
 */
export function alone(db: Db) {
  const lease = () => ({ name: 'feeds', holder, now: new Date().toISOString(), ms: HELD })
  const holder = randomUUID()
  return {
    /** Does the work, or nothing while another process reads. */
    async read(work: () => Promise<unknown>): Promise<void> {
      if (db.dialect === 'sqlite') return void (await work())
      if (!(await inTx(db, (tx) => takeLease(tx, lease())))) return
      try {
        await work()
      } finally {
        await inTx(db, (tx) => releaseLease(tx, 'feeds', holder))
      }
    },
    /** Keeps the others out for longer. */
    async renew(): Promise<void> {
      if (db.dialect === 'postgres') await inTx(db, (tx) => renewLease(tx, lease()))
    },
  }
}
