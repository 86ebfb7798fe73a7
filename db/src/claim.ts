import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { laneLease, overtaking, pauseOf } from './lanes.ts'
import { leaseOf, releaseLease, renewLease, takeLease } from './leases.ts'
import { type Delivery, toDelivery } from './outbox.ts'
import type { Tx } from './tx.ts'

/** `holder` is new for every turn at the lane; `leaseMs` is how long the rows are ours without a `renew`. */
export type Turn = { lane: string; holder: string; now: Instant; leaseMs: number }

/** `rows` are ours until `until`, in the order they go out; `expired` were due too late and are settled already. */
export type Claim = { rows: Delivery[]; expired: Delivery[]; until: Instant; paused?: Instant } | { heldUntil: Instant }

/**
 * Takes the lane, or renews our hold on it, and claims up to `limit` due deliveries. What an earlier holder left in `sending` comes
 * with `doubt`; such a row does not expire, because it may be there already.
 */
export async function claim(tx: Tx, { lane, holder, now, leaseMs, limit }: Turn & { limit: number }): Promise<Claim> {
  const until = await takeLease(tx, { name: laneLease(lane), holder, now, ms: leaseMs })
  if (!until) return { heldUntil: (await leaseOf(tx, laneLease(lane), now))?.until ?? now }
  const paused = await pauseOf(tx, lane, now)
  if (paused) return { rows: [], expired: [], until, paused }
  await recover(tx, lane, now)
  const { rows } = await sql<Parameters<typeof toDelivery>[0]>`
    update deliveries set
      state = case when doubt = 0 and expires_at <= ${now} then 'expired' else 'sending' end,
      settled_at = case when doubt = 0 and expires_at <= ${now} then ${now} end,
      lease = ${holder}, lease_until = ${until}
    where state = 'waiting' and key in (
      select d.key from deliveries d
      where d.state = 'waiting' and d.lane = ${lane} and d.due_at <= ${now} and not ${overtaking('d')}
      order by d.due_at, d.key limit ${limit})
    returning *`.execute(tx)
  const found = rows.map(toDelivery).sort(inOrder)
  return {
    rows: found.filter((d) => d.state === 'sending'),
    expired: found.filter((d) => d.state === 'expired'),
    until,
  }
}

/** What a holder that is gone had begun: nobody knows whether it arrived. */
async function recover(tx: Tx, lane: string, now: Instant) {
  await sql`update deliveries set state = 'waiting', doubt = 1, lease = null, lease_until = null
    where state = 'sending' and lane = ${lane} and lease_until <= ${now}`.execute(tx)
}

/** Holds the lane and what we claimed of it for longer; undefined when it is no longer ours, and then nothing may be sent. */
export async function renew(tx: Tx, { lane, holder, now, leaseMs }: Turn): Promise<Instant | undefined> {
  const until = await renewLease(tx, { name: laneLease(lane), holder, now, ms: leaseMs })
  if (until)
    await sql`update deliveries set lease_until = ${until}
      where state = 'sending' and lane = ${lane} and lease = ${holder}`.execute(tx)
  return until
}

/** Puts claimed rows that were not tried back in their place; with no `keys`, gives up the lane. */
export async function release(tx: Tx, { lane, holder }: Pick<Turn, 'lane' | 'holder'>, keys?: readonly string[]) {
  if (!keys) return releaseLease(tx, laneLease(lane), holder)
  if (keys.length === 0) return
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', lease: null, lease_until: null })
    .where('key', 'in', keys)
    .where('lease', '=', holder)
    .where('state', '=', 'sending')
    .execute()
}

const inOrder = (a: Delivery, b: Delivery) => (a.due === b.due ? (a.key < b.key ? -1 : 1) : a.due < b.due ? -1 : 1)
