import type { Edition, ListedDate } from '@cme-commons/core'
import {
  type DateTable,
  datesAhead,
  dropFollow,
  editionsOf,
  type FollowTable,
  followsAt,
  followsOf,
  putFollow,
  type Read,
  scopesOf,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { wantedBy } from './audience.ts'
import { dateOf, editionOf } from './rows.ts'

/** Dates with the editions of a space that they belong to. */
export async function withEditions(db: Read, space: string, rows: readonly DateTable[]): Promise<ListedDate[]> {
  const editions = new Map<string, Edition>((await editionsOf(db, space)).map((row) => [row.id, editionOf(row)]))
  return rows.map((row) => {
    const edition = row.edition ? editions.get(row.edition) : undefined
    return { date: dateOf(row), ...(edition ? { edition } : {}) }
  })
}

/** The follow of the narrowest scope that covers a date. */
const followFor = (row: DateTable, follows: readonly FollowTable[]): FollowTable | undefined =>
  scopesOf(row).flatMap((scope) => follows.filter((follow) => follow.scope === scope))[0]

/** The dates that are not over and of which who acts is reminded, the soonest first; at most so many. */
export async function ownDates(
  { tx, now, content, actor }: Ctx,
  most = Number.POSITIVE_INFINITY,
): Promise<ListedDate[]> {
  const follows = await followsAt(tx, actor.space, `user:${actor.user}`)
  const rows: DateTable[] = []
  if (follows.length > 0)
    for (const row of await datesAhead(tx, actor.space, now)) {
      if (rows.length >= most) break
      const follow = followFor(row, follows)
      if (follow && (await wantedBy(tx, dateOf(row), content))(follow)) rows.push(row)
    }
  return withEditions(tx, actor.space, rows)
}

/** True while a member is reminded of anything. */
export const isReminded = async (db: Read, member: string): Promise<boolean> =>
  (await followsOf(db, member)).some(({ kinds, muted }) => kinds !== '' && muted === 0)

/** Ends every reminder of a member, wherever she is. Whether she goes to a meeting is kept. */
export async function stopReminders({ tx, now }: Ctx, member: string): Promise<void> {
  for (const { id, clock, sessions, muted, ...row } of await followsOf(tx, member))
    if (row.answer === null) await dropFollow(tx, row.space, row.address, row.scope, now)
    else await putFollow(tx, { ...row, kinds: '' })
}
