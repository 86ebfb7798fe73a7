import { hash } from 'node:crypto'
import { type Instant, type Parcel, quietUntil, type Work } from '@cme-commons/core'
import { addressText, claim, type Delivery, inTx, release, type Settled, settle, type Tx } from '@cme-commons/db'
import { follow, noting } from './follow.ts'
import { failed, wakeFor } from './outcome.ts'
import type { Broken, Courier, Turn } from './parts.ts'

export type Packed = { delivery: Delivery; parcel: Parcel }
export type Claimed = { rows: number; parcels: Packed[]; until: Instant } | { heldUntil: Instant }

/** So long a claim makes parcels: nobody waits for the writer any longer. What is left comes with the next claim. */
const PACKING_MS = 25

/** The first claim of a turn. */
export async function claimFirst(courier: Courier, turn: Turn): Promise<Claimed> {
  for (;;) {
    const { size } = turn.broken
    try {
      return await inTx(courier.db, (tx) => claimIn(tx, courier, turn))
    } catch (error) {
      if (turn.broken.size === size) throw error
    }
  }
}

/**
 * Claims what is due and makes the parcels, in one transaction: what is expired or unwanted ends here, what falls into quiet hours
 * waits for their end, what cannot be unpacked counts as failed and holds up nobody.
 */
export async function claimIn(tx: Tx, courier: Courier, turn: Turn): Promise<Claimed> {
  const now = courier.now()
  const { lane, holder, until, broken } = turn
  const claimed = await claim(tx, { lane, holder, until, now, leaseMs: courier.leaseMs, limit: courier.batch })
  if ('heldUntil' in claimed) return claimed
  const parcels: Packed[] = []
  const settled: Settled[] = []
  const untried: string[] = []
  const heldUp = new Set<string>()
  const began = performance.now()
  for (const delivery of claimed.rows) {
    const address = addressText(delivery.to)
    const late = performance.now() - began > PACKING_MS && parcels.length > 0
    const made = late || heldUp.has(address) ? undefined : await pack(tx, courier, delivery, now, broken)
    if (!made) untried.push(delivery.key)
    else if ('parcel' in made) parcels.push({ delivery, parcel: made.parcel })
    else settled.push(made)
    if (made && 'first' in made && made.first) heldUp.add(address)
  }
  if (settled.length > 0) await settle(tx, holder, now, settled)
  await release(tx, turn, untried)
  await wakeFor(tx, courier, lane, settled)
  const rows = new Map(claimed.rows.map((row) => [row.key, row]))
  for (const delivery of claimed.expired) await follow(tx, courier, delivery, 'expired', broken)
  for (const to of settled)
    if (to.state !== 'waiting')
      await follow(tx, courier, { ...rows.get(to.key)!, ...to, settled: now }, to.state, broken)
  return { rows: claimed.rows.length + claimed.expired.length, parcels, until: claimed.until }
}

async function pack(tx: Tx, courier: Courier, delivery: Delivery, now: Instant, broken: Broken) {
  const { key, attempts, doubt } = delivery
  const quiet = delivery.quiet ? quietUntil(delivery.quiet, now) : undefined
  if (quiet) return { key, state: 'waiting', due: quiet, attempts, doubt, first: false } satisfies Settled
  const reason = broken.get(key)
  if (reason !== undefined) return failed(delivery, now, `not unpacked: ${reason}`)
  const unpacked = await noting(courier, broken, key, () => courier.unpack(tx, delivery, courier.now()))
  if ('skip' in unpacked) return { key, state: 'skipped', attempts, trouble: unpacked.skip } satisfies Settled
  return { parcel: parcelOf(delivery, unpacked, now) }
}

/** The id is opaque, the same for every attempt, and short enough for a platform's own idempotency field (25 characters). */
const parcelOf = ({ key, to, attempts, doubt }: Delivery, work: Work, now: Instant): Parcel => ({
  ...work,
  id: hash('sha256', key).slice(0, 24),
  key,
  to,
  attempt: attempts + 1,
  doubt,
  now,
})
