import { daysBetween } from '@cme-commons/core'
import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  // One row for each time somebody was given a role, kept when it is taken again.
  `create table roles (
    id text not null primary key,
    space text not null references spaces (id),
    member text not null references members (id),
    role text not null,
    given_by text references members (id),
    at text not null,
    taken_by text references members (id),
    taken_at text
  )`,
  'create unique index roles_held on roles (space, member, role) where taken_at is null',
  'create index roles_space on roles (space, at, id)',
  'create index roles_member on roles (member)',
  'create index identities_by_member on identities (member, space)',
  // Progress belongs to the space in which it was made: nobody else's moderators see it.
  `alter table onboardings add column space text not null default ''`,
  `alter table onboardings add column moved_at text not null default ''`,
  'alter table onboardings add column finished_at text',
  `alter table step_progress add column space text not null default ''`,
  `update onboardings set moved_at = started_at,
    space = coalesce((select min(space) from identities where identities.member = onboardings.member), '')`,
  `update step_progress set
    space = coalesce((select min(space) from identities where identities.member = step_progress.member), '')`,
  `update onboardings set moved_at = coalesce((select max(coalesce(done_at, begun_at)) from step_progress
    where step_progress.member = onboardings.member), started_at)`,
  'create index onboardings_moved on onboardings (space, finished_at, moved_at, member)',
  'create index step_progress_open on step_progress (space, step, begun_at, member) where done_at is null',
  'create index step_progress_done on step_progress (space, step, done_at, member) where done_at is not null',
  // How many members of a space did a step after so many whole days; -1 stands for those who have it under way.
  `create table step_counts (
    space text not null,
    step text not null,
    days integer not null,
    members integer not null,
    primary key (space, step, days)
  )`,
]

/** Who moderates and who mentors; progress by space, counted as it is made. */
export async function roles(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
  await countProgress(tx)
}

/** Counts what was there before it was counted. */
async function countProgress(tx: Tx) {
  const steps = await tx.selectFrom('step_progress').select(['space', 'step', 'begun_at', 'done_at']).execute()
  const begun = await tx.selectFrom('onboardings').select(['space', 'started_at']).execute()
  const rows = [
    ...steps,
    ...begun.map(({ space, started_at }) => ({ space, step: '', begun_at: started_at, done_at: null })),
  ]
  const counts = new Map<string, { space: string; step: string; days: number; members: number }>()
  for (const { space, step, begun_at, done_at } of rows) {
    const days = done_at ? daysBetween(begun_at, done_at) : -1
    const key = JSON.stringify([space, step, days])
    const count = counts.get(key) ?? { space, step, days, members: 0 }
    counts.set(key, { ...count, members: count.members + 1 })
  }
  for (const count of counts.values()) await tx.insertInto('step_counts').values(count).execute()
}
