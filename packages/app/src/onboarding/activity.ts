import {
  type ActivityState,
  type Answers,
  activityFindings,
  activityForms,
  answerActivity,
  artefactStep,
  blocking,
  completePart,
  completeText,
  type FormReply,
  fileCard,
  goneCard,
  historyCard,
  mySummary,
  needsFirstCard,
  notYetCard,
  ownActivityCard,
  planningFile,
  type Reply,
  type ReviewRule,
  review,
  statementsCard,
  t,
} from '@cme-commons/core'
import { changeDocument, holdDocument, noteDeed } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { bodyOf, historyOf, needsRules, type Own, ownDocuments, saveButtons } from './documents.ts'
import { handIn, takeBack } from './hand-in.ts'
import { notKept } from './needs.ts'
import { workedOn } from './stand.ts'

const rulesOf = (ctx: Ctx): readonly ReviewRule[] => [...needsRules(ctx), ...ctx.content.onboarding.activityRules]
const stateOf = (own: Own): ActivityState => (own.activityRow?.state ?? 'draft') as ActivityState

/** Runs `then` for whom the gate is open: nothing that blocks stands against her needs assessment. */
async function behindGate<R extends Reply>(ctx: Ctx, then: (own: Own) => Promise<R>): Promise<R | FormReply> {
  const own = await ownDocuments(ctx)
  const rules = needsRules(ctx)
  const inTheWay = blocking(review(own.needs, own.today), rules)
  if (inTheWay.length === 0) return then(own)
  return { refuse: 'needs-first', say: needsFirstCard(inTheWay, rules, (act) => act) }
}

async function show(ctx: Ctx, own: Own, update = false): Promise<FormReply> {
  const [last] = await historyOf(ctx.tx, own.activityRow)
  const findings = activityFindings(own.activity, own.needs)
  const card = ownActivityCard(own.activity, stateOf(own), findings, rulesOf(ctx), last)
  const path = { label: 'My pathway', act: { do: 'path' as const } }
  return {
    say: { ...card, buttons: [...(card.buttons ?? []), path] },
    private: true,
    ...(update ? { update } : {}),
  }
}

export const showActivity = (ctx: Ctx): Promise<Reply> => behindGate(ctx, (own) => show(ctx, own))

const noSuchForm: FormReply = { refuse: 'gone', say: goneCard('This form is not used any more.') }

function handedInAlready(own: Own): FormReply | undefined {
  const state = stateOf(own)
  if (state !== 'submitted' && state !== 'approved') return undefined
  const waits = state === 'submitted'
  return {
    refuse: 'handed-in',
    say: {
      title: waits ? 'MOCK: handed in already' : 'MOCK: approved already',
      blocks: [
        {
          kind: 'text',
          text: waits
            ? t`The reviewers read it as you handed it in. Take it back to change it, then hand it in again.`
            : t`It was approved as it stands. Draft it anew to change it; what was said is kept.`,
        },
      ],
      buttons: [
        { label: 'The mock activity', style: 'primary', act: { do: 'activity.show' } },
        waits
          ? { label: 'Take it back', act: { do: 'activity.withdraw' } }
          : { label: 'Draft it anew', act: { do: 'activity.reopen' } },
      ],
    },
  }
}

export const askActivity = (ctx: Ctx, form: string): Promise<Reply> =>
  behindGate<Reply>(ctx, async (own) => {
    const found = activityForms(own.activity, own.needs).find(({ id }) => id === form)
    return handedInAlready(own) ?? (found ? { ask: found } : noSuchForm)
  })

/** Keeps what a form says, as with the needs assessment; never while the gate is shut or the reviewers have it. */
export const submitActivity = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  behindGate<FormReply>(ctx, async (own) => {
    if (!activityForms({}, {}).some(({ id }) => id === form)) return noSuchForm
    const row = await holdDocument(ctx.tx, { member: own.member, space: ctx.actor.space, kind: 'activity' }, ctx.now)
    const held = { ...own, activityRow: row }
    const closed = handedInAlready(held)
    if (closed) return closed
    const { doc, fields } = answerActivity(bodyOf(row), own.needs, form, answers)!
    const body = JSON.stringify(doc)
    if (body !== row.body) await noteDeed(ctx.tx, own.member, ctx.now)
    if (body !== row.body) await changeDocument(ctx.tx, row.id, { body }, ctx.now)
    await workedOn(ctx, 'activity-draft')
    if (Object.keys(fields).length > 0) return notKept(fields, { do: 'activity.form', form })
    return show(ctx, { ...held, activity: doc }, true)
  })

export const activityStatements = (ctx: Ctx): Promise<Reply> =>
  behindGate(ctx, async ({ activity }) => ({
    say: statementsCard(activity, ctx.content.onboarding.statements, (act) => act),
    private: true,
  }))

export const activityAsFile = (ctx: Ctx, from = 0): Promise<Reply> =>
  behindGate(ctx, async (own) => {
    const history = await historyOf(ctx.tx, own.activityRow)
    const file = planningFile(own.needs, own.activity, ctx.content.onboarding, history)
    const back = { label: 'The mock activity', act: { do: 'activity.show' as const } }
    const turn = (from: number) => ({ do: 'activity.file' as const, from })
    return { say: fileCard(file, from, turn, back, await saveButtons(ctx, own.activityRow)), private: true }
  })

export const activityHistory = (ctx: Ctx): Promise<Reply> =>
  behindGate<Reply>(ctx, async (own) => {
    const history = await historyOf(ctx.tx, own.activityRow)
    if (history.length > 0) return { say: historyCard(history, ctx.content.onboarding.rubric), private: true }
    return { refuse: 'nothing-yet', say: (await show(ctx, own)).say }
  })

/** Hands the activity in for peer review as it is now; refused while something that blocks stands against it. Twice is once. */
export const submitForReview = (ctx: Ctx): Promise<Reply> =>
  behindGate<Reply>(ctx, async (own) => {
    const row = await holdDocument(ctx.tx, { member: own.member, space: ctx.actor.space, kind: 'activity' }, ctx.now)
    const held = { ...own, activityRow: row, activity: bodyOf<Own['activity']>(row) }
    if (handedInAlready(held)) return show(ctx, held, true)
    const rules = rulesOf(ctx)
    const inTheWay = blocking(activityFindings(held.activity, held.needs), rules)
    if (inTheWay.length > 0) return { refuse: 'not-complete', say: notYetCard(inTheWay, held.activity, rules) }
    await handIn(ctx, row, held)
    const { path } = await workedOn(ctx, 'activity-draft')
    const shown = await show(ctx, { ...held, activityRow: { ...row, state: 'submitted' } }, true)
    const done = artefactStep(path, 'activity-draft')
    if (done?.state !== 'done') return shown
    const complete = completePart(path, done.step.id)
    // Below the mark of the exercise and what handing in means.
    const said = t`The step “${done.step.name}” is done. ${complete ? completeText(complete) : ''}`
    const blocks = shown.say.blocks.toSpliced(2, 0, { kind: 'text', text: said })
    const buttons = [...(shown.say.buttons ?? []), ...(complete ? [mySummary] : [])]
    return { ...shown, say: { ...shown.say, blocks, buttons } }
  })

/** Takes back what waits for review, or drafts anew what was approved; anything else stays as it is. */
export const openAgain = (ctx: Ctx, from: 'submitted' | 'approved'): Promise<Reply> =>
  behindGate(ctx, async (own) => {
    if (!own.activityRow) return show(ctx, own, true)
    const row = await takeBack(ctx, own.member, from)
    return show(ctx, { ...own, activityRow: row }, true)
  })
