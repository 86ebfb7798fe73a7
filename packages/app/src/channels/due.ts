import { channelsToLookAt, inTx } from '@cme-commons/db'
import type { Plan } from '../conferences/due.ts'
import { lookAtChannel } from './look.ts'

const SOME = 20

/** Promises what is due in conference channels at `now`, one channel a transaction; answers how many it took. Mostly there is none, found by index. */
export async function planChannels({ db, now, wake, stop }: Plan): Promise<number> {
  let steps = 0
  for (
    let some = await channelsToLookAt(db.read, now, SOME);
    some.length > 0;
    some = await channelsToLookAt(db.read, now, SOME)
  )
    for (const { id } of some) {
      if (stop?.aborted) return steps
      await inTx(db, (tx) => lookAtChannel(tx, id, now, wake))
      steps++
    }
  return steps
}
