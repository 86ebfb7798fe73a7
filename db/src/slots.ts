import { type Instant, plus } from '@cme-commons/core'
import type { Tx } from './tx.ts'

/** A slot further ahead than this was taken by a clock that was wrong, and is no longer believed. */
const BELIEVED = 5 * 60_000

/** True for the first who asks for this name at this time or a later one: a slot only moves forward, unless a clock was set back. */
export async function takeSlot(tx: Tx, name: string, at: Instant): Promise<boolean> {
  const taken = await tx
    .insertInto('slots')
    .values({ name, at })
    .onConflict((c) =>
      c
        .column('name')
        .doUpdateSet({ at })
        .where((eb) => eb.or([eb('slots.at', '<', at), eb('slots.at', '>', plus(at, BELIEVED))])),
    )
    .returning('name')
    .executeTakeFirst()
  return taken !== undefined
}
