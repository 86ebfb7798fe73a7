import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { FollowTable } from './tables/conferences.ts'
import type { Read, Tx } from './tx.ts'

/** Everything that an address of a space (`user:U1`, `channel:C1`) follows. */
export const followsAt = (db: Read, space: string, address: string): Promise<FollowTable[]> =>
  db
    .selectFrom('follows')
    .selectAll()
    .where('space', '=', space)
    .where('address', '=', address)
    .orderBy('scope')
    .execute()

export const followAt = (db: Read, space: string, address: string, scope: string): Promise<FollowTable | undefined> =>
  db
    .selectFrom('follows')
    .selectAll()
    .where('space', '=', space)
    .where('address', '=', address)
    .where('scope', '=', scope)
    .executeTakeFirst()

/** Every follow of a member's own, in whatever space. */
export const followsOf = (db: Read, member: string): Promise<FollowTable[]> =>
  db.selectFrom('follows').selectAll().where('member', '=', member).orderBy('space').orderBy('scope').execute()

type Said = Omit<FollowTable, 'id' | 'clock' | 'sessions' | 'muted'>

/** Adds a follow, or writes the one of this address and scope anew; of that the day it was made is kept. */
export async function putFollow(tx: Tx, said: Said): Promise<FollowTable> {
  const row = { ...said, ...derived(said) }
  const { made_at, ...rest } = row
  return tx
    .insertInto('follows')
    .values({ id: `f${await nextValues(tx, 'follows')}`, ...row })
    .onConflict((c) => c.columns(['space', 'address', 'scope']).doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What of a follow its index needs. */
export const derived = ({ zone, days, kinds, answer }: Pick<Said, 'zone' | 'days' | 'kinds' | 'answer'>) => ({
  clock: `${zone} ${days}`,
  sessions: Number(kinds.includes(',session,')),
  muted: Number(answer === 'not-this-year'),
})

/** Ends a follow. What a wider one of the same address decides from now on holds for what comes due after it, as after any change. */
export async function dropFollow(tx: Tx, space: string, address: string, scope: string, now: Instant): Promise<void> {
  const dropped = await tx
    .deleteFrom('follows')
    .where('space', '=', space)
    .where('address', '=', address)
    .where('scope', '=', scope)
    .returning('id')
    .executeTakeFirst()
  if (!dropped || scope === 'all') return
  await tx
    .updateTable('follows')
    .set({ since: now })
    .where('space', '=', space)
    .where('address', '=', address)
    .where((e) =>
      e.or([e('scope', '=', 'all'), ...(scope.startsWith('edition/') ? [e('scope', 'like', 'conference/%')] : [])]),
    )
    .execute()
}

/** How many answered "going" and "maybe" for an edition, and how many channels follow it. */
export async function answersFor(
  db: Read,
  edition: string,
): Promise<{ going: number; maybe: number; channels: number }> {
  const rows = await db
    .selectFrom('follows')
    .select((e) => ['answer', e.fn.countAll<number | string>().as('count')])
    .select((e) => e.case().when('member', 'is', null).then(1).else(0).end().as('channel'))
    .where('scope', '=', `edition/${edition}`)
    .groupBy(['answer', 'channel'])
    .execute()
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((all, { count }) => all + Number(count), 0)
  return {
    going: sum(({ answer }) => answer === 'going'),
    maybe: sum(({ answer }) => answer === 'maybe'),
    channels: sum(({ channel }) => Number(channel) === 1),
  }
}
