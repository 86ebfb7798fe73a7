import type { Button, Card } from '../card.ts'
import type { Conference, Edition, Usual } from '../conferences/conference.ts'
import { type Face, newsOf } from '../conferences/news.ts'
import { howFar, KIND_NAMES, TO_DO, whenInWords } from '../conferences/words.ts'
import { code, cut, link, strong, type Text, t } from '../text.ts'
import { dayIn, type Instant } from '../time.ts'
import { DATES_SHOWN, datedName, type ListedDate } from './dates.ts'

const primary = 'primary' as const

/** A reminder as it goes out. `now` is when, so that it says how far away the date is then. */
export function reminderCard(
  { date, edition }: ListedDate,
  { now, zone, channel, scope }: { now: Instant; zone: string; channel: boolean; scope: string },
): Card {
  const title = `${datedName({ date, ...(edition ? { edition } : {}) })} ${howFar(date, now, zone, dayIn(now, zone))}`
  return {
    title: cut(title, 150),
    blocks: [
      {
        kind: 'text',
        text: t`${whenInWords(date.when, edition?.zone)}${date.place ? `, ${date.place}` : ''}. ${TO_DO[date.kind]}`,
      },
      ...(date.status === 'tentative'
        ? [
            {
              kind: 'text' as const,
              text: edition
                ? t`The date is not confirmed by the organiser: look before you rely on it.`
                : t`The day follows from the standing rule: see what your accreditor says.`,
            },
          ]
        : []),
    ],
    buttons: [
      ...(date.href ? [{ label: 'Open the page', href: date.href, style: primary }] : []),
      ...(edition
        ? [
            { label: edition.name.slice(0, 75), act: { do: 'edition' as const, edition: edition.id } },
            ...(channel
              ? []
              : [
                  {
                    label: 'Not this year',
                    act: { do: 'going' as const, edition: edition.id, answer: 'not-this-year' },
                  },
                ]),
          ]
        : []),
      ...(channel ? [] : [{ label: 'Change reminders', act: { do: 'follow.form' as const, scope } }]),
      { label: channel ? 'Dates' : 'My dates', act: { do: channel ? ('dates.all' as const) : ('dates' as const) } },
    ],
    ...(channel ? {} : { footer: t`You asked for this. ${code('/cme dates')} shows your dates.` }),
  }
}

/** What became of a date, with what the reader knew before: told once. Nothing where she knows it. */
export function dateNewsCard({ date, edition }: ListedDate, from: Face, to: Face): Card | undefined {
  const news = newsOf(from, to)
  if (!news) return undefined
  const name = datedName({ date, ...(edition ? { edition } : {}) })
  const titles = {
    moved: `Moved: ${name}`,
    cancelled: `Cancelled: ${name}`,
    postponed: `Postponed: ${name}`,
    'on-again': `On again: ${name}`,
  }
  const facts: { name: string; value: Text }[] =
    news === 'moved' || news === 'on-again'
      ? [
          ...(news === 'moved' ? [{ name: 'Was', value: whenInWords(from.when, edition?.zone) }] : []),
          {
            name: news === 'moved' ? 'Is now' : 'When',
            value: t`${whenInWords(to.when, edition?.zone)}${date.status === 'tentative' ? ' (not confirmed)' : ''}`,
          },
        ]
      : [{ name: 'Was', value: whenInWords(from.when, edition?.zone) }]
  const then = {
    moved: 'Reminders go by the new date.',
    cancelled: 'No more reminders of it come.',
    postponed: 'The new date is not known here yet; you hear once it is.',
    'on-again': 'Reminders of it come again.',
  }
  return {
    title: cut(titles[news], 150),
    blocks: [
      { kind: 'facts', facts },
      { kind: 'text', text: t`${then[news]}` },
    ],
    buttons: [
      ...(date.href ? [{ label: 'Open the page', href: date.href, style: primary }] : []),
      ...(edition ? [{ label: edition.name.slice(0, 75), act: { do: 'edition' as const, edition: edition.id } }] : []),
      { label: 'My dates', act: { do: 'dates' } },
    ],
  }
}

/** That a whole edition was called off, or is on again: one message in the place of one for each date. */
export const editionNewsCard = (edition: Edition): Card => ({
  title: cut(edition.status === 'cancelled' ? `Cancelled: ${edition.name}` : `On again: ${edition.name}`, 150),
  blocks: [
    {
      kind: 'text',
      text:
        edition.status === 'cancelled'
          ? t`The whole edition is cancelled, with all its dates and deadlines. No more reminders of it come.`
          : t`Its dates are on again; look at them before you rely on what you knew.`,
    },
  ],
  buttons: [
    ...(edition.href ? [{ label: 'Open the page', href: edition.href, style: primary }] : []),
    { label: edition.name.slice(0, 75), act: { do: 'edition', edition: edition.id } },
    { label: 'My dates', act: { do: 'dates' } },
  ],
})

/** To moderators, once in a month: what is usually announced about now, and nobody has entered. */
export const usualCard = (list: readonly { conference: Conference; usual: Usual }[]): Card => ({
  title: 'Usually announced about now',
  blocks: [
    {
      kind: 'list',
      items: list
        .slice(0, DATES_SHOWN)
        .map(
          ({ conference, usual }) =>
            t`${conference.href ? link(conference.short, conference.href) : strong(conference.short)}, ${KIND_NAMES[usual.kind].toLowerCase()}: ${usual.says}`,
        ),
    },
    {
      kind: 'text',
      text: t`Nobody is reminded of a date that is only usual. Look at the organisers’ pages, and enter what they announce.`,
    },
  ],
  buttons: [
    ...[...new Map(list.map(({ conference }) => [conference.id, conference])).values()]
      .slice(0, 6)
      .map((one): Button => ({ label: cut(one.short, 75), act: { do: 'conference', conference: one.id } })),
    { label: 'Conferences', style: primary, act: { do: 'conferences' } },
  ],
})
