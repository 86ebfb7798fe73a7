import {
  type Button,
  dayIn,
  type FileWords,
  type HandedIn,
  type MockActivity,
  type NeedsAssessment,
  needsFile,
  type PlanningFile,
  planningFile,
  type Rating,
  type ReviewRule,
} from '@cme-commons/core'
import {
  type DocumentTable,
  documentById,
  documentOf,
  findMember,
  findSpace,
  type Read,
  type ReviewTable,
  reviewsOf,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf, zoneOf } from '../people.ts'

/** What the one who acts has written so far, and what day it is where she is. */
export type Own = {
  member: string
  today: string
  needs: NeedsAssessment
  needsRow?: DocumentTable
  activity: MockActivity
  activityRow?: DocumentTable
}

export async function ownDocuments(ctx: Ctx): Promise<Own> {
  const member = await memberOf(ctx)
  const needsRow = await documentOf(ctx.tx, member.id, 'needs')
  const activityRow = await documentOf(ctx.tx, member.id, 'activity')
  return {
    member: member.id,
    today: dayIn(ctx.now, await zoneOf(ctx, member)),
    needs: bodyOf<NeedsAssessment>(needsRow),
    activity: bodyOf<MockActivity>(activityRow),
    ...(needsRow ? { needsRow } : {}),
    ...(activityRow ? { activityRow } : {}),
  }
}

export const bodyOf = <T>(row: { body: string } | undefined): T => JSON.parse(row?.body ?? '{}') as T

export const ratingOf = ({ scores, comments }: ReviewTable): Rating => ({
  scores: JSON.parse(scores),
  comments: JSON.parse(comments),
})

export function handedInOf(row: ReviewTable, author: string): HandedIn {
  const { needs, activity } = bodyOf<{ needs: NeedsAssessment; activity: MockActivity }>(row)
  return {
    id: row.id,
    author,
    needs,
    activity,
    at: row.submitted_at,
    rating: ratingOf(row),
    ...(row.decision ? { decision: row.decision } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at } : {}),
  }
}

/** The handings in of the member's activity, the latest first. */
export async function historyOf(db: Read, row: DocumentTable | undefined, author = ''): Promise<HandedIn[]> {
  return row ? (await reviewsOf(db, row.id)).map((review) => handedInOf(review, author)) : []
}

/**
 * Whether a member has made what a step of a pathway asks for: a needs assessment against which nothing stands that blocks, or a mock
 * activity that was handed in, whatever became of it. Any other kind is not made here.
 */
export async function artefactDone(tx: Read, member: string, kind: string): Promise<boolean> {
  if (kind === 'needs-assessment') return (await documentOf(tx, member, 'needs'))?.state === 'ready'
  if (kind !== 'activity-draft') return false
  const row = await documentOf(tx, member, 'activity')
  return row !== undefined && (await reviewsOf(tx, row.id)).some(({ decision }) => decision !== 'withdrawn')
}

/** The document as a file, if it is hers who asks; of an activity the planning file, its reviews included. */
export async function ownFile(
  db: Read,
  space: string,
  user: string,
  id: string,
  words: FileWords,
): Promise<PlanningFile | undefined> {
  const member = await findMember(db, space, user)
  const row = member && (await documentById(db, id))
  return row && row.member === member.id ? fileOf(db, row, words) : undefined
}

/** A document as a file; of an activity the planning file, on the author's needs assessment as it is now. */
export async function fileOf(db: Read, row: DocumentTable, words: FileWords): Promise<PlanningFile> {
  if (row.kind === 'needs') return needsFile(bodyOf<NeedsAssessment>(row))
  const needs = bodyOf<NeedsAssessment>(await documentOf(db, row.member, 'needs'))
  return planningFile(needs, bodyOf<MockActivity>(row), words, await historyOf(db, row))
}

/** Where she can save a document: on the try-out page only, whose address tells who she is. */
export async function saveButtons(ctx: Ctx, row: DocumentTable | undefined): Promise<Button[]> {
  if (!row || (await findSpace(ctx.tx, ctx.actor.space))?.platform !== 'try') return []
  const to = (ending: string) => `/documents/${row.id}${ending}?as=${encodeURIComponent(ctx.actor.user)}`
  return [
    { label: 'Word', href: to('.docx') },
    { label: 'Markdown', href: to('.md') },
    { label: 'To print', href: to('') },
  ]
}

export const needsRules = (ctx: Ctx): readonly ReviewRule[] => ctx.content.onboarding.rules
