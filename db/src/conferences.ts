import { openCalendarName } from './calendar.ts'
import { dropMeetings } from './conference-people.ts'
import { nextValues } from './counters.ts'
import { dropSetting } from './settings.ts'
import type { ConferenceTable, EditionTable, PolicyTable } from './tables/conferences.ts'
import type { SpaceTable } from './tables/people.ts'
import type { Read, Tx } from './tx.ts'

/** The conferences that the moderators of a space added. */
export const conferencesOf = (db: Read, space: string): Promise<ConferenceTable[]> =>
  db.selectFrom('conferences').selectAll().where('space', '=', space).orderBy('name').execute()

export const findConference = (db: Read, id: string): Promise<ConferenceTable | undefined> =>
  db.selectFrom('conferences').selectAll().where('id', '=', id).executeTakeFirst()

/** Adds a conference, or writes one anew; a new one gets its id here. */
export async function putConference(
  tx: Tx,
  row: Omit<ConferenceTable, 'id'> & { id?: string },
): Promise<ConferenceTable> {
  const whole = { ...row, id: row.id ?? `own-${await nextValues(tx, 'conferences')}` }
  const { id, made_at, space, ...rest } = whole
  await tx
    .insertInto('conferences')
    .values(whole)
    .onConflict((c) => c.column('id').doUpdateSet(rest))
    .execute()
  return whole
}

/** The editions of a space, the latest first; of one conference where it is named. */
export function editionsOf(db: Read, space: string, conference?: string): Promise<EditionTable[]> {
  let query = db.selectFrom('editions').selectAll().where('space', '=', space)
  if (conference !== undefined) query = query.where('conference', '=', conference)
  return query.orderBy('year', 'desc').orderBy('id', 'desc').execute()
}

export const findEdition = (db: Read, id: string): Promise<EditionTable | undefined> =>
  db.selectFrom('editions').selectAll().where('id', '=', id).executeTakeFirst()

/** Adds an edition, or writes one anew; a new one gets its id here. */
export async function putEdition(tx: Tx, row: Omit<EditionTable, 'id'> & { id?: string }): Promise<EditionTable> {
  const whole = { ...row, id: row.id ?? `e${await nextValues(tx, 'editions')}` }
  const { id, made_at, space, ...rest } = whole
  await tx
    .insertInto('editions')
    .values(whole)
    .onConflict((c) => c.column('id').doUpdateSet(rest))
    .execute()
  return whole
}

/** What moderators of a space set for each kind of date. */
export const policiesOf = (db: Read, space: string): Promise<PolicyTable[]> =>
  db.selectFrom('reminder_policies').selectAll().where('space', '=', space).orderBy('kind').execute()

/** Sets the leads for a kind of date in a space, or (without) leaves them to the defaults. */
export async function putPolicy(tx: Tx, { space, kind, leads, since }: PolicyTable): Promise<void> {
  await tx
    .insertInto('reminder_policies')
    .values({ space, kind, leads, since })
    .onConflict((c) => c.columns(['space', 'kind']).doUpdateSet({ leads, since }))
    .execute()
}

/** Every list of leads that some space set, by kind: few, however many spaces there are. */
export const leadsSet = (db: Read): Promise<Pick<PolicyTable, 'kind' | 'leads'>[]> =>
  db.selectFrom('reminder_policies').select(['kind', 'leads']).distinct().execute()

/** Deletes everything about conferences that belongs to a space. */
export async function dropConferences(tx: Tx, space: string): Promise<void> {
  await dropSetting(tx, openCalendarName(space))
  await dropMeetings(tx, space)
  for (const table of [
    'channel_decisions',
    'channel_events',
    'conference_channels',
    'calendar_dates',
    'calendar_sources',
    'follows',
    'conference_dates',
    'editions',
    'conferences',
    'reminder_policies',
    'date_history',
  ] as const)
    await tx.deleteFrom(table).where('space', '=', space).execute()
}

/** The spaces of a zone that the program is in. */
export const spacesOfZone = (db: Read, zone: string): Promise<SpaceTable[]> =>
  db.selectFrom('spaces').selectAll().where('zone', '=', zone).where('left_at', 'is', null).orderBy('id').execute()

/** True for a space in which somebody follows a conference, or has entered one. */
export async function usesConferences(db: Read, space: string): Promise<boolean> {
  const one = async (table: 'follows' | 'editions') =>
    (await db.selectFrom(table).select('id').where('space', '=', space).limit(1).executeTakeFirst()) !== undefined
  return (await one('editions')) || (await one('follows'))
}
