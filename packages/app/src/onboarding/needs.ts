import {
  type Answers,
  answerNeeds,
  type FormReply,
  fileCard,
  findingsCard,
  goneCard,
  needsCard,
  needsFile,
  needsForms,
  type Reply,
  ready,
  review,
  t,
} from '@cme-commons/core'
import { changeDocument, holdDocument, noteDeed } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { bodyOf, needsRules, type Own, ownDocuments, saveButtons } from './documents.ts'
import { workedOn } from './stand.ts'

/** The needs assessment as far as it goes, with the button to the next form. */
export async function showNeeds(ctx: Ctx): Promise<Reply> {
  return { say: cardOf(ctx, await ownDocuments(ctx)), private: true }
}

function cardOf(ctx: Ctx, { needs, today }: Pick<Own, 'needs' | 'today'>) {
  const card = needsCard(needs, review(needs, today), needsRules(ctx), (act) => act)
  const file = { label: 'The whole text', act: { do: 'needs.file' as const } }
  const path = { label: 'My pathway', act: { do: 'path' as const } }
  return { ...card, buttons: [...(card.buttons ?? []), path, ...(Object.keys(needs).length > 0 ? [file] : [])] }
}

const noSuchForm: FormReply = { refuse: 'gone', say: goneCard('This form is not used any more.') }

/** One form, filled with what is there already. */
export async function askNeeds(ctx: Ctx, form: string): Promise<Reply> {
  const { needs } = await ownDocuments(ctx)
  const found = needsForms(needs).find(({ id }) => id === form)
  return found ? { ask: found } : noSuchForm
}

export async function reviewNeeds(ctx: Ctx, from?: number): Promise<Reply> {
  const { needs, today } = await ownDocuments(ctx)
  return { say: findingsCard(needs, review(needs, today), needsRules(ctx), (act) => act, from), private: true }
}

export async function needsAsFile(ctx: Ctx, from = 0): Promise<Reply> {
  const { needs, needsRow } = await ownDocuments(ctx)
  const back = { label: 'The needs assessment', act: { do: 'needs.show' as const } }
  const turn = (from: number) => ({ do: 'needs.file' as const, from })
  return { say: fileCard(needsFile(needs), from, turn, back, await saveButtons(ctx, needsRow)), private: true }
}

/** Keeps what a form says. What cannot be read is told at its field; all the rest of the form is kept all the same. */
export async function submitNeeds(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const { member, today } = await ownDocuments(ctx)
  if (!needsForms({}).some(({ id }) => id === form)) return noSuchForm
  const row = await holdDocument(ctx.tx, { member, space: ctx.actor.space, kind: 'needs' }, ctx.now)
  const { doc, fields } = answerNeeds(bodyOf(row), form, answers)!
  const state = ready(doc, today, needsRules(ctx)) ? 'ready' : 'draft'
  const body = JSON.stringify(doc)
  if (body !== row.body) await noteDeed(ctx.tx, member, ctx.now)
  if (body !== row.body || state !== row.state) await changeDocument(ctx.tx, row.id, { body, state }, ctx.now)
  await workedOn(ctx, 'needs-assessment')
  if (Object.keys(fields).length > 0) return notKept(fields, { do: 'needs.form', form })
  return { say: cardOf(ctx, { needs: doc, today }), private: true, update: true }
}

/** What could not be read of a form, at its fields, and the way back into it. */
export const notKept = (
  fields: Readonly<Record<string, string>>,
  again: { do: 'needs.form' | 'activity.form'; form: string } | { do: 'reviews.form'; review: string; part: number },
): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not all of it could be saved',
    blocks: [
      { kind: 'list', items: Object.values(fields).map((say) => t`${say}`) },
      { kind: 'text', text: t`The other answers of this form are kept.` },
    ],
    buttons: [{ label: 'Try again', style: 'primary', act: again }],
  },
})
