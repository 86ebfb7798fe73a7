import type { Instant } from '@cme-commons/core'
import type { Tx } from './tx.ts'

/** True for the first who asks for this name at this time or a later one: a slot only moves forward. */
export async function takeSlot(tx: Tx, name: string, at: Instant): Promise<boolean> {
  const taken = await tx
    .insertInto('slots')
    .values({ name, at })
    .onConflict((c) => c.column('name').doUpdateSet({ at }).whereRef('slots.at', '<', 'excluded.at'))
    .returning('name')
    .executeTakeFirst()
  return taken !== undefined
}
