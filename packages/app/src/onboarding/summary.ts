import {
  type Button,
  fileCard,
  type Instant,
  type Knowledge,
  type MockActivity,
  type PlanningFile,
  pointsInWords,
  RECORD_NOTE,
  type Reply,
  type Summary,
  summaryCard,
  summaryFile,
  summaryOf,
  type Text,
  t,
  unrated,
  when,
} from '@cme-commons/core'
import {
  type DocumentTable,
  documentOf,
  findMember,
  findSpace,
  type MemberTable,
  progressOfMember,
  type Read,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { bodyOf, historyOf } from './documents.ts'
import { recordOf, standOf } from './stand.ts'

/** What a member did so far in a space, as the record she keeps has it. */
async function collect(db: Read, space: string, member: MemberTable, { onboarding }: Knowledge): Promise<Summary> {
  const { started, steps, answers, marks } = await progressOfMember(db, member.id)
  const needs = await documentOf(db, member.id, 'needs')
  const activity = await documentOf(db, member.id, 'activity')
  return summaryOf(onboarding, {
    ...(member.name ? { name: member.name } : {}),
    ...(member.track ? { track: member.track } : {}),
    ...(started ? { started } : {}),
    community: (await findSpace(db, space))?.name ?? space,
    records: steps.map(recordOf),
    answers: answers.map(({ step, question, chosen, right }) => ({ step, question, chosen, right: right === 1 })),
    marks: marks.map(({ sample, marked }) => ({ sample, marked: marked.split(',') })),
    documents: {
      ...(needs ? { 'needs-assessment': needsLine(needs) } : {}),
      ...(activity ? { 'activity-draft': await activityLine(db, activity, onboarding) } : {}),
    },
  })
}

const needsLine = ({ state, changed_at }: DocumentTable): Text =>
  t`Needs assessment (an exercise): ${state === 'ready' ? 'nothing that blocks stands against it in the review' : 'under way'}, last changed ${when(changed_at, 'day')}`

const STATES: Record<DocumentTable['state'], string> = {
  draft: 'under way',
  ready: 'under way',
  submitted: 'handed in for peer review',
  returned: 'sent back by peer review',
  approved: 'approved in peer review',
}

/** A mock activity is named MOCK wherever it stands. */
async function activityLine(db: Read, row: DocumentTable, { rubric }: Knowledge['onboarding']): Promise<Text> {
  const { title } = bodyOf<MockActivity>(row)
  const [last] = await historyOf(db, row)
  const at =
    row.state === 'approved' || row.state === 'returned'
      ? last?.decidedAt
      : row.state === 'submitted'
        ? last?.at
        : undefined
  const points =
    row.state === 'approved' && last && unrated(rubric, last.rating).length === 0
      ? `, ${pointsInWords(rubric, last.rating)}`
      : ''
  return t`MOCK activity (an exercise) “${title?.trim() || 'without a title yet'}”: ${STATES[row.state]}${at ? t` on ${when(at, 'day')}` : []}${points}`
}

/** Her own summary, with the ways to save it. */
export async function showSummary(ctx: Ctx): Promise<Reply> {
  return { say: summaryCard(await ofActor(ctx), ctx.content, await saves(ctx)), private: true }
}

/** The same in full, section by section. */
export async function readSummary(ctx: Ctx, from = 0): Promise<Reply> {
  const file = summaryFile(await ofActor(ctx), ctx.content, ctx.now)
  const back = { label: 'In short', act: { do: 'summary' as const } }
  const turn = (from: number) => ({ do: 'summary.file' as const, from })
  const frame = { lead: '', footer: [RECORD_NOTE] }
  return { say: fileCard(file, from, turn, back, await saves(ctx), frame), private: true }
}

async function ofActor(ctx: Ctx): Promise<Summary> {
  await standOf(ctx)
  const member = (await findMember(ctx.tx, ctx.actor.space, ctx.actor.user))!
  return collect(ctx.tx, ctx.actor.space, member, ctx.content)
}

async function saves({ tx, actor }: Ctx): Promise<Button[]> {
  if ((await findSpace(tx, actor.space))?.platform !== 'try') return []
  const to = (ending: string) => `/documents/summary${ending}?as=${encodeURIComponent(actor.user)}`
  return [
    { label: 'Word', href: to('.docx') },
    { label: 'Markdown', href: to('.md') },
    { label: 'To print', href: to('') },
  ]
}

/** A member's summary as a document to save, or nothing when she is not known in the space. */
export async function ownSummary(
  db: Read,
  who: { space: string; user: string },
  content: Knowledge,
  now: Instant,
): Promise<PlanningFile | undefined> {
  const member = await findMember(db, who.space, who.user)
  return member && summaryFile(await collect(db, who.space, member, content), content, now)
}
