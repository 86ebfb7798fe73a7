import { type Outcome, type Parcel, plus } from '@cme-commons/core'
import { addressText, inTx, renew } from '@cme-commons/db'
import type { Claimed, Packed } from './claim.ts'
import type { Courier, Turn } from './parts.ts'
import { settler } from './settler.ts'

/**
 * Sends a batch: addresses side by side, parcels to one address in order, each answer written down soon. Stops at a lost hold, a
 * paused lane or a full disk, and gives back what was not tried. Answers the next claim, or undefined when the turn has to end.
 */
export async function deliverAll(
  courier: Courier,
  turn: Turn,
  batch: readonly Packed[],
  more: () => boolean,
): Promise<Claimed | undefined> {
  const hold = holdOn(courier, turn)
  const answers = settler(courier, turn)
  const untried = new Set(batch)
  const queues = [...Map.groupBy(batch, ({ delivery }) => addressText(delivery.to)).values()]
  const goOn = () => !turn.stopping.aborted && !hold.lost && !answers.stuck() && !answers.paused()

  async function serve(parcels: readonly Packed[]) {
    for (const [i, packed] of parcels.entries()) {
      // Never two without a written answer at one address: after a crash only the first of them is in doubt.
      if (i > 0) await answers.written()
      if (!(goOn() && (hold.holds() || (await hold.renewed())) && goOn())) return
      untried.delete(packed)
      courier.at('before-send')
      const outcome = await send(courier, turn.lane, packed.parcel)
      courier.at('after-send')
      answers.note(packed.delivery, outcome)
      if (!('done' in outcome || 'never' in outcome)) return
    }
  }
  async function side() {
    for (let next = queues.shift(); next; next = queues.shift()) await serve(next)
  }
  await Promise.all(Array.from({ length: Math.min(courier.side, queues.length) }, side))
  const keys = untried.size > 0 ? [...untried].map(({ delivery }) => delivery.key) : []
  return answers.end({ untried: keys, goOn: goOn() && more() })
}

/** Our hold on the lane: it must last for one send and a little more before we send; it is renewed when less is left. */
function holdOn({ db, now, leaseMs, sendMs, log }: Courier, turn: Turn) {
  const lastSend = () => plus(turn.until!, -sendMs - leaseMs / 20)
  const hold = { lost: false, holds: () => now() <= last, renewed }
  let last = lastSend()
  let renewing: Promise<void> | undefined
  return hold

  async function renewed(): Promise<boolean> {
    renewing ??= again().finally(() => {
      renewing = undefined
    })
    await renewing
    return !hold.lost && now() <= plus(turn.until!, -sendMs)
  }
  async function again() {
    try {
      const longer = await inTx(db, (tx) => renew(tx, { lane: turn.lane, holder: turn.holder, now: now(), leaseMs }))
      if (!longer) hold.lost = true
      else turn.until = longer
      last = lastSend()
    } catch (error) {
      hold.lost = true
      log.warn({ err: error, lane: turn.lane }, 'the hold on a lane could not be renewed')
    }
  }
}

/** One attempt. No answer in time, and a throw, leave a doubt: it may have arrived. */
async function send({ deliverers, platformOf, sendMs, log }: Courier, lane: string, parcel: Parcel): Promise<Outcome> {
  const deliver = deliverers[platformOf(lane)]
  if (!deliver) return { failed: `${platformOf(lane)} is not connected` }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ failed: `no answer within ${sendMs / 1000} s`, doubt: true }), sendMs)
  })
  try {
    return await Promise.race([deliver(parcel), late])
  } catch (error) {
    log.error({ err: error, key: parcel.key }, 'a delivery threw')
    return { failed: error instanceof Error ? error.message : String(error), doubt: true }
  } finally {
    clearTimeout(timer)
  }
}
