import type { CalendarDateTable } from './tables/calendar.ts'
import type { ConferenceChannelTable } from './tables/channels.ts'
import type { DateTable } from './tables/conferences.ts'
import type { Tx } from './tx.ts'

const NOT_OPENED = {
  state: 'opening' as const,
  channel: null,
  forum: null,
  welcome_ref: null,
  schedule_ref: null,
  opened_at: null,
  ended_at: null,
}

/**
 * Undoes what a clock that was ahead brought of conference channels: those made after `now` are gone, those opened after it wait to be opened,
 * those that ended after it are open again, which are answered. What moderators changed of a topic or a rota meanwhile stays.
 */
export async function forgetChannelsAfter(tx: Tx, now: string): Promise<ConferenceChannelTable[]> {
  await tx.deleteFrom('channel_decisions').where('decided_at', '>', now).execute()
  const gone = tx.selectFrom('conference_channels').select('id').where('made_at', '>', now)
  await tx.deleteFrom('channel_events').where('conference_channel', 'in', gone).execute()
  await tx.deleteFrom('conference_channels').where('made_at', '>', now).execute()
  await tx
    .updateTable('conference_channels')
    .set({ ...NOT_OPENED, trouble: null })
    .where((e) => e.or([e('opened_at', '>', now), e.and([e('state', '=', 'opening'), e('changed_at', '>', now)])]))
    .execute()
  // What was tried again ahead of the clock was promised then, and is promised no more.
  await tx
    .updateTable('conference_channels')
    .set({ trouble: 'The clock was taken back: try again.' })
    .where('state', '=', 'opening')
    .where('attempt', '>', 1)
    .where('changed_at', '>', now)
    .execute()
  const reopened = await tx
    .updateTable('conference_channels')
    .set({ state: 'open', ended_at: null })
    .where('ended_at', '>', now)
    .returningAll()
    .execute()
  const tried = tx
    .selectFrom('conference_channels')
    .innerJoin('spaces', 'spaces.id', 'conference_channels.space')
    .select('conference_channels.id')
    .where('spaces.platform', '=', 'try')
  await tx.updateTable('channel_events').set({ face: null }).where('conference_channel', 'in', tried).execute()
  await tx
    .updateTable('conference_channels')
    .set({ schedule_face: null, look_at: '' })
    .where('id', 'in', tried)
    .execute()
  return reopened
}

/** What was taken of other calendars after `now`, each with its date as it is again; of dates that are gone it is forgotten. */
export async function takenAfter(tx: Tx, now: string): Promise<{ taken: CalendarDateTable; date: DateTable }[]> {
  const rows = await tx.selectFrom('calendar_dates').selectAll().where('taken_at', '>', now).orderBy('uid').execute()
  const kept = []
  for (const taken of rows) {
    const date = await tx.selectFrom('conference_dates').selectAll().where('id', '=', taken.date).executeTakeFirst()
    if (date) kept.push({ taken, date })
    else
      await tx.deleteFrom('calendar_dates').where('edition', '=', taken.edition).where('uid', '=', taken.uid).execute()
  }
  return kept
}
