import type { Instant } from '@cme-commons/core'
import type { AttendeeTable } from './tables/conference-people.ts'
import type { Read, Tx } from './tx.ts'

/** Lets others see that she is there. */
export async function putAttendee(tx: Tx, row: AttendeeTable): Promise<void> {
  await tx
    .insertInto('attendees')
    .values(row)
    .onConflict((c) => c.columns(['edition', 'member']).doNothing())
    .execute()
}

export async function dropAttendee(tx: Tx, edition: string, member: string): Promise<void> {
  await tx.deleteFrom('attendees').where('edition', '=', edition).where('member', '=', member).execute()
}

/** Everybody who lets others see that she is at an edition, by name. */
export const attendeesAt = (
  db: Read,
  edition: string,
): Promise<{ member: string; name: string | null; track: string | null; at: Instant }[]> =>
  db
    .selectFrom('attendees')
    .innerJoin('members', 'members.id', 'attendees.member')
    .select(['attendees.member', 'members.name', 'members.track', 'attendees.at'])
    .where('attendees.edition', '=', edition)
    .orderBy('members.name')
    .orderBy('attendees.member')
    .execute()

/** Where a member lets others see that she is there. */
export const attendancesOf = (db: Read, member: string): Promise<AttendeeTable[]> =>
  db.selectFrom('attendees').selectAll().where('member', '=', member).orderBy('at').orderBy('edition').execute()
