import {
  type Answers,
  answerRubric,
  type FormReply,
  fileCard,
  goneCard,
  handedInCard,
  planningFile,
  queueCard,
  type Reply,
  rubricForms,
  t,
  unrated,
} from '@cme-commons/core'
import {
  changeDocument,
  changeReview,
  documentById,
  holdDocument,
  holdReview,
  type ReviewRow,
  reviewById,
  waitingReviews,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { handedInOf } from './documents.ts'
import { tellAuthor } from './hand-in.ts'
import { notKept } from './needs.ts'

const reviewersOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Mentors and moderators review mock activities',
    blocks: [
      {
        kind: 'text',
        text: t`They alone see what was handed in here. Your own is one press away.`,
      },
    ],
    buttons: [{ label: 'My mock activity', style: 'primary', act: { do: 'activity.show' } }],
  },
}
const gone: FormReply = { refuse: 'gone', say: goneCard('This handing in is not in this community.') }
const authorOf = ({ name }: { name: string | null }): string => name ?? 'A member'

/** What waits in this community, for its mentors and moderators. */
export async function showQueue(ctx: Ctx): Promise<Reply> {
  if (!ctx.actor.moderator && !ctx.actor.mentor) return reviewersOnly
  const rows = await waitingReviews(ctx.tx, ctx.actor.space)
  return { say: queueCard(rows.map((row) => handedInOf(row, authorOf(row)))), private: true }
}

/** Runs `then` with a handing in of this space, for its mentors and moderators. */
async function asReviewer<R extends Reply>(
  ctx: Ctx,
  id: string,
  then: (row: ReviewRow) => Promise<R>,
): Promise<R | FormReply> {
  if (!ctx.actor.moderator && !ctx.actor.mentor) return reviewersOnly
  const row = await reviewById(ctx.tx, id)
  return row && row.space === ctx.actor.space ? then(row) : gone
}

/** The same for what changes a review: never one's own work. */
const asPeer = <R extends Reply>(ctx: Ctx, id: string, then: (row: ReviewRow, me: string) => Promise<R>) =>
  asReviewer<R | FormReply>(ctx, id, async (row) => {
    const { id: me } = await memberOf(ctx)
    return row.member === me ? ownWork : then(row, me)
  })

const ownWork: FormReply = {
  refuse: 'own-work',
  say: {
    title: 'MOCK: this is your own',
    blocks: [
      { kind: 'text', text: t`Peer review is somebody else’s part: ask another mentor or moderator to look at it.` },
    ],
    buttons: [{ label: 'All that wait', style: 'primary', act: { do: 'reviews' } }],
  },
}

const shown = (ctx: Ctx, row: ReviewRow, update = false): FormReply => ({
  say: handedInCard(handedInOf(row, authorOf(row)), ctx.content.onboarding.rubric),
  private: true,
  ...(update ? { update } : {}),
})

/** What became of a handing in meanwhile: decided, or gone with a member who erased her data. */
async function decidedMeanwhile(ctx: Ctx, id: string): Promise<FormReply> {
  const row = await reviewById(ctx.tx, id)
  return row ? shown(ctx, row, true) : gone
}

export const openReview = (ctx: Ctx, id: string): Promise<Reply> => asReviewer(ctx, id, async (row) => shown(ctx, row))

/** The whole planning file as it was handed in. */
export const reviewFile = (ctx: Ctx, id: string, from = 0): Promise<Reply> =>
  asReviewer(ctx, id, async (row) => {
    const { needs, activity } = handedInOf(row, authorOf(row))
    const back = { label: 'The review', act: { do: 'reviews.open' as const, review: id } }
    const turn = (from: number) => ({ do: 'reviews.file' as const, review: id, from })
    const file = planningFile(needs, activity, ctx.content.onboarding)
    return { say: fileCard(file, from, turn, back), private: true }
  })

export const askRating = (ctx: Ctx, id: string, part: number): Promise<Reply> =>
  asPeer<Reply>(ctx, id, async (row) => {
    if (row.decision) return shown(ctx, row)
    const form = rubricForms(ctx.content.onboarding.rubric, id, handedInOf(row, '').rating)[part - 1]
    return form ? { ask: form } : gone
  })

/** A form of the rubric, `reviews.rate:<review>:<part>`. What was decided meanwhile stays as it is. */
export async function submitRating(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const [, id = '', part = ''] = form.split(':')
  return asPeer<FormReply>(ctx, id, async (row, me) => {
    const held = await holdReview(ctx.tx, id)
    if (!held) return decidedMeanwhile(ctx, id)
    const { rating } = handedInOf(held, '')
    const answered = answerRubric(ctx.content.onboarding.rubric, Number(part), rating, answers)
    if (!answered) return gone
    const kept = { scores: JSON.stringify(answered.doc.scores), comments: JSON.stringify(answered.doc.comments) }
    await changeReview(ctx.tx, id, { ...kept, reviewer: me })
    if (Object.keys(answered.fields).length > 0)
      return notKept(answered.fields, { do: 'reviews.form', review: id, part: Number(part) })
    return shown(ctx, { ...row, ...kept, reviewer: me }, true)
  })
}

/** Approves, once every criterion is rated, or sends back, once there is a comment. The second press finds it decided. */
export const decide = (ctx: Ctx, id: string, decision: 'approved' | 'returned'): Promise<Reply> =>
  asPeer<Reply>(ctx, id, async (row, me) => {
    // The author's document is held first, as she does when she takes it back.
    const document = await documentById(ctx.tx, row.document)
    if (document) await holdDocument(ctx.tx, document, ctx.now)
    const held = await holdReview(ctx.tx, id)
    if (!held) return decidedMeanwhile(ctx, id)
    const handed = handedInOf({ ...row, ...held }, authorOf(row))
    const missing = incomplete(ctx, handed, decision)
    if (missing) return { refuse: 'not-complete', say: { ...shown(ctx, { ...row, ...held }).say, title: missing } }
    const decided = { decision, decided_at: ctx.now, reviewer: me }
    await changeReview(ctx.tx, id, decided)
    await changeDocument(ctx.tx, row.document, { state: decision }, ctx.now)
    await tellAuthor(ctx, row, handed.activity, decision)
    return shown(ctx, { ...row, ...held, ...decided }, true)
  })

function incomplete(ctx: Ctx, { rating }: ReturnType<typeof handedInOf>, decision: 'approved' | 'returned') {
  const open = unrated(ctx.content.onboarding.rubric, rating)
  if (decision === 'approved' && open.length > 0) return `MOCK: rate all criteria first; ${open.length} are open`
  if (decision === 'returned' && Object.keys(rating.comments).length === 0)
    return 'MOCK: write a comment first, so that the author knows what to mend'
  return undefined
}
