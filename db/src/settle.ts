import type { Instant } from '@cme-commons/core'
import { keysUnder, marks, run } from './statement.ts'
import type { FinalState } from './tables/delivery.ts'
import type { Tx } from './tx.ts'

/**
 * What became of one claimed row: an end, or another try at `due`. `first` keeps later deliveries to the same address behind it;
 * `attempts` and `doubt` are the new values; `gone` is for what follows and is not written.
 */
export type Settled = { key: string; attempts: number; trouble?: string } & (
  | { state: FinalState; ref?: string; twice?: 'looked-up' | 'sent-blind'; gone?: 'address' }
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
  const ours: string[] = []
  for (const alike of Map.groupBy(settled, fate).values()) ours.push(...(await write(tx, holder, now, alike)))
  const kept = new Set(ours)
  const ended = settled.flatMap(({ key, state }) => (state !== 'waiting' && kept.has(key) ? [key] : []))
  if (ended.length > 0) await run(tx, `delete from address_heads where key in (${marks(ended.length)})`, ended)
  for (const one of settled)
    if (one.state === 'waiting' && one.first && kept.has(one.key))
      await run(
        tx,
        `insert into address_heads (lane, address, key) select lane, address, key from deliveries where key = ?
          on conflict (lane, address) do update set key = excluded.key`,
        [one.key],
      )
  return ours
}

/** What is the same for rows that one statement writes: all but their keys and references. */
const fate = (s: Settled) =>
  s.state === 'waiting'
    ? `waiting ${s.due} ${s.attempts} ${s.doubt} ${s.trouble}`
    : `${s.state} ${s.attempts} ${s.twice} ${s.trouble}`

/** Counting is cheaper than `returning`; which rows are ours is asked only when some are not. The lease stays as a trace of who sent it. */
async function write(tx: Tx, holder: string, now: Instant, alike: readonly Settled[]): Promise<string[]> {
  const one = alike[0]!
  const end = one.state !== 'waiting'
  const keys = alike.map(({ key }) => key)
  const refs = alike.map((s) => (s.state === 'waiting' ? null : (s.ref ?? null)))
  const same = refs.every((ref) => ref === refs[0])
  const set = `state = ?, due_at = coalesce(?, due_at), attempts = ?, doubt = ?, trouble = ?, twice = ?, settled_at = ?,
    lease_until = null`
  const values = [
    one.state,
    end ? null : one.due,
    one.attempts,
    end ? 0 : Number(one.doubt),
    one.trouble ?? null,
    end ? (one.twice ?? null) : null,
    end ? now : null,
  ]
  const { numAffectedRows } = same
    ? await run(
        tx,
        `update deliveries set ${set}, ref = ? where key in (${marks(keys.length)}) and state = 'sending' and lease = ?`,
        [...values, refs[0]!, ...keys, holder],
      )
    : await run(
        tx,
        `with v (key, ref) as (values ${marks(keys.length, '(?, ?)')}) update deliveries set ${set}, ref = v.ref from v
          where deliveries.key = v.key and deliveries.state = 'sending' and deliveries.lease = ?`,
        [...alike.flatMap((_, i) => [keys[i]!, refs[i]!]), ...values, holder],
      )
  return Number(numAffectedRows) === keys.length ? keys : [...(await keysUnder(tx, holder, one.state, keys))]
}
