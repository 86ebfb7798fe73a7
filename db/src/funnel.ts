import type { Instant, StepCount } from '@cme-commons/core'
import { type ListOf, stalledOf } from './company-list.ts'
import type { Read } from './tx.ts'

/** How many members of a space began and did each of the steps, as they were counted when it happened; whoever left stays counted. */
export async function stepCounts(db: Read, space: string, steps: readonly string[]): Promise<StepCount[]> {
  const rows = await db
    .selectFrom('step_counts')
    .select(['step', 'days', 'members'])
    .where('space', '=', space)
    .where('step', 'in', steps)
    .where('members', '>', 0)
    .execute()
  return rows.map(({ step, days, members }) => ({ step, members, ...(days < 0 ? {} : { days }) }))
}

export type AtStep = { space: string; step: string; state: 'open' | 'done' }
/** `at` is when she began it, or did it. */
export type MemberAtStep = { member: string; at: Instant; name: string | null }

/** The members behind a number: who has a step under way, longest first, or who did it, latest first. */
export function membersAtStep(
  db: Read,
  { space, step, state }: AtStep,
  from: number,
  limit: number,
): Promise<MemberAtStep[]> {
  const [at, order] = state === 'open' ? (['begun_at', 'asc'] as const) : (['done_at', 'desc'] as const)
  // The page is found in the index alone, before anybody's name is looked up.
  const page = db
    .selectFrom('step_progress')
    .select(['member', at])
    .where('space', '=', space)
    .where('step', '=', step)
    .where('done_at', state === 'open' ? 'is' : 'is not', null)
    .orderBy(at, order)
    .orderBy('member', order)
    .offset(from)
    .limit(limit)
  return db
    .selectFrom(page.as('page'))
    .innerJoin('members', 'members.id', 'page.member')
    .select(['page.member', `page.${at} as at`, 'members.name'])
    .orderBy(`page.${at}`, order)
    .orderBy('page.member', order)
    .execute() as Promise<MemberAtStep[]>
}

/** Who has something left of her pathway and stalled on it, longest first; `countForList` tells how many there are. */
export const stalledMembers = (db: Read, space: string, list: ListOf, from: number, limit: number) =>
  stalledOf(db, list)
    .innerJoin('members as m', 'm.id', 'o.member')
    .select(['o.member', 'o.moved_at', 'm.name', 'm.track'])
    .where('o.space', '=', space)
    // All are null; said so that PostgreSQL reads the index instead of sorting everybody.
    .orderBy('o.finished_at')
    .orderBy('o.moved_at')
    .orderBy('o.member')
    .offset(from)
    .limit(limit)
    .execute()

/** The next members of a space in order of their platform's id, with where they stand: for an export that never holds them all. */
export const membersAfter = (db: Read, space: string, user: string, limit: number) =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .leftJoin('onboardings', (join) =>
      join.onRef('onboardings.member', '=', 'members.id').onRef('onboardings.space', '=', 'identities.space'),
    )
    .select(['identities.user', 'members.id', 'members.name', 'members.track', 'members.region'])
    .select(['onboardings.started_at', 'onboardings.moved_at', 'onboardings.finished_at'])
    .where('identities.space', '=', space)
    .where('identities.user', '>', user)
    .orderBy('identities.user')
    .limit(limit)
    .execute()

/** What some members made of their steps, with the space of each. */
export const stepsOf = (db: Read, members: readonly string[]) =>
  db
    .selectFrom('step_progress')
    .select(['member', 'space', 'step', 'begun_at', 'done_at'])
    .where('member', 'in', members)
    .execute()
