import {
  type Answers,
  askedCard,
  askForm,
  disclosureCard,
  type Edition,
  type FormReply,
  MOST_QUESTIONS,
  noEditionCard,
  plus,
  QUESTION_MAX,
  type Reply,
  t,
  votedCard,
} from '@cme-commons/core'
import { addQuestion, addVote, countAsked, findSpace } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { moderatorsOnly } from '../moderators.ts'
import { memberOf } from '../people.ts'
import { words } from '../suggestions.ts'
import { gone } from './catalog.ts'
import { editionsMeant, editionsNow } from './here.ts'
import { promise } from './promise.ts'
import { askedHere, channelFor, meetingQuestionOf, promiseQuestion, questionKeys } from './questions-asked.ts'

/** Asks for the question and whether the name stands with it; with what was typed filled in. */
export async function ask(ctx: Ctx, edition?: string, text?: string): Promise<Reply> {
  const editions = await editionsMeant(ctx, edition === undefined ? {} : { edition })
  if (!editions) return gone('This meeting')
  if (editions.length === 0) return { refuse: 'nothing-yet', say: noEditionCard(ctx.actor.moderator === true) }
  return { ask: askForm(editions, text) }
}

/** The submitted form `ask:<edition>`, or `ask` with the edition among the answers. */
export async function submitAsk(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const id = form.startsWith('ask:') ? form.slice('ask:'.length) : words(answers.edition, 60)
  const edition = (await editionsNow(ctx)).find((one) => one.id === id)
  if (!edition) return gone('This meeting')
  const asked = words(answers.text, QUESTION_MAX, true)
  if (!asked) return notAsked(edition, 'Write your question.', 'text')
  const member = await memberOf(ctx)
  if ((await countAsked(tx, edition.id, member.id)) >= MOST_QUESTIONS)
    return {
      refuse: 'too-many',
      say: {
        title: `${MOST_QUESTIONS} of your questions wait already`,
        blocks: [
          {
            kind: 'text',
            text: t`Ask this one when the moderators have decided on one of them; you hear when they have.`,
          },
        ],
        buttons: [{ label: 'The meeting', act: { do: 'edition', edition: edition.id } }],
      },
    }
  const named = Number(words(answers.as, 20) === 'name')
  const row = await addQuestion(tx, {
    edition: edition.id,
    space: actor.space,
    member: member.id,
    named,
    asked,
    at: now,
  })
  const to = (await findSpace(tx, actor.space))?.moderators
  if (to) {
    const note = {
      effect: { kind: 'question-note' as const, question: row.id },
      due: now,
      expires: plus(now, 7 * 86_400_000),
    }
    await promise(
      tx,
      [{ key: `question/${row.id}/note`, space: actor.space, address: to, ...note }],
      now,
      async () => {},
    )
  }
  return { say: askedCard(edition, meetingQuestionOf({ ...row, name: member.name, votes: 0 })), private: true }
}

const notAsked = ({ id }: Edition, say: string, field: string): FormReply => ({
  refuse: 'bad-answer',
  fields: { [field]: say },
  say: {
    title: 'Not asked yet',
    blocks: [{ kind: 'text', text: t`${say}` }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'ask', edition: id } }],
  },
})

/** Votes are shown together: the message is edited once for all of these milliseconds, a little after they are over. */
const TOGETHER = 10_000
const SETTLE = 2_000

/** "I'd like to know too": one vote a member; her own question she has asked already. */
export async function wantToKnow(ctx: Ctx, id: string): Promise<Reply> {
  const { tx, now, actor } = ctx
  const asked = await askedHere(ctx, id)
  if (!asked || asked.row.state === 'open' || asked.row.state === 'declined') return gone('This question')
  const { row, edition } = asked
  const { id: member } = await memberOf(ctx)
  const fresh =
    row.state === 'released' &&
    row.member !== member &&
    (await addVote(tx, { question: id, member, space: actor.space, at: now }))
  const channel = fresh ? await channelFor(ctx, edition.id) : undefined
  if (channel) {
    const until = new Date((Math.floor(Date.parse(now) / TOGETHER) + 1) * TOGETHER).toISOString()
    const effect = { kind: 'question-votes' as const, question: id }
    await promiseQuestion(ctx, `${questionKeys(id)}edit/${until}`, channel, effect, plus(until, SETTLE))
  }
  return { say: votedCard(meetingQuestionOf(row), fresh), private: true }
}

/** The reminder of disclosure, in private. */
export const showDisclosure = ({ content, actor }: Ctx): Reply => ({
  say: disclosureCard(content.conferences.disclosure, actor.moderator === true && actor.channel !== undefined),
  private: true,
})

/** The same in the channel in which a moderator asked for it. */
export async function postDisclosure(ctx: Ctx): Promise<Reply> {
  const { tx, now, actor, content } = ctx
  if (!actor.moderator) return moderatorsOnly
  if (!actor.channel) return showDisclosure(ctx)
  const effect = { kind: 'message' as const, card: disclosureCard(content.conferences.disclosure, false) }
  const key = `disclosure/${actor.space}/${actor.channel}/${now}`
  await promise(
    tx,
    [{ key, space: actor.space, address: `channel:${actor.channel}`, effect, due: now }],
    now,
    async () => {},
  )
  return {
    say: {
      title: 'Said in this channel',
      blocks: [{ kind: 'text', text: t`The reminder stands there in a moment, without your name.` }],
      buttons: [{ label: 'What can I do next?', act: { do: 'home' } }],
    },
    private: true,
    update: true,
  }
}
