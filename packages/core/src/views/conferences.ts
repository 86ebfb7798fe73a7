import type { Button, Card } from '../card.ts'
import type { Conference, ConferenceDate, Edition, Going } from '../conferences/conference.ts'
import {
  calendarDays,
  dateLine,
  isTimed,
  KIND_NAMES,
  MONTH_NAMES,
  STATUS_NAMES,
  TO_DO,
  timesAre,
  whenInWords,
} from '../conferences/words.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { code, cut, link, strong, type Text, t } from '../text.ts'
import { regionName, trackName } from './names.ts'

/** How many conferences or dates one card shows. */
export const CONFERENCES_SHOWN = 12

const go = (label: string, act: Extract<Button, { act: unknown }>['act'], style?: 'primary' | 'danger'): Button => ({
  label: cut(label, 75),
  act,
  ...(style ? { style } : {}),
})

/** A conference in the list: `next` is its coming edition in this space; where there is none, `past` is that of this year. */
export type ListedConference = { conference: Conference; next?: Edition; past?: Edition }

/** Every conference that is known here, from `from` on. */
export function conferencesCard(all: readonly ListedConference[], from: number, moderator: boolean): Card {
  const shown = all.slice(from, from + CONFERENCES_SHOWN)
  return {
    title: 'Conferences of the field',
    blocks: [
      {
        kind: 'list',
        items: shown.map(
          ({ conference, next, past }) =>
            t`${strong(conference.short)}${conference.month ? `, usually in ${MONTH_NAMES[conference.month - 1]}` : ''}: ${next ? `${next.name} is entered` : past ? `${past.name} is over` : 'no edition entered yet'}`,
        ),
      },
      {
        kind: 'text',
        text: t`Dates come from the moderators of this community, each with the page that announced it. Nobody is reminded of a date that is only usual.`,
      },
    ],
    buttons: [
      ...shown.map(({ conference }) => go(conference.short, { do: 'conference', conference: conference.id })),
      ...(all.length > from + CONFERENCES_SHOWN
        ? [go('More', { do: 'conferences', from: from + CONFERENCES_SHOWN })]
        : []),
      go('My dates', { do: 'dates' }, 'primary'),
      ...(moderator
        ? [
            go('Add a conference', { do: 'plan.form', form: 'conference' }),
            go('Dates from a table', { do: 'plan.form', form: 'import' }),
            go('Reminders here', { do: 'plan.reminders' }),
            go('Who changed what', { do: 'plan.log' }),
          ]
        : []),
    ],
  }
}

/** Who looks at a card, and where: only in a channel there is one that can follow something. */
export type Looker = { moderator: boolean; inChannel: boolean }

const channelFollows = ({ inChannel }: Looker, scope: string): Button[] =>
  inChannel ? [go('This channel follows it', { do: 'follow', scope, here: 'yes' })] : []

/** One conference: what it is, what is usual, what was, and its editions here. `follows` says that this person follows it. */
export function conferenceCard(
  { conference, editions, follows }: { conference: Conference; editions: readonly Edition[]; follows: boolean },
  knowledge: Knowledge,
  looker: Looker,
): Card {
  const { id, name, organiser, href, tracks, region, about, usual, past } = conference
  const scope = `conference/${id}`
  return {
    title: cut(name, 150),
    blocks: [
      { kind: 'text', text: t`${about}` },
      {
        kind: 'facts',
        facts: [
          { name: 'Organiser', value: href ? t`${link(organiser, href)}` : t`${organiser}` },
          { name: 'For', value: t`${tracks.map((track) => trackName(knowledge, track)).join(', ') || 'everybody'}` },
          { name: 'Region', value: t`${regionName(knowledge, region)}` },
          { name: 'Checked', value: t`${calendarDays(conference.checked)}, ${conference.source}` },
        ],
      },
      ...(usual.length > 0
        ? [
            { kind: 'heading' as const, text: 'Usually (no date to rely on)', keep: 1 },
            {
              kind: 'list' as const,
              items: usual.map(({ kind, says }) => t`${strong(KIND_NAMES[kind])}: ${says}`),
              keep: 1,
            },
          ]
        : []),
      ...(past.length > 0
        ? [
            { kind: 'heading' as const, text: 'Earlier', keep: 2 },
            {
              kind: 'list' as const,
              items: past
                .toSorted((a, b) => ((b.day ?? b.says) < (a.day ?? a.says) ? -1 : 1))
                .slice(0, 4)
                .map(({ day, to, says }) => (day ? t`${calendarDays(day, to)}: ${says}` : t`${says}`)),
              keep: 2,
            },
          ]
        : []),
      {
        kind: 'text',
        text:
          editions.length > 0
            ? t`${follows ? 'You follow it. ' : ''}Its editions here are the buttons below.`
            : t`No edition is entered here yet. ${follows ? 'You follow it, and hear of its dates once they are.' : 'Follow it, and you are reminded once its dates are.'}`,
      },
    ],
    buttons: [
      ...editions.slice(0, 4).map((edition) => go(edition.name, { do: 'edition', edition: edition.id }, 'primary')),
      go(
        follows ? 'My reminders of it' : 'Follow it',
        follows ? { do: 'follow.form', scope } : { do: 'follow', scope },
      ),
      go('Remind me about abstracts', { do: 'follow', scope, kind: 'abstracts' }),
      ...(follows ? [go('Stop following', { do: 'follow.stop', scope })] : []),
      ...(looker.moderator
        ? [
            go('Add an edition', { do: 'plan.form', form: 'edition', of: `conference/${id}` }),
            ...channelFollows(looker, scope),
            ...(conference.space
              ? [go('Change it', { do: 'plan.form', form: 'conference', of: `conference/${id}` })]
              : []),
          ]
        : []),
      go('All conferences', { do: 'conferences' }),
    ],
  }
}

const ANSWERS: Readonly<Record<Going, string>> = {
  going: 'You are going.',
  maybe: 'You may go.',
  'not-this-year': 'You are not going this year, and are not reminded of it.',
}

export type EditionShown = {
  edition: Edition
  dates: readonly ConferenceDate[]
  answer?: Going
  answers: { going: number; maybe: number; channels: number }
  from: number
}

/** One edition with its dates and sessions, and what this person said about it. */
export function editionCard({ edition, dates, answer, answers, from }: EditionShown, looker: Looker): Card {
  const { moderator } = looker
  const { id, name, place, href, zone, status } = edition
  const shown = dates.slice(from, from + CONFERENCES_SHOWN)
  const scope = `edition/${id}`
  return {
    title: cut(name, 150),
    blocks: [
      ...(status === 'cancelled' ? [{ kind: 'text' as const, text: t`${strong('It is cancelled.')}` }] : []),
      {
        kind: 'facts',
        facts: [
          ...(place ? [{ name: 'Place', value: t`${place}` }] : []),
          { name: 'Time zone', value: t`${zone}` },
          ...(href ? [{ name: 'Page', value: t`${link(href, href)}` }] : []),
          { name: 'From here', value: t`${`${answers.going} going, ${answers.maybe} maybe`}` },
        ],
      },
      shown.length > 0
        ? { kind: 'list', items: shown.map((date) => dateLine(date, zone, true)) }
        : { kind: 'text', text: t`No date is entered yet.` },
      ...(answer ? [{ kind: 'text' as const, text: t`${ANSWERS[answer]}` }] : []),
    ],
    buttons: [
      go('I’m going', { do: 'going', edition: id, answer: 'going' }, answer === 'going' ? undefined : 'primary'),
      go('Maybe', { do: 'going', edition: id, answer: 'maybe' }),
      go('Not this year', { do: 'going', edition: id, answer: 'not-this-year' }),
      ...(answer && answer !== 'not-this-year' ? [go('My reminders', { do: 'follow.form', scope })] : []),
      ...(status === 'cancelled' ? [] : [go('Introduce me to people', { do: 'meet', edition: id })]),
      ...(status === 'cancelled' || moderator
        ? []
        : [go('Ask a question', { do: 'ask', edition: id }), go('Who else is here?', { do: 'present', edition: id })]),
      ...(dates.length > from + CONFERENCES_SHOWN
        ? [go('More dates', { do: 'edition', edition: id, from: from + CONFERENCES_SHOWN })]
        : []),
      ...(moderator
        ? [
            go('Add a date', { do: 'plan.form', form: 'date', of: scope }),
            go('Add a session', { do: 'plan.form', form: 'session', of: scope }),
            ...shown.slice(0, 5).map((date) => go(`Change: ${date.title}`, { do: 'date', date: date.id })),
            go('Its own channel', { do: 'channel', edition: id }),
            ...channelFollows(looker, scope),
            go('Calendars it follows', { do: 'calendar.sources', edition: id }),
            go('Change the edition', { do: 'plan.form', form: 'edition', of: scope }),
            status === 'cancelled'
              ? go('It is on again', { do: 'plan.change', of: scope, to: 'restore' })
              : go('It is cancelled', { do: 'plan.change', of: scope, to: 'cancel' }, 'danger'),
          ]
        : []),
      go('The conference', { do: 'conference', conference: edition.conference }),
    ],
    ...(shown.some(isTimed) ? { footer: t`${timesAre(zone)}` } : {}),
  }
}

/** One date, with where it stands and, for moderators, everything that can become of it. */
export function dateCard(date: ConferenceDate, edition: Edition | undefined, moderator: boolean): Card {
  const of = `date/${date.id}`
  const off = date.status === 'cancelled' || date.status === 'postponed'
  return {
    title: cut(edition ? `${edition.name}: ${date.title}` : date.title, 150),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'When', value: whenInWords(date.when, edition?.zone) },
          {
            name: 'How sure',
            value: t`${edition ? STATUS_NAMES[date.status] : 'By a standing rule; see what your accreditor says'}`,
          },
          ...(date.place ? [{ name: 'Place', value: t`${date.place}` }] : []),
          { name: 'Announced at', value: sourceText(date) },
          { name: 'Checked', value: t`${calendarDays(date.checked)}` },
        ],
      },
      { kind: 'text', text: t`${TO_DO[date.kind]}` },
    ],
    buttons: [
      ...(moderator && edition
        ? [
            go('Change it', { do: 'plan.form', form: date.kind === 'session' ? 'session' : 'date', of }, 'primary'),
            off
              ? go('It is on again', { do: 'plan.change', of, to: 'restore' })
              : go('It is cancelled', { do: 'plan.change', of, to: 'cancel' }),
            go('Take it out', { do: 'plan.change', of, to: 'remove' }, 'danger'),
            go('Who changed it', { do: 'plan.log', of }),
          ]
        : []),
      ...(edition ? [go(edition.name, { do: 'edition', edition: edition.id })] : []),
      go('My dates', { do: 'dates' }),
    ],
  }
}

/** Where a date is announced, as a link where it is one. */
export const sourceText = ({ source, href }: Pick<ConferenceDate, 'source' | 'href'>): Text => {
  const address = href ?? (/^https?:\/\/\S+$/.test(source) ? source : undefined)
  return address ? t`${link(cut(source, 120), address)}` : t`${cut(source, 200)}`
}

/** The answer to a conference that nobody knows, or that could be any of several `near` ones. */
export const noConferenceCard = (said: string, near: readonly Conference[] = []): Card => ({
  title: near.length > 0 ? 'Which one do you mean?' : 'Not known here',
  blocks: [
    {
      kind: 'text',
      text:
        near.length > 0
          ? t`More than one conference is called something like ${strong(cut(said, 60))}.`
          : t`No conference is called ${strong(cut(said, 60))}. Moderators can add one with ${code('/cme conferences add')}.`,
    },
  ],
  buttons: [
    ...near.slice(0, CONFERENCES_SHOWN).map(({ id, short }) => go(short, { do: 'conference', conference: id })),
    go('Show what there is', { do: 'conferences' }, near.length > 0 ? undefined : 'primary'),
  ],
})
