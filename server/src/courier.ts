import type { Card, Deliver, Instant } from '@cme-commons/core'
import { type Db, type Delivery, type FinalState, inTx, nextDue, release, type Tx } from '@cme-commons/db'
import { type Claimed, claimFirst } from './courier/claim.ts'
import { deliverAll } from './courier/deliver.ts'
import type { Broken } from './courier/follow.ts'
import type { Say } from './runner/port.ts'

/** Where a crash test may stop the process; each is a boundary between what is written down and what is done. */
export type Point = 'before-claim' | 'after-claim' | 'before-send' | 'after-send' | 'before-settle' | 'after-settle'

/** Asks that a lane is worked at a time; belongs into the transaction that made the work. */
export type Wake = (tx: Tx, lane: string, at: Instant) => Promise<void>

export type CourierParts = {
  db: Db
  now: () => Instant
  /** Names this process for good: new at each start. */
  holder: string
  /** By platform, the first part of a lane. */
  deliverers: Readonly<Record<string, Deliver>>
  platformOf: (lane: string) => string
  /** Makes what is sent, or says why nobody wants it any more. Runs in the transaction of the claim: no network. */
  unpack: (tx: Tx, delivery: Delivery) => Promise<{ card: Card } | { skip: string }>
  /** What follows from an end, in the same transaction. */
  settled: (tx: Tx, delivery: Delivery, state: FinalState) => Promise<void>
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

/** One courier a process. `work` takes a turn at a lane: claim, deliver, settle, until nothing is due or `stopping` says so. */
export function createCourier(parts: CourierParts): { work(lane: string, stopping?: AbortSignal): Promise<void> } {
  const courier: Courier = {
    leaseMs: 20_000,
    batch: 200,
    side: 8,
    sendMs: 10_000,
    settleMs: 50,
    turnMs: 5_000,
    at: () => {},
    ...parts,
  }
  const comeBack = new Map<string, Instant>()
  let turns = 0
  const never = new AbortController().signal
  return {
    work: (lane, stopping = never) => {
      const holder = `${courier.holder}/${++turns}`
      return work(courier, { lane, holder, stopping, broken: new Map(), until: undefined }, comeBack)
    },
  }
}

/** One turn at a lane. `until` is how long the lane is ours; `broken` what threw, so that it is left aside. */
export type Turn = {
  readonly lane: string
  readonly holder: string
  readonly stopping: AbortSignal
  readonly broken: Broken
  until: Instant | undefined
}

async function work(courier: Courier, turn: Turn, comeBack: Map<string, Instant>): Promise<void> {
  const end = performance.now() + courier.turnMs
  const more = () => performance.now() < end
  if (turn.stopping.aborted) return
  courier.at('before-claim')
  let claimed: Claimed | undefined = await claimFirst(courier, turn)
  while (claimed) {
    if ('heldUntil' in claimed) return waitFor(courier, turn.lane, claimed.heldUntil, comeBack)
    courier.at('after-claim')
    if (claimed.rows === 0) break
    turn.until = claimed.until
    claimed = await deliverAll(courier, turn, claimed.parcels, more)
  }
  await leave(courier, turn)
}

/** Whoever has the lane looks again before she leaves; we come back only in case she never does. Once for each of her holds. */
async function waitFor({ db, wake, now }: Courier, lane: string, until: Instant, comeBack: Map<string, Instant>) {
  if ((comeBack.get(lane) ?? '') > now()) return
  comeBack.set(lane, until)
  await inTx(db, (tx) => wake(tx, lane, until))
}

/** Looks once more after the lane is free: who came while it was ours went away again. */
async function leave({ db, wake, now }: Courier, { lane, holder }: Turn) {
  await inTx(db, (tx) => release(tx, { lane, holder }))
  const due = await nextDue(db.read, lane)
  if (due !== undefined && due <= now()) await inTx(db, (tx) => wake(tx, lane, now()))
}
