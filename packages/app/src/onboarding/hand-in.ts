import { type Card, decidedCard, handedInNote } from '@cme-commons/core'
import {
  addReview,
  changeDocument,
  changeReview,
  type DocumentTable,
  findSpace,
  holdDocument,
  post,
  reviewsOf,
  userIn,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { laneOf } from '../lanes.ts'
import type { Own } from './documents.ts'

/** Keeps the activity and its needs assessment as they are now, and tells the moderators. `row` is held by this transaction. */
export async function handIn(ctx: Ctx, row: DocumentTable, { needs, activity }: Own): Promise<void> {
  const body = JSON.stringify({ needs, activity })
  const space = ctx.actor.space
  const review = await addReview(ctx.tx, { document: row.id, space, body, submitted_at: ctx.now })
  await changeDocument(ctx.tx, row.id, { state: 'submitted' }, ctx.now)
  const note = handedInNote({ id: review.id, author: ctx.actor.name ?? 'A member', activity })
  const to = (await findSpace(ctx.tx, space))?.moderators
  if (to) await tell(ctx, space, to, `review/${review.id}/moderators`, note)
}

/** The author's note on a decision goes to where she handed it in. */
export async function tellAuthor(
  ctx: Ctx,
  review: { id: string; space: string; member: string },
  activity: Own['activity'],
  decision: 'approved' | 'returned',
): Promise<void> {
  const user = await userIn(ctx.tx, review.space, review.member)
  if (user) await tell(ctx, review.space, `user:${user}`, `review/${review.id}/author`, decidedCard(activity, decision))
}

async function tell(ctx: Ctx, space: string, address: string, key: string, card: Card): Promise<void> {
  const found = await findSpace(ctx.tx, space)
  if (!found) return
  const id = address.slice(address.indexOf(':') + 1)
  const to = address.startsWith('user:') ? { space, user: id } : { space, channel: id }
  const effect = { kind: 'message' as const, card }
  await post(ctx.tx, ctx.now, [{ key, lane: laneOf(found), to, effect, due: ctx.now }])
}

/** Makes a draft again of what waits, or of what was approved. Answers the document as it is then. */
export async function takeBack(ctx: Ctx, member: string, from: 'submitted' | 'approved'): Promise<DocumentTable> {
  const row = await holdDocument(ctx.tx, { member, space: ctx.actor.space, kind: 'activity' }, ctx.now)
  if (row.state !== from) return row
  const open = (await reviewsOf(ctx.tx, row.id)).find(({ decision }) => decision === null)
  if (open) await changeReview(ctx.tx, open.id, { decision: 'withdrawn', decided_at: ctx.now })
  await changeDocument(ctx.tx, row.id, { state: 'draft' }, ctx.now)
  return { ...row, state: 'draft' }
}
