import type { Button, Card } from '../card.ts'
import type { Edition } from '../conferences/conference.ts'
import { ASK_AFTER_DAYS, INTRODUCTION_SHOWS, type IntroductionShows } from '../conferences/introductions.ts'
import { whenInWords } from '../conferences/words.ts'
import type { Form } from '../form.ts'
import { code, cut, join, strong, type Text, t } from '../text.ts'
import type { Instant } from '../time.ts'

export const INTEREST_MAX = 200
export const DETAILS_MAX = 300
export const SHOWN_NAME_MAX = 60

type Of = Pick<Edition, 'id' | 'name'>

/** What somebody lets others see. `handle` is the platform's id of her, which calls nobody. */
export type ShownPerson = { name: string; handle: string; track?: string; interest?: string; details?: string }

/** Why people were brought together: their tracks where they may be told, whether these differ, and the words they share (all, or how many). */
export type IntroductionReason = {
  tracks?: readonly string[]
  different: boolean
  words: readonly string[]
  shared: number
}

/** An opt-in as its owner sees it. */
export type OwnIntroduction = { name: string; interest: string; details?: string; shows: readonly IntroductionShows[] }

export const NOBODY_ELSE: Text = t`Only members who asked to be introduced here see anything of you, and only whom you are introduced to. Nothing goes to sponsors, exhibitors or companies.`

const leave = ({ id }: Of): Button => ({ label: 'Leave introductions', act: { do: 'meet.leave', edition: id } })
const here = ({ id }: Of): Button => ({ label: 'Who else is here?', act: { do: 'present', edition: id } })
const theMeeting = ({ id, name }: Of): Button => ({ label: cut(name, 75), act: { do: 'edition', edition: id } })

export type MeetShown = {
  edition: Of & Pick<Edition, 'zone'>
  own?: OwnIntroduction
  next?: Instant
  /** Counts for moderators: how many wait to be introduced, were introduced, answered and met. */
  counts?: { people: number; introduced: number; answered: number; met: number }
}

const SHOWN_AS: Readonly<Record<IntroductionShows, string>> = {
  track: 'your track',
  interest: 'your interest',
  details: 'your details',
}
const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')

/** Introductions at an edition, for one who may join, and for one who did. */
export function meetCard({ edition, own, next, counts }: MeetShown): Card {
  const rounds: Text = next
    ? t`The next round is ${whenInWords({ kind: 'at', at: next, zone: edition.zone })}; moderators can start one before.`
    : t`Rounds come two weeks before the meeting and on its first day, once its days are known, and when moderators start one.`
  return {
    title: cut(own ? `You want to meet people: ${edition.name}` : `Meet people: ${edition.name}`, 150),
    blocks: [
      own
        ? {
            kind: 'facts',
            facts: [
              { name: 'Name shown', value: t`${own.name}` },
              { name: 'Your interest', value: t`${own.interest}` },
              ...(own.details ? [{ name: 'Your details', value: t`${own.details}` }] : []),
              {
                name: 'Shown',
                value: t`${listed([
                  'your name',
                  ...own.shows.filter((one) => one !== 'details' || own.details).map((one) => SHOWN_AS[one]),
                ])}`,
              },
            ],
          }
        : {
            kind: 'text',
            text: t`Say what interests you, and you are introduced to somebody who wants to meet people as well: where it can be, from another track and with an interest that you share. Never to the same person twice. You are both told why, and ${ASK_AFTER_DAYS} days later asked whether you met.`,
          },
      { kind: 'text', text: rounds },
      { kind: 'text', text: NOBODY_ELSE },
      ...(counts
        ? [
            {
              kind: 'text' as const,
              text: t`${strong('For moderators:')} ${counts.people === 1 ? `One wants` : `${counts.people} want`} to meet people, ${counts.introduced} were introduced, ${counts.answered} answered, ${counts.met} met.`,
            },
          ]
        : []),
    ],
    buttons: [
      {
        label: own ? 'Change it' : 'Introduce me to people',
        ...(own ? {} : { style: 'primary' as const }),
        act: { do: 'meet.form', edition: edition.id },
      },
      ...(own ? [leave(edition)] : []),
      here(edition),
      { label: 'Ask a question', act: { do: 'ask', edition: edition.id } },
      ...(counts
        ? [
            { label: 'Introduce people now', act: { do: 'meet.round' as const, edition: edition.id } },
            { label: 'Questions', act: { do: 'questions' as const, edition: edition.id } },
            { label: 'Recap', act: { do: 'recap' as const, edition: edition.id } },
          ]
        : []),
      theMeeting(edition),
    ],
  }
}

/** What interests her, and what others may see. */
export const meetForm = ({ id }: Of, name: string | undefined, own?: OwnIntroduction): Form => ({
  id: `meet:${id}`,
  title: 'Introduce me to people',
  submit: 'Save',
  fields: [
    {
      name: 'name',
      label: 'Your name, as it is shown',
      hint: 'An introduction needs one',
      kind: 'text',
      max: SHOWN_NAME_MAX,
      value: cut(own?.name ?? name ?? '', SHOWN_NAME_MAX),
    },
    {
      name: 'interest',
      label: 'What you would like to talk about',
      hint: 'A few words, for example: outcomes in rural practice',
      kind: 'text',
      max: INTEREST_MAX,
      value: own?.interest ?? '',
    },
    {
      name: 'details',
      label: 'How to find you, or more about you',
      hint: 'For example: at the poster session on Monday',
      kind: 'paragraph',
      optional: true,
      max: DETAILS_MAX,
      value: own?.details ?? '',
    },
    {
      name: 'shows',
      label: 'What is shown besides your name',
      hint: 'Only to whom you are introduced to',
      kind: 'many',
      optional: true,
      options: [
        { value: 'track', label: 'My track' },
        { value: 'interest', label: 'My interest' },
        { value: 'details', label: 'My details' },
      ],
      values: own?.shows ?? INTRODUCTION_SHOWS,
    },
  ],
})

/** Why, in words that tell of nobody what she does not show. */
function reasonText({ tracks, different, words, shared }: IntroductionReason): Text {
  const parts = [
    different ? `you work in different tracks${tracks ? ` (${listed(tracks)})` : ''}` : '',
    words.length > 0
      ? `you named ${listed(words.slice(0, 4).map((word) => `“${cut(word, 30)}”`))}`
      : shared > 0
        ? 'your interests have words in common'
        : '',
  ].filter(Boolean)
  const why = parts.length > 0 ? parts.join(', and ') : 'you both want to meet people here'
  return t`${strong('Why you:')} ${why}.`
}

const personText = ({ name, handle, track, interest, details }: ShownPerson): Text =>
  join(
    [
      t`${strong(name)} (here: ${code(handle)})`,
      ...(track ? [t`Track: ${track}`] : []),
      ...(interest ? [t`Would like to talk about: ${interest}`] : []),
      ...(details ? [t`${details}`] : []),
    ],
    '\n',
  )

/** The introduction, to one of those who are introduced. */
export function introductionCard(edition: Of, others: readonly ShownPerson[], reason: IntroductionReason): Card {
  return {
    title: cut(`${edition.name}: meet ${listed(others.map(({ name }) => name))}`, 150),
    blocks: [
      ...others.map((one) => ({ kind: 'text' as const, text: personText(one) })),
      { kind: 'text', text: reasonText(reason) },
      {
        kind: 'text',
        text: t`${others.length > 1 ? 'Both have' : `${others[0]?.name ?? 'The other one'} has`} got the same message about you, with what you chose to show. Whoever reads it first says hello.`,
      },
    ],
    buttons: [{ label: 'Change what I show', act: { do: 'meet.form', edition: edition.id } }, leave(edition)],
    footer: NOBODY_ELSE,
  }
}

/** "Did you meet?", with the answers. */
export const didYouMeetCard = (edition: Of, round: string, names: readonly string[]): Card => ({
  title: cut(`Did you meet ${listed(names)}?`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`You were introduced for ${edition.name}. If it came to nothing, you are introduced to somebody else in the next round.`,
    },
  ],
  buttons: [
    { label: 'Yes', style: 'primary', act: { do: 'met', edition: edition.id, round, answer: 'yes' } },
    { label: 'Not yet', act: { do: 'met', edition: edition.id, round, answer: 'not-yet' } },
    { label: 'Find me someone else', act: { do: 'met', edition: edition.id, round, answer: 'other' } },
    leave(edition),
  ],
})

/** Thanks for an answer. `found` says that somebody else was found at once. */
export function metCard(edition: Of, answer: 'yes' | 'not-yet' | 'other', found: boolean): Card {
  const says = {
    yes: 'Good to hear. You stay among those who are introduced until you leave.',
    'not-yet': 'It can still come. You are not asked about it again.',
    other: found
      ? 'Somebody else wanted the same: the introduction is on its way to you.'
      : 'You are introduced to somebody else as soon as there is one, in the next round at the latest.',
  }
  return {
    title: cut(`${edition.name}: noted`, 150),
    blocks: [{ kind: 'text', text: t`${says[answer]}` }],
    buttons: [{ label: 'Introductions', act: { do: 'meet', edition: edition.id } }, leave(edition)],
  }
}

/** She is out: nothing of her is shown any more. */
export const leftCard = (edition: Of): Card => ({
  title: cut(`You left introductions: ${edition.name}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`What you filled in is deleted, what waited to be sent is taken back, and nobody else is introduced to you. Messages that others have got already stay in their chat.`,
    },
  ],
  buttons: [{ label: 'Join again', act: { do: 'meet.form', edition: edition.id } }, theMeeting(edition)],
})

/** What a round that a moderator started has done. */
export const roundCard = (edition: Of, introduced: number, left: number): Card => ({
  title: cut(introduced > 0 ? `${edition.name}: people are introduced` : `${edition.name}: nobody to introduce`, 150),
  blocks: [
    {
      kind: 'text',
      text:
        introduced > 0
          ? t`${introduced} members get a message each, outside their quiet hours.${left > 0 ? ` ${left} found nobody whom they have not met yet.` : ''}`
          : t`It takes two who asked for it and were not introduced to each other before. Tell people of ${code('/cme meet')}.`,
    },
  ],
  buttons: [
    { label: 'Introductions', style: 'primary', act: { do: 'meet', edition: edition.id } },
    theMeeting(edition),
  ],
})
