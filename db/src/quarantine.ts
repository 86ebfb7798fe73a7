import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { type Delivery, toDelivery } from './outbox.ts'
import { dropSetting, putSetting, setting } from './settings.ts'
import type { Read, Tx } from './tx.ts'

const NAME = 'restore/quarantine'

/** True, in SQL, for a delivery of this alias that a restored database holds back: what was due by then may have been sent since the backup. */
export const heldBack = (alias: string): string =>
  `exists (select 1 from settings where name = '${NAME}' and value >= ${alias}.due_at)`

/** Since when a restored database waits for its operator's decision; undefined when it does not. */
export const quarantined = (read: Read): Promise<Instant | undefined> => setting(read, NAME)

/**
 * Marks a database that was just restored: nothing due by `now` goes out, and nothing is planned, until somebody releases or drops it. What
 * was on its way at the time of the backup may have arrived. Sources are read anew.
 */
export async function quarantine(tx: Tx, now: Instant): Promise<void> {
  await putSetting(tx, NAME, now)
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', lease: null, lease_until: null, doubt: 1 })
    .where('state', '=', 'sending')
    .execute()
  await tx.deleteFrom('leases').execute()
  await tx.deleteFrom('address_heads').execute()
  await tx.deleteFrom('lane_pauses').execute()
  await tx.updateTable('sources').set({ next_at: now }).where('enabled', '=', 1).execute()
}

export const endQuarantine = (tx: Tx): Promise<void> => dropSetting(tx, NAME)

const held = (read: Read, until: Instant) =>
  read.selectFrom('deliveries').where('state', '=', 'waiting').where('due_at', '<=', until)

/** What is held back, soonest first. */
export async function listHeld(read: Read, until: Instant, limit = 1_000): Promise<Delivery[]> {
  const rows = await held(read, until).selectAll().orderBy('due_at').orderBy('key').limit(limit).execute()
  return rows.map(toDelivery)
}

export async function countHeld(read: Read, until: Instant): Promise<number> {
  const row = await held(read, until)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Lets single deliveries go out now although they are held back; answers how many there were. */
export async function releaseHeld(tx: Tx, until: Instant, now: Instant, keys: readonly string[]): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set({ due_at: now })
    .where('key', 'in', keys)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', until)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Takes back what is held, or some of it: it counts as told. Answers how many. */
export async function dropHeld(tx: Tx, until: Instant, now: Instant, keys?: readonly string[]): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set({ state: 'withdrawn', settled_at: now, trouble: 'dropped after a restore' })
    .where('state', '=', 'waiting')
    .where('due_at', '<=', until)
    .$if(keys !== undefined, (query) => query.where('key', 'in', keys ?? []))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** No reader was told more than what was published by then: whoever was planned further goes on behind that. */
export async function toldUntil(tx: Tx, until: Instant): Promise<void> {
  const last = sql<number>`(select coalesce(max(seq), 0) from items where published <= ${until})`
  await tx.updateTable('audiences').set({ cursor: last }).where('cursor', '>', last).execute()
  await tx.updateTable('subscriptions').set({ cursor: last }).where('cursor', '>', last).execute()
}

/** Sources in use that were not read again since the restore. */
export const unreadSince = async (read: Read, since: Instant): Promise<string[]> =>
  (
    await read
      .selectFrom('sources')
      .select('id')
      .where('enabled', '=', 1)
      .where('url', 'is not', null)
      .where((e) => e.or([e('read_at', 'is', null), e('read_at', '<', since)]))
      .orderBy('id')
      .execute()
  ).map(({ id }) => id)
