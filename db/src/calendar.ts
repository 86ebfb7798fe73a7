import type { Instant } from '@cme-commons/core'
import type { TokenTable } from './tables/access.ts'
import type { ConferenceTable, DateTable, EditionTable } from './tables/conferences.ts'
import type { Read, Tx } from './tx.ts'

/** More than any reader of calendars shows; of more than that, what is furthest in the future stays. */
const MOST_IN_CALENDAR = 5000

/** The dates of some spaces and the standing deadlines that are not over at `from`, also those that are off, in the order of time. */
export async function datesForCalendar(db: Read, spaces: readonly string[], from: Instant): Promise<DateTable[]> {
  const rows = await db
    .selectFrom('conference_dates')
    .selectAll()
    .where('space', 'in', [...spaces, ''])
    .where('over_at', '>=', from)
    .where('status', '<>', 'typical')
    .orderBy('closes_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_IN_CALENDAR)
    .execute()
  return rows.reverse()
}

export const editionsOfSpaces = (db: Read, spaces: readonly string[]): Promise<EditionTable[]> =>
  spaces.length === 0
    ? Promise.resolve([])
    : db.selectFrom('editions').selectAll().where('space', 'in', spaces).execute()

/** Where the setting of a space is kept that opens its calendar to everybody. */
export const openCalendarName = (space: string): string => `calendar/open/${space}`

/** The spaces whose moderators opened their calendar to everybody. */
export async function openCalendars(db: Read): Promise<string[]> {
  const rows = await db.selectFrom('settings').select('name').where('name', 'like', openCalendarName('%')).execute()
  const open = new Set(rows.map(({ name }) => name))
  const spaces = await db.selectFrom('spaces').select('id').where('left_at', 'is', null).orderBy('id').execute()
  return spaces.map(({ id }) => id).filter((id) => open.has(openCalendarName(id)))
}

/** The scope of a token that opens a member's own calendar and nothing else. It is no `Scope`: it stands in an address that others see. */
export const CALENDAR_TOKEN = 'calendar'

/** The address of her calendar that a member has in a space, if it was not ended. */
export const calendarToken = (db: Read, space: string, member: string): Promise<TokenTable | undefined> =>
  db
    .selectFrom('tokens')
    .selectAll()
    .where('space', '=', space)
    .where('member', '=', member)
    .where('scopes', '=', CALENDAR_TOKEN)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()

/** Ends every address of her calendar that a member has in a space; true when there was one. */
export async function endCalendarTokens(tx: Tx, space: string, member: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('space', '=', space)
    .where('member', '=', member)
    .where('scopes', '=', CALENDAR_TOKEN)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The dates of some spaces and the standing deadlines that are over at `from` or later and before `until`, without sessions, the soonest first. */
export const datesOver = (
  db: Read,
  spaces: readonly string[],
  { from, until, limit }: { from: Instant; until: Instant; limit: number },
): Promise<DateTable[]> =>
  db
    .selectFrom('conference_dates')
    .selectAll()
    .where('space', 'in', [...spaces, ''])
    .where('over_at', '>=', from)
    .where('over_at', '<', until)
    .where('kind', '<>', 'session')
    .where('gone_at', 'is', null)
    .orderBy('over_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** What moderators of some spaces added to the conferences that the content knows. */
export const conferencesOfSpaces = (db: Read, spaces: readonly string[]): Promise<ConferenceTable[]> =>
  spaces.length === 0
    ? Promise.resolve([])
    : db.selectFrom('conferences').selectAll().where('space', 'in', spaces).orderBy('name').execute()

/** The dates and sessions of some editions that were not taken out, in the order of time. */
export const datesOfEditions = (db: Read, editions: readonly string[], limit: number): Promise<DateTable[]> =>
  editions.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('conference_dates')
        .selectAll()
        .where('edition', 'in', editions)
        .where('gone_at', 'is', null)
        .orderBy('closes_at')
        .orderBy('id')
        .limit(limit)
        .execute()
