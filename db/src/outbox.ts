import type { Address, Effect, Instant } from '@cme-commons/core'
import type { Selectable } from 'kysely'
import type { DeliveriesTable, DeliveryState } from './tables/delivery.ts'
import type { Tx } from './tx.ts'

/** What is promised. The `key` is natural (`digest/<subscription>/<slot>`): posting it again changes nothing. */
export type NewDelivery = {
  key: string
  lane: string
  to: Address
  effect: Effect
  due: Instant
  expires?: Instant
  quiet?: string
}

/** One row of the ledger, as the code reads it. */
export type Delivery = {
  key: string
  lane: string
  to: Address
  effect: Effect
  state: DeliveryState
  attempts: number
  due: Instant
  expires?: Instant
  doubt: boolean
  quiet?: string
  ref?: string
  trouble?: string
  /** Told by the attempt that ended it; not kept. */
  gone?: 'address'
  twice?: 'looked-up' | 'sent-blind'
  made: Instant
  settled?: Instant
}

const ROWS_A_STATEMENT = 200
const lanes = new WeakMap<Tx, Set<string>>()

/** The lanes on which this transaction has promised something: whoever opened it wakes them. */
export const lanesPosted = (tx: Tx): ReadonlySet<string> => lanes.get(tx) ?? new Set()

/** Notes that this transaction has made something due on a lane. */
export const noteLane = (tx: Tx, lane: string) => lanes.set(tx, new Set([...lanesPosted(tx), lane]))

/** Adds deliveries to the ledger; keys that it knows are left as they are. Answers how many were new. */
export async function post(tx: Tx, now: Instant, deliveries: readonly NewDelivery[]): Promise<number> {
  let added = 0
  for (let i = 0; i < deliveries.length; i += ROWS_A_STATEMENT) {
    const rows = deliveries.slice(i, i + ROWS_A_STATEMENT).map((d) => ({
      key: d.key,
      lane: d.lane,
      space: d.to.space,
      address: addressText(d.to),
      effect: JSON.stringify(d.effect),
      state: 'waiting' as const,
      attempts: 0,
      due_at: d.due,
      expires_at: d.expires ?? null,
      doubt: 0,
      quiet: d.quiet ?? null,
      made_at: now,
    }))
    const insert = tx
      .insertInto('deliveries')
      .values(rows)
      .onConflict((c) => c.column('key').doNothing())
    added += Number((await insert.executeTakeFirst()).numInsertedOrUpdatedRows ?? 0n)
  }
  if (added > 0) lanes.set(tx, new Set([...lanesPosted(tx), ...deliveries.map(({ lane }) => lane)]))
  return added
}

/** Takes back what waits under keys with this prefix; what is already on its way goes out. Answers how many were taken back. */
export async function withdraw(tx: Tx, keyPrefix: string, now: Instant): Promise<number> {
  const update = tx
    .updateTable('deliveries')
    .set({ state: 'withdrawn', settled_at: now })
    .where('key', '>=', keyPrefix)
    .where('key', '<', `${keyPrefix}\u{10ffff}`)
    .where('state', '=', 'waiting')
  return Number((await update.executeTakeFirst()).numUpdatedRows)
}

/** Takes back what waits for one address. */
export async function withdrawAt(tx: Tx, to: Address, now: Instant): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'withdrawn', settled_at: now })
    .where('space', '=', to.space)
    .where('address', '=', addressText(to))
    .where('state', '=', 'waiting')
    .execute()
}

/** What waits under keys with this prefix. */
export async function waitingUnder(tx: Tx, keyPrefix: string): Promise<Delivery[]> {
  const rows = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('key', '>=', keyPrefix)
    .where('key', '<', `${keyPrefix}\u{10ffff}`)
    .where('state', '=', 'waiting')
    .execute()
  return rows.map(toDelivery)
}

/** `user:U1` or `channel:C1`: the address inside its space. */
export const addressText = (to: Address): string => ('user' in to ? `user:${to.user}` : `channel:${to.channel}`)

export function toDelivery(row: Selectable<DeliveriesTable>): Delivery {
  const colon = row.address.indexOf(':')
  const id = row.address.slice(colon + 1)
  return {
    key: row.key,
    lane: row.lane,
    to: row.address.startsWith('user:') ? { space: row.space, user: id } : { space: row.space, channel: id },
    effect: JSON.parse(row.effect),
    state: row.state,
    attempts: row.attempts,
    due: row.due_at,
    expires: row.expires_at ?? undefined,
    doubt: row.doubt === 1,
    quiet: row.quiet ?? undefined,
    ref: row.ref ?? undefined,
    trouble: row.trouble ?? undefined,
    twice: row.twice ?? undefined,
    made: row.made_at,
    settled: row.settled_at ?? undefined,
  }
}
