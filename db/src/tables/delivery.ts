import type { Instant } from '@cme-commons/core'

/**
 * `waiting` for its time or its turn, `sending` under a lease; the others are final. `expired`: its time passed unsent;
 * `withdrawn`: taken back before it went out; `skipped`: nobody wants it any more (checked when it was claimed).
 */
export type DeliveryState = 'waiting' | 'sending' | FinalState | 'withdrawn'
export type FinalState = 'done' | 'dead' | 'expired' | 'skipped'

/** One row of the ledger: an effect on its way to one address. */
export interface DeliveriesTable {
  key: string
  lane: string
  space: string
  /** `user:U1` or `channel:C1`. */
  address: string
  /** An `Effect` as JSON. */
  effect: string
  state: DeliveryState
  attempts: number
  due_at: Instant
  expires_at: Instant | null
  /** Who holds it, or held it last: it is theirs only while `sending`. */
  lease: string | null
  lease_until: Instant | null
  /** 1: an earlier attempt ended without an answer, so it may have arrived. */
  doubt: number
  /** `22:00-07:00 America/Chicago`: hours in which nothing is sent. */
  quiet: string | null
  ref: string | null
  trouble: string | null
  twice: 'looked-up' | 'sent-blind' | null
  made_at: Instant
  settled_at: Instant | null
}

export interface DeliveryTables {
  deliveries: DeliveriesTable
  /** The delivery that goes first to an address: set when it has to be tried again, so that nothing overtakes it. */
  address_heads: { lane: string; address: string; key: string }
  /** A lane that a platform told to wait. */
  lane_pauses: { lane: string; until: Instant; why: string | null }
}
