import {
  type Answers,
  byVotes,
  declineQuestionForm,
  editQuestionForm,
  type FormReply,
  QUESTION_MAX,
  questionDecidedCard,
  questionsCard,
  queuedQuestionCard,
  type Reply,
  t,
} from '@cme-commons/core'
import { audit, decideQuestion, type QuestionTable, questionById, questionsAt, starsAt } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { moderatorsOnly } from '../moderators.ts'
import { memberOf } from '../people.ts'
import { words } from '../suggestions.ts'
import { tellMember } from '../tell.ts'
import { gone } from './catalog.ts'
import { aboutEdition, type Meant } from './here.ts'
import {
  type Asked,
  askedHere,
  channelFor,
  meetingQuestionOf,
  promiseQuestion,
  questionKeys,
} from './questions-asked.ts'

/** Everything that was asked, for the moderators. */
export async function showQuestions(ctx: Ctx, meant: Meant, from = 0): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  return aboutEdition(
    ctx,
    meant,
    (edition) => ({ do: 'questions', edition }),
    async (edition) => {
      const all = byVotes((await questionsAt(ctx.tx, edition.id)).map(meetingQuestionOf))
      const start = Math.min(Math.max(0, from), Math.max(0, all.length - 1))
      const stars = (await starsAt(ctx.tx, edition.id)).flatMap(({ question }) => question ?? [])
      return { say: questionsCard(edition, all, start, new Set(stars)), private: true }
    },
  )
}

/** Runs `then` for a moderator with a question in one of these states; one that is in another is shown as it is. */
async function deciding<R extends Reply>(
  ctx: Ctx,
  id: string,
  states: readonly QuestionTable['state'][],
  then: (asked: Asked) => Promise<R>,
): Promise<R | FormReply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const asked = await askedHere(ctx, id)
  if (!asked) return gone('This question')
  return states.includes(asked.row.state) ? then(asked) : shown(ctx, asked, true)
}

async function shown(ctx: Ctx, { row, edition }: Asked, update = false): Promise<FormReply> {
  const starred = (await starsAt(ctx.tx, edition.id)).some(({ question }) => question === row.id)
  const channel = (await channelFor(ctx, edition.id)) !== undefined
  return { say: queuedQuestionCard(edition, meetingQuestionOf(row), { starred, channel }), private: true, update }
}

export const openQuestion = (ctx: Ctx, id: string): Promise<Reply> =>
  deciding(ctx, id, ['open', 'released', 'answered', 'declined'], (asked) => shown(ctx, asked))
export const askEdit = (ctx: Ctx, id: string): Promise<Reply> =>
  deciding<Reply>(ctx, id, ['open'], async ({ row }) => ({ ask: editQuestionForm(meetingQuestionOf(row)) }))
export const askWhyNot = (ctx: Ctx, id: string): Promise<Reply> =>
  deciding<Reply>(ctx, id, ['open'], async ({ row }) => ({ ask: declineQuestionForm(row) }))

export const release = (ctx: Ctx, id: string): Promise<Reply> =>
  deciding(ctx, id, ['open'], (asked) => releaseAs(ctx, asked, asked.row.asked))

async function releaseAs(ctx: Ctx, asked: Asked, released: string): Promise<FormReply> {
  const channel = await channelFor(ctx, asked.edition.id)
  if (!channel)
    return {
      refuse: 'needs-first',
      say: queuedQuestionCard(asked.edition, meetingQuestionOf(asked.row), { starred: false, channel: false }),
    }
  const decided = await decide(ctx, asked, { state: 'released', released })
  if (!decided) return again(ctx, asked.row.id)
  const key = `${questionKeys(decided.row.id)}post`
  await promiseQuestion(ctx, key, channel, { kind: 'question', question: decided.row.id }, ctx.now)
  return shown(ctx, decided, true)
}

async function again(ctx: Ctx, id: string): Promise<FormReply> {
  const asked = await askedHere(ctx, id)
  return asked ? shown(ctx, asked, true) : gone('This question')
}

/** Decides on an open question, tells whoever asked, and answers it anew; nothing when another moderator was faster. */
async function decide(
  ctx: Ctx,
  { row, edition }: Asked,
  decision: { state: 'released'; released: string } | { state: 'declined'; reason: string },
): Promise<Asked | undefined> {
  const { tx, now, actor } = ctx
  const { id: me } = await memberOf(ctx)
  if (!(await decideQuestion(tx, row.id, 'open', { ...decision, decided_by: me, decided_at: now }))) return undefined
  await audit(tx, { at: now, space: actor.space, actor: me, what: `question.${decision.state}`, detail: row.id })
  const decided = (await questionById(tx, row.id))!
  await tellMember(
    ctx,
    row.space,
    row.member,
    `question/${row.id}/asker`,
    questionDecidedCard(edition, meetingQuestionOf(decided)),
  )
  return { row: decided, edition }
}

/** A moderator's form: `questions.edit:<id>` releases her words, `questions.decline:<id>` declines with her reason. */
export async function submitQuestion(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const [kind, id = ''] = form.split(':')
  return deciding(ctx, id, ['open'], async (asked) => {
    const [name, missing] =
      kind === 'questions.edit'
        ? (['text', 'Write the question.'] as const)
        : (['reason', 'Write a line for whoever asked.'] as const)
    const said = words(answers[name], QUESTION_MAX, true)
    if (!said) return notDecided(id, name, missing)
    if (name === 'text') return releaseAs(ctx, asked, said)
    const declined = await decide(ctx, asked, { state: 'declined', reason: said })
    return declined ? shown(ctx, declined, true) : again(ctx, id)
  })
}

const notDecided = (question: string, field: string, say: string): FormReply => ({
  refuse: 'bad-answer',
  fields: { [field]: say },
  say: {
    title: 'Not decided yet',
    blocks: [{ kind: 'text', text: t`${say}` }],
    buttons: [{ label: 'Back to the question', style: 'primary', act: { do: 'questions.open', question } }],
  },
})

/** It was answered: the message in the channel says so, and offers no vote any more. */
export const markAnswered = (ctx: Ctx, id: string): Promise<Reply> =>
  deciding(ctx, id, ['released'], async ({ edition }) => {
    await decideQuestion(ctx.tx, id, 'released', { state: 'answered', answered_at: ctx.now })
    const channel = await channelFor(ctx, edition.id)
    const effect = { kind: 'question-votes' as const, question: id }
    if (channel) await promiseQuestion(ctx, `${questionKeys(id)}edit/answered`, channel, effect, ctx.now)
    return again(ctx, id)
  })
