import { decidedCard, handedInNote } from '@cme-commons/core'
import { addReview, changeDocument, changeReview, type DocumentTable, holdDocument, reviewsOf } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { tellMember, tellModerators } from '../tell.ts'
import type { Own } from './documents.ts'

/** Keeps the activity and its needs assessment as they are now, and tells the moderators. `row` is held by this transaction. */
export async function handIn(ctx: Ctx, row: DocumentTable, { needs, activity }: Own): Promise<void> {
  const body = JSON.stringify({ needs, activity })
  const space = ctx.actor.space
  const review = await addReview(ctx.tx, { document: row.id, space, body, submitted_at: ctx.now })
  await changeDocument(ctx.tx, row.id, { state: 'submitted' }, ctx.now)
  const note = handedInNote({ id: review.id, author: ctx.actor.name ?? 'A member', activity })
  await tellModerators(ctx, `review/${review.id}/moderators`, note)
}

/** The author's note on a decision goes to where she handed it in. */
export async function tellAuthor(
  ctx: Ctx,
  review: { id: string; space: string; member: string },
  activity: Own['activity'],
  decision: 'approved' | 'returned',
): Promise<void> {
  const card = decidedCard(activity, decision)
  await tellMember(ctx, review.space, review.member, `review/${review.id}/author`, card)
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
