import { sql } from 'kysely'
import { type Delivery, noteLane, toDelivery } from './outbox.ts'
import type { ChannelDecisionTable, ChannelEventTable } from './tables/channels.ts'
import type { Read, Tx } from './tx.ts'

/** What of a conference channel stands, or stood, among the events of the platform, and the sessions that were chosen for it. */
export const channelEventsOf = (db: Read, channel: string): Promise<ChannelEventTable[]> =>
  db.selectFrom('channel_events').selectAll().where('conference_channel', '=', channel).orderBy('subject').execute()

export async function putChannelEvent(tx: Tx, row: ChannelEventTable): Promise<void> {
  const { conference_channel, subject, space, ...rest } = row
  await tx
    .insertInto('channel_events')
    .values(row)
    .onConflict((c) => c.columns(['conference_channel', 'subject']).doUpdateSet(rest))
    .execute()
}

/** Forgets what a channel had among the events: another one is opened in its place. */
export async function forgetChannelEvents(tx: Tx, channel: string): Promise<void> {
  await tx.updateTable('channel_events').set({ face: null }).where('conference_channel', '=', channel).execute()
}

/** What moderators decided about things that are to come, of one channel or of all; by the key they are promised under. */
export const decisionsOf = (db: Read, channel?: string): Promise<ChannelDecisionTable[]> =>
  db
    .selectFrom('channel_decisions')
    .selectAll()
    .$if(channel !== undefined, (query) => query.where('conference_channel', '=', channel ?? ''))
    .orderBy('key')
    .execute()

/** About which of some keys moderators decided: they hold it, leave it out, or sent it early. */
export async function decidedAmong(db: Read, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.selectFrom('channel_decisions').select('key').where('key', 'in', keys).execute()
  return new Set(rows.map(({ key }) => key))
}

export async function putDecision(tx: Tx, row: ChannelDecisionTable): Promise<void> {
  const { decision, decided_by, decided_at } = row
  await tx
    .insertInto('channel_decisions')
    .values(row)
    .onConflict((c) => c.column('key').doUpdateSet({ decision, decided_by, decided_at }))
    .execute()
}

export async function dropDecision(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('channel_decisions').where('key', '=', key).execute()
}

/** Lets a delivery that waits, was taken back or did not arrive go out at `now`, whatever hour it is; false when there is none such. */
export async function sendNow(tx: Tx, key: string, now: string): Promise<boolean> {
  const row = await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', due_at: now, attempts: 0, quiet: null, expires_at: null, settled_at: null, trouble: null })
    .where('key', '=', key)
    .where('state', 'in', ['waiting', 'withdrawn', 'dead', 'expired', 'skipped'])
    .returning('lane')
    .executeTakeFirst()
  if (row) noteLane(tx, row.lane)
  return row !== undefined
}

/** Has a date looked at by the next tick: which of its reminders is open, and whom it was not promised to yet. */
export async function lookAtDate(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('conference_dates').set({ fresh: 1 }).where('id', '=', id).where('remind', '=', 1).execute()
}

/** As the partial index says it: only what goes to channels is in it. */
const TO_CHANNELS = sql<boolean>`address >= 'channel:' and address < 'channel;'`

/** What was promised to a channel of a space since a moment, the latest first. */
export async function promisedIn(
  db: Read,
  { space, channel, since }: { space: string; channel: string; since: string },
  limit: number,
): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('space', '=', space)
    .where('address', '=', `channel:${channel}`)
    .where(TO_CHANNELS)
    .where('made_at', '>=', since)
    .orderBy('made_at', 'desc')
    .orderBy('key', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toDelivery)
}

/** Everything that was promised under keys with this prefix, in their order. */
export async function promisedUnder(db: Read, keyPrefix: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('key', '>=', keyPrefix)
    .where('key', '<', `${keyPrefix}\u{10ffff}`)
    .orderBy('key')
    .execute()
  return rows.map(toDelivery)
}
