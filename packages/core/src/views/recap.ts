import type { Block, Button, Card } from '../card.ts'
import type { ConferenceDate, Edition } from '../conferences/conference.ts'
import type { MeetingQuestion } from '../conferences/questions.ts'
import {
  type MeetingNumbers,
  RECAP_MAX,
  RECAP_PARTS,
  type Recap,
  type RecapPart,
  STAR_MAX,
  type Star,
} from '../conferences/recap.ts'
import { dateLine } from '../conferences/words.ts'
import type { Field, Form } from '../form.ts'
import type { PlanningFile, Section } from '../onboarding/planning-file.ts'
import { cut, link, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { fileCard } from './planning-file.ts'

type Of = Pick<Edition, 'id' | 'name'>

const HEADINGS: Readonly<Record<RecapPart, string>> = {
  opening: 'Opening',
  starred: 'Worth keeping',
  questions: 'Questions',
  sessions: 'Sessions',
  numbers: 'In numbers',
}
const LABELS: Readonly<Record<RecapPart, string>> = {
  opening: 'Opening',
  starred: 'Worth keeping, one a line',
  questions: 'Questions, one a line',
  sessions: 'Sessions, one a line',
  numbers: 'In numbers, one a line',
}

const meeting = ({ id, name }: Of): Button => ({ label: cut(name, 75), act: { do: 'edition', edition: id } })
const keepsake = ({ id }: Of): Button => ({ label: 'Keepsake', act: { do: 'keepsake', edition: id } })

/** A line as a person wrote it; an address in it becomes a link. */
const lineText = (line: string): Text =>
  line
    .split(/(https?:\/\/[^\s<>]+)/)
    .filter(Boolean)
    .map((part) => (/^https?:\/\//.test(part) && part.length <= 500 ? link(part, part) : part))

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*[-•*]\s*/, '').trim())
    .filter(Boolean)

const partBlocks = (recap: Recap): Block[] =>
  RECAP_PARTS.flatMap((part): Block[] => {
    const lines = linesOf(recap[part])
    if (lines.length === 0) return []
    if (part === 'opening') return [{ kind: 'text', text: lineText(lines.join('\n')) }]
    return [
      { kind: 'heading', text: HEADINGS[part] },
      { kind: 'list', items: lines.map(lineText) },
    ]
  })

/** The recap as it is posted in the channel. */
export const recapCard = (edition: Of, recap: Recap): Card => ({
  title: cut(`Recap: ${edition.name}`, 150),
  blocks: partBlocks(recap),
  buttons: [keepsake(edition), meeting(edition)],
})

/** The draft for its moderators. Nothing is posted before one of them presses the button. `early` is before the meeting is over. */
export function recapDraftCard(
  edition: Of,
  recap: Recap,
  {
    posted,
    channel,
    stars,
    early = false,
  }: { posted?: Instant; channel: boolean; stars: readonly Star[]; early?: boolean },
): Card {
  return {
    title: cut(`${posted ? 'Recap, posted' : 'Draft of the recap'}: ${edition.name}`, 150),
    blocks: [
      posted
        ? { kind: 'text', text: t`Posted ${when(posted)}.` }
        : {
            kind: 'text',
            text: channel
              ? t`Nobody has seen it yet. Edit it, and post it when it is right.`
              : t`Nobody has seen it yet. It can be posted once ${edition.name} has a channel; the keepsake needs none.`,
          },
      ...(early && !posted
        ? [{ kind: 'text' as const, text: t`The meeting is not over yet, and a recap is posted once.` }]
        : []),
      ...partBlocks(recap),
    ],
    buttons: [
      ...(posted
        ? []
        : [
            { label: 'Edit', act: { do: 'recap.form' as const, edition: edition.id } },
            ...(channel
              ? [
                  {
                    label: 'Post it',
                    style: 'primary' as const,
                    act: { do: 'recap.post' as const, edition: edition.id },
                  },
                ]
              : [{ label: 'Its channel', act: { do: 'channel' as const, edition: edition.id } }]),
            { label: 'Star something', act: { do: 'recap.star' as const, edition: edition.id } },
            ...stars.slice(0, 8).map(({ id, text }) => ({
              label: cut(`Take out: ${text}`, 60),
              act: { do: 'recap.unstar' as const, star: id },
            })),
          ]),
      { label: 'Questions', act: { do: 'questions', edition: edition.id } },
      keepsake(edition),
      meeting(edition),
    ],
  }
}

export const recapForm = ({ id }: Of, recap: Recap): Form => ({
  id: `recap:${id}`,
  title: 'Recap',
  submit: 'Keep the draft',
  fields: RECAP_PARTS.map(
    (part): Field => ({
      name: part,
      label: LABELS[part],
      hint: part === 'opening' ? 'In your own words' : 'Empty leaves it out',
      kind: 'paragraph',
      optional: true,
      max: RECAP_MAX[part],
      value: recap[part],
    }),
  ),
})

/** Something to keep, typed; filled in where a message was starred. With several `editions` also for which of them it is. */
export const starForm = (
  editions: readonly Of[],
  star: { text?: string; link?: string; author?: string } = {},
): Form => ({
  id: editions.length === 1 ? `recap.star:${editions[0]!.id}` : 'recap.star',
  title: 'Star for the recap',
  submit: 'Star it',
  fields: [
    ...(editions.length > 1
      ? [
          {
            name: 'edition',
            label: 'Of which meeting',
            kind: 'one' as const,
            options: editions.slice(0, 25).map(({ id, name }) => ({ value: id, label: cut(name, 75) })),
          },
        ]
      : []),
    {
      name: 'text',
      label: 'What is worth keeping',
      kind: 'paragraph',
      max: STAR_MAX,
      value: cut(star.text ?? '', STAR_MAX),
    },
    {
      name: 'link',
      label: 'A link to it',
      kind: 'text',
      optional: true,
      max: 400,
      value: (star.link ?? '').slice(0, 400),
    },
    {
      name: 'author',
      label: 'Who said it',
      hint: 'Only who agrees to be named',
      kind: 'text',
      optional: true,
      max: 60,
      value: cut(star.author ?? '', 60),
    },
  ],
})

/** It is kept. */
export const starredCard = (edition: Of, text: string): Card => ({
  title: 'Starred for the recap',
  blocks: [{ kind: 'quote', text: t`${cut(text, 300)}` }],
  buttons: [
    { label: 'The recap', style: 'primary', act: { do: 'recap', edition: edition.id } },
    { label: 'Star something else', act: { do: 'recap.star', edition: edition.id } },
  ],
})

/** To the moderators, after the end. */
export const recapOfferCard = (edition: Of, { asked, released }: MeetingNumbers, stars: number): Card => ({
  title: cut(`${edition.name} is over: a recap?`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`There is a draft of what was starred (${stars}), asked (${asked}) and released (${released}). Nothing is posted unless you do it.`,
    },
  ],
  buttons: [
    { label: 'Look at the draft', style: 'primary', act: { do: 'recap', edition: edition.id } },
    keepsake(edition),
  ],
})

export type KeepsakeSources = {
  edition: Edition
  at: Instant
  dates: readonly ConferenceDate[]
  recap?: Recap
  stars: readonly Star[]
  questions: readonly MeetingQuestion[]
  numbers: MeetingNumbers
}

/** Everything of a meeting that is worth keeping, without anybody's name but those who asked, or were quoted, with it. */
export function keepsakeFile({ edition, at, dates, recap, stars, questions, numbers }: KeepsakeSources): PlanningFile {
  const list = (title: string, items: readonly Text[]): Section[] =>
    items.length > 0 ? [{ title, blocks: [{ kind: 'list', items }] }] : []
  return {
    title: `Keepsake: ${edition.name}`,
    foot: `Put together from what this community entered, asked and starred for ${edition.name}.`,
    sections: [
      {
        title: 'The meeting',
        blocks: [
          {
            kind: 'facts',
            facts: [
              ...(edition.place ? [{ name: 'Place', value: t`${edition.place}` }] : []),
              ...(edition.href ? [{ name: 'Page', value: t`${link(edition.href, edition.href)}` }] : []),
              { name: 'Put together', value: t`${when(at)}` },
            ],
          },
        ],
      },
      ...(recap ? [{ title: 'Recap', blocks: partBlocks(recap) }] : []),
      ...list(
        'Dates',
        dates.filter(({ kind }) => kind !== 'session').map((date) => dateLine(date, edition.zone)),
      ),
      ...list(
        'Sessions',
        dates.filter(({ kind }) => kind === 'session').map((date) => dateLine(date, edition.zone)),
      ),
      ...list(
        'Starred',
        stars.map(
          ({ text, href, author }) => t`${text}${author ? ` (${author})` : ''}${href ? t` ${link(href, href)}` : ''}`,
        ),
      ),
      ...list(
        'Questions',
        questions.map(
          ({ text, by, votes, state }) =>
            t`${text}${by ? ` (${by})` : ''}${votes > 0 ? `, ${votes} more wanted to know` : ''}${state === 'answered' ? ', answered' : ''}`,
        ),
      ),
      {
        title: 'In numbers',
        blocks: [
          {
            kind: 'facts',
            facts: [
              { name: 'Said they would go', value: t`${numbers.going}` },
              { name: 'Questions asked', value: t`${numbers.asked}` },
              { name: 'Questions released', value: t`${numbers.released}` },
              { name: 'Introductions', value: t`${numbers.introductions}` },
              { name: 'Said they met', value: t`${numbers.met}` },
            ],
          },
        ],
      },
    ],
  }
}

/** The keepsake in the chat, page by page; `saves` are buttons to the whole as a file. */
export const keepsakeCard = (edition: Of, file: PlanningFile, from: number, saves: readonly Button[] = []): Card =>
  fileCard(file, from, (next) => ({ do: 'keepsake', edition: edition.id, from: next }), meeting(edition), saves, {
    lead: '',
    footer: [file.foot ?? ''],
  })
