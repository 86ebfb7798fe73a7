import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import type { SpaceTable } from './tables/people.ts'
import type { Read } from './tx.ts'

/** The key of the moderators' list of a slot. */
export const listKey = (space: string, slot: Instant): string => `company/${space}/week/${slot}`

/** The zones of spaces that have an address for their moderators. */
export async function listZones(db: Read): Promise<string[]> {
  const rows = await db
    .selectFrom('spaces')
    .select('zone')
    .distinct()
    .where('moderators', 'is not', null)
    .where('left_at', 'is', null)
    .execute()
  return rows.map(({ zone }) => zone)
}

/** Of whom a list of `slot` tells: those who moved last before `before`; who snoozed beyond the slot or stopped is left out. */
export type ListOf = { slot: Instant; before: Instant }

/** Whom a list tells of, in every space. */
export const stalledOf = (db: Read, { slot, before }: ListOf) =>
  db
    .selectFrom('onboardings as o')
    .leftJoin('company as c', 'c.member', 'o.member')
    .where('o.finished_at', 'is', null)
    .where('o.moved_at', '<', before)
    .where('c.stopped_at', 'is', null)
    .where((e) => e.or([e('c.snoozed_until', 'is', null), e('c.snoozed_until', '<=', slot)]))

/** The spaces of a zone with somebody to tell of; with `posted` false those alone whose list of the slot is not in the ledger yet. */
export function spacesWithStalled(db: Read, zone: string, list: ListOf, posted?: false): Promise<SpaceTable[]> {
  let spaces = db
    .selectFrom('spaces')
    .selectAll()
    .where('zone', '=', zone)
    .where('moderators', 'is not', null)
    .where('left_at', 'is', null)
    // One step in the index for each space: PostgreSQL would gather all who stalled for an "exists".
    .where(
      stalledOf(db, list)
        .select('o.member')
        .where(sql<boolean>`o.space = spaces.id`)
        .orderBy('o.finished_at')
        .orderBy('o.moved_at')
        .limit(1),
      'is not',
      null,
    )
  if (posted === false)
    spaces = spaces.where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('deliveries')
            .select('key')
            .where('key', '=', sql<string>`'company/' || spaces.id || ${sql.val(`/week/${list.slot}`)}`),
        ),
      ),
    )
  return spaces.orderBy('id').execute()
}

export type StalledRow = {
  member: string
  name: string | null
  track: string | null
  moved_at: Instant
  snoozed_until: Instant | null
}

/** Those of a space whom a list tells of, the latest to stall first. */
export const stalledForList = (db: Read, space: string, list: ListOf, limit: number): Promise<StalledRow[]> =>
  stalledOf(db, list)
    .innerJoin('members as m', 'm.id', 'o.member')
    .select(['o.member', 'm.name', 'm.track', 'o.moved_at', 'c.snoozed_until'])
    .where('o.space', '=', space)
    // All are null; said so that PostgreSQL reads the index backwards instead of sorting.
    .orderBy('o.finished_at', 'desc')
    .orderBy('o.moved_at', 'desc')
    .orderBy('o.member', 'desc')
    .limit(limit)
    .execute()

/** How many they are, counted no further than `most`. */
export async function countForList(db: Read, space: string, list: ListOf, most: number): Promise<number> {
  const some = stalledOf(db, list).select('o.member').where('o.space', '=', space).limit(most)
  const row = await db
    .selectFrom(some.as('some'))
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** The steps that some members have done, in whatever space or in this one. */
export function doneSteps(
  db: Read,
  members: readonly string[],
  space?: string,
): Promise<{ member: string; step: string }[]> {
  let query = db
    .selectFrom('step_progress')
    .select(['member', 'step'])
    .where('member', 'in', members)
    .where('done_at', 'is not', null)
  if (space !== undefined) query = query.where('space', '=', space)
  return query.execute()
}
