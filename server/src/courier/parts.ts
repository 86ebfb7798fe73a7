import type { Wake } from '@cme-commons/app'
import type { Deliver, Instant, Work } from '@cme-commons/core'
import type { Db, Delivery, FinalState, Tx } from '@cme-commons/db'
import type { Say } from '../runner/port.ts'

/** Where a crash test may stop the process; each is a boundary between what is written down and what is done. */
export type Point = 'before-claim' | 'after-claim' | 'before-send' | 'after-send' | 'before-settle' | 'after-settle'

export type CourierParts = {
  db: Db
  now: () => Instant
  /** Names this process for good: new at each start. */
  holder: string
  /** By platform, the first part of a lane. */
  deliverers: Readonly<Record<string, Deliver>>
  platformOf: (lane: string) => string
  /** Makes what is sent, or says why nobody wants it any more. Runs in the transaction of the claim: no network. */
  unpack: (tx: Tx, delivery: Delivery, now: Instant) => Promise<Work | { skip: string }>
  /** What follows from an end, in the same transaction. */
  settled: (tx: Tx, delivery: Delivery, state: FinalState, now: Instant) => Promise<void>
  wake: Wake
  log: Say
  /** How long a lane is ours without a renewal; longer than `sendMs`. */
  leaseMs?: number
  /** Rows claimed at once. */
  batch?: number
  /** Addresses of one lane that are served side by side. */
  side?: number
  /** How long one send may take. */
  sendMs?: number
  /** How long an answer may wait to be written down together with others. */
  settleMs?: number
  /** How long one turn at a lane lasts before other lanes have theirs. */
  turnMs?: number
  at?: (point: Point) => void
}

export type Courier = Required<CourierParts>

/** What threw in a transaction, by key: left aside when the transaction is tried again, so that one row's bug stops no other. */
export type Broken = Map<string, string>

/** One turn at a lane. `until` is how long the lane is ours; `broken` what threw, so that it is left aside. */
export type Turn = {
  readonly lane: string
  readonly holder: string
  readonly stopping: AbortSignal
  readonly broken: Broken
  until: Instant | undefined
}
