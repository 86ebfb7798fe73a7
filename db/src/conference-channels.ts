import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { nextValues } from './counters.ts'
import type { ConferenceChannelTable } from './tables/channels.ts'
import type { Read, Tx } from './tx.ts'

/** The channel of an edition, in whatever state. */
export const conferenceChannelOf = (db: Read, edition: string): Promise<ConferenceChannelTable | undefined> =>
  db.selectFrom('conference_channels').selectAll().where('edition', '=', edition).executeTakeFirst()

export const findConferenceChannel = (db: Read, id: string): Promise<ConferenceChannelTable | undefined> =>
  db.selectFrom('conference_channels').selectAll().where('id', '=', id).executeTakeFirst()

/** The conference channel that a channel of the platform's is, or whose questions forum it is. */
export const conferenceChannelAt = (
  db: Read,
  space: string,
  channel: string,
): Promise<ConferenceChannelTable | undefined> =>
  db
    .selectFrom('conference_channels')
    .selectAll()
    .where('space', '=', space)
    .where((e) => e.or([e('channel', '=', channel), e('forum', '=', channel)]))
    .executeTakeFirst()

/** Every conference channel of a space, the latest first. */
export const conferenceChannelsOf = (db: Read, space: string): Promise<ConferenceChannelTable[]> =>
  db
    .selectFrom('conference_channels')
    .selectAll()
    .where('space', '=', space)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** Adds a channel unless the edition has one, and answers the one that it has; a new one gets its id here, of which `mark` is made. */
export async function addConferenceChannel(
  tx: Tx,
  row: Omit<ConferenceChannelTable, 'id' | 'mark'>,
  mark: (id: string) => string,
): Promise<ConferenceChannelTable> {
  const id = `cc${await nextValues(tx, 'conference-channels')}`
  await tx
    .insertInto('conference_channels')
    .values({ ...row, id, mark: mark(id) })
    .onConflict((c) => c.column('edition').doNothing())
    .execute()
  return tx.selectFrom('conference_channels').selectAll().where('edition', '=', row.edition).executeTakeFirstOrThrow()
}

/** The channel, nobody else's to change until commit. */
export const holdConferenceChannel = (tx: Tx, id: string): Promise<ConferenceChannelTable | undefined> =>
  tx
    .updateTable('conference_channels')
    .set((e) => ({ attempt: e.ref('attempt') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

export async function changeConferenceChannel(
  tx: Tx,
  id: string,
  some: Partial<Omit<ConferenceChannelTable, 'id' | 'space' | 'edition' | 'mark' | 'made_at'>>,
): Promise<void> {
  if (Object.keys(some).length === 0) return
  await tx.updateTable('conference_channels').set(some).where('id', '=', id).execute()
}

/** Has the channel of an edition looked at by the next tick: something that it tells was changed. */
export async function lookAtChannelOf(tx: Tx, edition: string): Promise<void> {
  await tx
    .updateTable('conference_channels')
    .set({ look_at: '' })
    .where('edition', '=', edition)
    .where('look_at', '<>', '')
    .execute()
}

/** As the partial index says it: SQLite uses it only where it finds the same words. */
const OPEN = sql<boolean>`state = 'open'`

/** The open channels of which something is due at `now`, found by index. */
export const channelsToLookAt = (db: Read, now: Instant, limit: number): Promise<{ id: string }[]> =>
  db
    .selectFrom('conference_channels')
    .select('id')
    .where(OPEN)
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Every open channel of every space: few. */
export const openConferenceChannels = (db: Read): Promise<ConferenceChannelTable[]> =>
  db.selectFrom('conference_channels').selectAll().where('state', '=', 'open').orderBy('id').execute()
