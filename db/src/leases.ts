import { type Instant, plus } from '@cme-commons/core'
import type { Read, Tx } from './tx.ts'

/** `holder` names one taker for good: never reuse it after a restart. */
export type Lease = { name: string; holder: string; now: Instant; ms: number }

/** Takes a lease that is free or has run out, or renews our own. Answers until when it is ours, or undefined while another has it. */
export async function takeLease(tx: Tx, { name, holder, now, ms }: Lease): Promise<Instant | undefined> {
  const until = plus(now, ms)
  const taken = await tx
    .insertInto('leases')
    .values({ name, holder, until })
    .onConflict((c) =>
      c
        .column('name')
        .doUpdateSet({ holder, until })
        .where((w) => w.or([w('leases.until', '<=', now), w('leases.holder', '=', holder)])),
    )
    .returning('until')
    .executeTakeFirst()
  return taken?.until
}

/** Renews a lease that nobody else has taken, even after it ran out. Answers until when, or undefined when it is lost. */
export async function renewLease(tx: Tx, { name, holder, now, ms }: Lease): Promise<Instant | undefined> {
  const renewed = await tx
    .updateTable('leases')
    .set({ until: plus(now, ms) })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .returning('until')
    .executeTakeFirst()
  return renewed?.until
}

/** Gives a lease back; nothing happens when it is not ours any more. */
export async function releaseLease(tx: Tx, name: string, holder: string): Promise<void> {
  await tx.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute()
}

/** Who holds a lease now, and until when. */
export async function leaseOf(read: Read, name: string, now: Instant) {
  const found = read.selectFrom('leases').select(['holder', 'until']).where('name', '=', name).where('until', '>', now)
  return await found.executeTakeFirst()
}

export const isMine = async (read: Read, { name, holder, now }: Omit<Lease, 'ms'>): Promise<boolean> =>
  (await leaseOf(read, name, now))?.holder === holder
