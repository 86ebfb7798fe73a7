import type { Instant } from '@cme-commons/core'
import { inTx, nextDue, release } from '@cme-commons/db'
import { type Claimed, claimFirst } from './courier/claim.ts'
import { deliverAll } from './courier/deliver.ts'
import type { Courier, CourierParts, Turn } from './courier/parts.ts'

export type { Courier, CourierParts, Point } from './courier/parts.ts'

/** One courier a process. `work` takes a turn at a lane: claim, deliver, settle, until nothing is due or `stopping` says so. */
export function createCourier(parts: CourierParts): { work(lane: string, stopping?: AbortSignal): Promise<void> } {
  const courier: Courier = {
    leaseMs: 20_000,
    batch: 500,
    side: 64,
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
