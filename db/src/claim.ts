import { type Instant, plus } from '@cme-commons/core'
import type { Selectable } from 'kysely'
import { laneLease, overtaking } from './lanes.ts'
import { leaseOf, releaseLease, renewLease, takeLease } from './leases.ts'
import { type Delivery, toDelivery } from './outbox.ts'
import { heldBack } from './quarantine.ts'
import { keysUnder, marks, run } from './statement.ts'
import type { DeliveriesTable } from './tables/delivery.ts'
import type { Tx } from './tx.ts'

/** `holder` is new for every turn at the lane; `leaseMs` is how long the rows are ours without a `renew`. */
export type Turn = { lane: string; holder: string; now: Instant; leaseMs: number }

/** `rows` are ours until `until`, in the order they go out; `expired` were due too late and are settled already. */
export type Claim = { rows: Delivery[]; expired: Delivery[]; until: Instant } | { heldUntil: Instant }

/** Left to itself, SQLite prepares this anew for each value of the limit and of the lane it sorts in: hence the number, and the cast. */
const dueRows = (limit: number) => `
  select * from deliveries d
  where d.state = 'waiting' and d.lane = cast(? as text) and d.due_at <= ? and not ${overtaking('d')}
    and not exists (select 1 from lane_pauses where lane = ? and until > ?)
    and not ${heldBack('d')}
  order by d.due_at, d.key limit ${Math.trunc(limit)}`

/**
 * Claims up to `limit` due deliveries. Takes the lane first, or renews our hold on it, unless `until` (of the last claim) leaves more
 * than half of it. What an earlier holder may have sent comes with `doubt`; such a row does not expire: it may be there already.
 */
export async function claim(tx: Tx, turn: Turn & { limit: number; until?: Instant }): Promise<Claim> {
  const { lane, holder, now, leaseMs, limit } = turn
  const name = laneLease(lane)
  const fresh = turn.until !== undefined && turn.until > plus(now, leaseMs / 2) ? turn.until : undefined
  const until = fresh ?? (await takeLease(tx, { name, holder, now, ms: leaseMs }))
  if (!until) return { heldUntil: (await leaseOf(tx, name, now))?.until ?? now }
  if (!turn.until) await recover(tx, lane, now)
  const { rows } = await run<Row>(tx, dueRows(limit), [lane, now, lane, now])
  const late = rows.filter((row) => row.doubt === 0 && row.expires_at !== null && row.expires_at <= now)
  const good = late.length > 0 ? rows.filter((row) => !late.includes(row)) : rows
  const sending = await mark(tx, turn, { state: 'sending', lease_until: until, settled_at: null }, good)
  const expired = await mark(tx, turn, { state: 'expired', lease_until: null, settled_at: now }, late)
  return { rows: sending, expired, until }
}

type Row = Selectable<DeliveriesTable>

/** Marks rows as ours; on PostgreSQL one that was withdrawn since we read it is left out. */
async function mark(
  tx: Tx,
  { lane, holder }: Turn,
  to: Pick<Row, 'state' | 'lease_until' | 'settled_at'>,
  rows: readonly Row[],
): Promise<Delivery[]> {
  if (rows.length === 0) return []
  const keys = rows.map(({ key }) => key)
  const { numAffectedRows } = await run(
    tx,
    `update deliveries set state = ?, lease_until = ?, settled_at = ?, lease = ?
      where key in (${marks(keys.length)}) and state = 'waiting'
        and exists (select 1 from leases where name = ? and holder = ?)`,
    [to.state, to.lease_until, to.settled_at, holder, ...keys, laneLease(lane), holder],
  )
  const ours = Number(numAffectedRows) === keys.length ? undefined : await keysUnder(tx, holder, to.state, keys)
  return rows.flatMap((row) => (ours && !ours.has(row.key) ? [] : [{ ...toDelivery(row), state: to.state }]))
}

/**
 * What a holder that is gone had begun. It sent to an address one by one, each after the answer before it was written down: so at most the
 * first of each address may have arrived.
 */
async function recover(tx: Tx, lane: string, now: Instant) {
  const { rows } = await run<{ key: string }>(
    tx,
    `select key from (
        select key, row_number() over (partition by address order by due_at, key) as place from deliveries
        where state = 'sending' and lane = ? and lease_until <= ?) begun
      where place = 1`,
    [lane, now],
  )
  for (let i = 0; i < rows.length; i += 200) {
    const keys = rows.slice(i, i + 200).map(({ key }) => key)
    await run(tx, `update deliveries set doubt = 1 where key in (${marks(keys.length)})`, keys)
  }
  await run(
    tx,
    `update deliveries set state = 'waiting', lease = null, lease_until = null
      where state = 'sending' and lane = ? and lease_until <= ?`,
    [lane, now],
  )
}

/** Holds the lane and what we claimed of it for longer; undefined when it is no longer ours, and then nothing may be sent. */
export async function renew(tx: Tx, { lane, holder, now, leaseMs }: Turn): Promise<Instant | undefined> {
  const until = await renewLease(tx, { name: laneLease(lane), holder, now, ms: leaseMs })
  if (until)
    await run(tx, `update deliveries set lease_until = ? where state = 'sending' and lane = ? and lease = ?`, [
      until,
      lane,
      holder,
    ])
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
