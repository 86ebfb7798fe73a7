import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import type { FinalState } from './tables/delivery.ts'
import type { Tx } from './tx.ts'

/**
 * What became of one claimed row: an end, or another try at `due`. `first` keeps later deliveries to the same address behind it;
 * `attempts` and `doubt` are the new values.
 */
export type Settled = { key: string; attempts: number; trouble?: string } & (
  | { state: FinalState; ref?: string; twice?: 'looked-up' | 'sent-blind' }
  | { state: 'waiting'; due: Instant; doubt: boolean; first: boolean }
)

const ROWS_A_STATEMENT = 200

/**
 * Writes down what became of claimed rows, only of those that are still ours under `holder`, and answers their keys. What is not ours
 * any more was taken over by someone who knows that it may have arrived.
 */
export async function settle(tx: Tx, holder: string, now: Instant, all: readonly Settled[]): Promise<Set<string>> {
  const ours = new Set<string>()
  for (let i = 0; i < all.length; i += ROWS_A_STATEMENT)
    for (const key of await some(tx, holder, now, all.slice(i, i + ROWS_A_STATEMENT))) ours.add(key)
  return ours
}

async function some(tx: Tx, holder: string, now: Instant, settled: readonly Settled[]): Promise<string[]> {
  const values = settled.map((s) => {
    const end = s.state !== 'waiting'
    return sql`(${s.key}, ${s.state}, ${end ? null : s.due}, cast(${s.attempts} as integer),
      cast(${end ? 0 : Number(s.doubt)} as integer), ${end ? (s.ref ?? null) : null}, ${s.trouble ?? null},
      ${end ? (s.twice ?? null) : null}, ${end ? now : null})`
  })
  const { rows } = await sql<{ key: string; lane: string; address: string }>`
    with v (key, state, due_at, attempts, doubt, ref, trouble, twice, settled_at) as (values ${sql.join(values)})
    update deliveries set state = v.state, due_at = coalesce(v.due_at, deliveries.due_at), attempts = v.attempts,
      doubt = v.doubt, ref = v.ref, trouble = v.trouble, twice = v.twice, settled_at = v.settled_at,
      lease = null, lease_until = null
    from v where deliveries.key = v.key and deliveries.state = 'sending' and deliveries.lease = ${holder}
    returning deliveries.key, deliveries.lane, deliveries.address`.execute(tx)
  const byKey = new Map(settled.map((s) => [s.key, s]))
  const firsts = rows.filter((row) => {
    const s = byKey.get(row.key)!
    return s.state === 'waiting' && s.first
  })
  const ended = rows.filter((row) => byKey.get(row.key)!.state !== 'waiting')
  if (firsts.length > 0)
    await tx
      .insertInto('address_heads')
      .values(firsts.map(({ key, lane, address }) => ({ key, lane, address })))
      .onConflict((c) => c.columns(['lane', 'address']).doUpdateSet((e) => ({ key: e.ref('excluded.key') })))
      .execute()
  if (ended.length > 0)
    await tx
      .deleteFrom('address_heads')
      .where(
        'key',
        'in',
        ended.map(({ key }) => key),
      )
      .execute()
  return rows.map(({ key }) => key)
}
