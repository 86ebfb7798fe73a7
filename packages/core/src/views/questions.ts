import type { Button, Card } from '../card.ts'
import type { DisclosureReminder, Edition } from '../conferences/conference.ts'
import { type MeetingQuestion, QUESTION_MAX, type QuestionState } from '../conferences/questions.ts'
import type { Form } from '../form.ts'
import { code, cut, link, strong, type Text, t, when } from '../text.ts'

type Of = Pick<Edition, 'id' | 'name'>

/** How many questions one card shows. */
export const QUESTIONS_SHOWN = 10

const all = (edition: string): Button => ({ label: 'All questions', act: { do: 'questions', edition } })
const askMore = (edition: string): Button => ({ label: 'Ask a question', act: { do: 'ask', edition } })

/** The question, and whether the name stands with it; with several `editions` also for which of them it is. */
export const askForm = (editions: readonly Of[], text?: string): Form => ({
  id: editions.length === 1 ? `ask:${editions[0]!.id}` : 'ask',
  title: 'Ask a question',
  submit: 'Send to the moderators',
  fields: [
    ...(editions.length > 1
      ? [
          {
            name: 'edition',
            label: 'For which meeting',
            kind: 'one' as const,
            options: editions.slice(0, 25).map(({ id, name }) => ({ value: id, label: cut(name, 75) })),
          },
        ]
      : []),
    {
      name: 'text',
      label: 'Your question',
      hint: 'Moderators see it first and release it to the channel',
      kind: 'paragraph',
      max: QUESTION_MAX,
      ...(text ? { value: text.slice(0, QUESTION_MAX) } : {}),
    },
    {
      name: 'as',
      label: 'Who asks',
      hint: 'Without your name, moderators do not see it either',
      kind: 'one',
      options: [
        { value: 'nobody', label: 'Without my name' },
        { value: 'name', label: 'With my name' },
      ],
      value: 'nobody',
    },
  ],
})

/** It is in the queue. */
export const askedCard = (edition: Of, { text, by }: Pick<MeetingQuestion, 'text' | 'by'>): Card => ({
  title: 'Your question is with the moderators',
  blocks: [
    { kind: 'quote', text: t`${text}`, ...(by ? { by } : {}) },
    {
      kind: 'text',
      text: t`For ${edition.name}, ${by ? 'with your name' : 'without your name'}. You hear what becomes of it.`,
    },
  ],
  buttons: [askMore(edition.id), { label: cut(edition.name, 75), act: { do: 'edition', edition: edition.id } }],
})

/** The note to the moderators. */
export const questionNote = (edition: Of, question: MeetingQuestion): Card => ({
  title: cut(`A question waits: ${edition.name}`, 150),
  blocks: [quoteOf(question)],
  buttons: [
    { label: 'Look at it', style: 'primary', act: { do: 'questions.open', question: question.id } },
    all(edition.id),
  ],
})

const quoteOf = ({ text, by }: MeetingQuestion) => ({
  kind: 'quote' as const,
  text: t`${text}`,
  by: by ?? 'without a name',
})

const STATES: Readonly<Record<QuestionState, string>> = {
  open: 'waits',
  released: 'released',
  answered: 'answered',
  declined: 'declined',
}
const votesText = (votes: number): string =>
  votes === 0 ? '' : votes === 1 ? ', one more would like to know' : `, ${votes} more would like to know`

/** Everything that was asked, for the moderators: what waits first, then by votes. `starred` are the ids of those kept for the recap. */
export function questionsCard(
  edition: Of,
  questions: readonly MeetingQuestion[],
  from: number,
  starred: ReadonlySet<string> = new Set(),
): Card {
  const shown = questions.slice(from, from + QUESTIONS_SHOWN)
  const next = from + QUESTIONS_SHOWN
  if (questions.length === 0)
    return {
      title: cut(`No questions yet: ${edition.name}`, 150),
      blocks: [
        {
          kind: 'text',
          text: t`Members ask with ${code('/cme ask')} or with a button, with or without their name. You see each here before anybody else.`,
        },
      ],
      buttons: [askMore(edition.id), { label: cut(edition.name, 75), act: { do: 'edition', edition: edition.id } }],
    }
  return {
    title: cut(`Questions: ${edition.name}`, 150),
    blocks: [
      {
        kind: 'list',
        bare: true,
        items: shown.map(
          ({ id, text, state, votes, by }, i): Text =>
            t`${from + i + 1}. ${strong(STATES[state])}${starred.has(id) ? ', starred' : ''}${votesText(votes)}: ${cut(text, 160)}${by ? ` (${cut(by, 40)})` : ''}`,
        ),
      },
    ],
    buttons: [
      ...shown.map(({ id, text }, i) => ({
        label: `${from + i + 1}. ${cut(text, 50)}`,
        ...(i === 0 ? { style: 'primary' as const } : {}),
        act: { do: 'questions.open' as const, question: id },
      })),
      ...(questions.length > next
        ? [{ label: 'More', act: { do: 'questions' as const, edition: edition.id, from: next } }]
        : []),
      { label: 'Recap', act: { do: 'recap', edition: edition.id } },
    ],
  }
}

/** One question for its moderators. `starred` says that it is kept for the recap; without `channel` it cannot be released yet. */
export function queuedQuestionCard(
  edition: Of,
  question: MeetingQuestion,
  { starred, channel }: { starred: boolean; channel: boolean },
): Card {
  const { id, state, votes, reason, at } = question
  const said =
    state === 'open'
      ? channel
        ? t`It waits. Released, it stands in the channel of ${edition.name}; whoever asked hears what you decide.`
        : t`It waits. It can be released once ${edition.name} has a channel: open one from the meeting’s card.`
      : state === 'declined'
        ? t`${strong('Declined.')} ${reason ?? ''}`
        : t`${strong(state === 'answered' ? 'Answered.' : 'Released.')} ${votes === 0 ? 'Nobody else has asked to know it yet' : votes === 1 ? 'One more would like to know' : `${votes} more would like to know`}.`
  return {
    title: cut(`A question: ${edition.name}`, 150),
    blocks: [quoteOf(question), { kind: 'text', text: t`Asked ${when(at)}.` }, { kind: 'text', text: said }],
    buttons: [
      ...(state === 'open'
        ? [
            ...(channel
              ? [
                  {
                    label: 'Release',
                    style: 'primary' as const,
                    act: { do: 'questions.release' as const, question: id },
                  },
                  { label: 'Edit', act: { do: 'questions.edit' as const, question: id } },
                ]
              : [
                  {
                    label: 'Its channel',
                    style: 'primary' as const,
                    act: { do: 'channel' as const, edition: edition.id },
                  },
                ]),
            { label: 'Decline', act: { do: 'questions.decline' as const, question: id } },
          ]
        : []),
      ...(state === 'released'
        ? [{ label: 'It was answered', act: { do: 'questions.answered' as const, question: id } }]
        : []),
      ...(state !== 'declined' && state !== 'open'
        ? [{ label: starred ? 'Starred' : 'Star for the recap', act: { do: 'recap.star' as const, question: id } }]
        : []),
      all(edition.id),
    ],
  }
}

/** The words as they are released; who asked stays as it was. */
export const editQuestionForm = ({ id, text }: Pick<MeetingQuestion, 'id' | 'text'>): Form => ({
  id: `questions.edit:${id}`,
  title: 'Edit and release',
  submit: 'Release',
  fields: [{ name: 'text', label: 'The question', kind: 'paragraph', value: text, max: QUESTION_MAX }],
})

export const declineQuestionForm = ({ id }: Pick<MeetingQuestion, 'id'>): Form => ({
  id: `questions.decline:${id}`,
  title: 'Decline',
  submit: 'Decline',
  fields: [
    { name: 'reason', label: 'Why', hint: 'Whoever asked gets these words', kind: 'paragraph', max: QUESTION_MAX },
  ],
})

/** A released question as it stands in the channel, with how many others would like to know. */
export const releasedCard = (edition: Of, question: MeetingQuestion): Card => ({
  title: cut(question.state === 'answered' ? 'A question, answered' : 'A question', 150),
  blocks: [
    quoteOf(question),
    ...(question.votes > 0
      ? [
          {
            kind: 'text' as const,
            text: t`${question.votes === 1 ? 'One more would like to know.' : `${question.votes} more would like to know.`}`,
          },
        ]
      : []),
  ],
  buttons: [
    ...(question.state === 'released'
      ? [
          {
            label: 'I’d like to know too',
            style: 'primary' as const,
            act: { do: 'questions.too' as const, question: question.id },
          },
        ]
      : []),
    askMore(edition.id),
  ],
})

/** To whoever asked: what became of it. */
export const questionDecidedCard = (edition: Of, { text, state, reason }: MeetingQuestion): Card => ({
  title: state === 'declined' ? 'Your question was not taken up' : 'Your question is in the channel',
  blocks: [
    { kind: 'quote', text: t`${text}` },
    state === 'declined'
      ? { kind: 'text', text: t`The moderators write: ${reason ?? ''}` }
      : {
          kind: 'text',
          text: t`It was released for ${edition.name}; others can say that they would like to know too.`,
        },
  ],
  buttons: [askMore(edition.id)],
})

/** One vote a member. */
export const votedCard = (question: MeetingQuestion, fresh: boolean): Card => ({
  title: fresh ? 'Noted: you would like to know too' : 'You have said so already',
  blocks: [{ kind: 'quote', text: t`${cut(question.text, 300)}` }],
  buttons: [askMore(question.edition)],
})

/** A reminder of disclosure, in private; `post` offers moderators to say it in the channel. */
export function disclosureCard({ title, says, href, source, checked }: DisclosureReminder, post: boolean): Card {
  return {
    title: cut(title, 150),
    blocks: [
      ...says.map((text) => ({ kind: 'text' as const, text: t`${text}` })),
      { kind: 'text', text: t`${link(source, href)}, looked up on ${checked}` },
    ],
    buttons: [
      ...(post
        ? [{ label: 'Say it in this channel', style: 'primary' as const, act: { do: 'disclose.post' as const } }]
        : []),
      { label: 'What is an ineligible company?', act: { do: 'what', term: 'ineligible company' } },
    ],
    footer: t`This informs and judges nobody. What counts is for the accredited provider to decide.`,
  }
}
