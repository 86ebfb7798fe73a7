import type { Block, Button, Card } from '../card.ts'
import { daysOfMeeting, sessionsByDay } from '../conferences/channel.ts'
import type { ConferenceDate, Edition } from '../conferences/conference.ts'
import { startsAt } from '../conferences/when.ts'
import { calendarDay, calendarDays, dateLine, isTimed, statusMark, timesAre } from '../conferences/words.ts'
import { cut, link, strong, type Text, t, when } from '../text.ts'
import type { Day } from '../time.ts'

/** A schedule that is longer tells of each day how much goes on, and the edition's card has the rest. */
const MOST_LINES = 24

const primary = 'primary' as const
const askButton = ({ id }: Edition): Button => ({ label: 'Ask a question', act: { do: 'ask', edition: id } })
const editionButton = ({ id, name }: Edition): Button => ({ label: cut(name, 75), act: { do: 'edition', edition: id } })

/** The first words of a channel: what it is for, who moderates when, and where the dates are. `calendar` is an address that is open to everybody. */
export function conferenceWelcomeCard(
  edition: Edition,
  dates: readonly ConferenceDate[],
  { rota, calendar }: { rota?: string; calendar?: string },
): Card {
  const days = daysOfMeeting(dates)
  return {
    title: cut(`Welcome to ${edition.name}`, 150),
    blocks: [
      {
        kind: 'text',
        text: t`This channel is for everybody who goes to ${edition.name}, or follows it from where they are: questions, meeting up, what was worth hearing. The schedule is pinned below. Each morning of the meeting a card tells what is on, and sessions are announced shortly before they begin.`,
      },
      {
        kind: 'facts',
        facts: [
          ...(days.length > 0 ? [{ name: 'Days', value: t`${calendarDays(days[0]!, days.at(-1))}` }] : []),
          ...(edition.place ? [{ name: 'Place', value: t`${edition.place}` }] : []),
          ...(edition.href ? [{ name: 'Page', value: t`${link(edition.href, edition.href)}` }] : []),
          ...(calendar
            ? [{ name: 'Calendar', value: t`${link('All dates for your calendar program', calendar)}` }]
            : []),
          ...(rota ? [{ name: 'Moderators', value: t`${cut(rota, 600)}` }] : []),
        ],
      },
    ],
    buttons: [
      { label: 'I’m going', style: primary, act: { do: 'going', edition: edition.id, answer: 'going' } },
      { label: 'Maybe', act: { do: 'going', edition: edition.id, answer: 'maybe' } },
      { label: 'In my calendar', act: { do: 'calendar' } },
      { label: 'Introduce me to people', act: { do: 'meet', edition: edition.id } },
      askButton(edition),
      editionButton(edition),
    ],
  }
}

/** Everything that is known of when: deadlines, and the sessions of each day. Nothing in it changes as time passes, only with the dates. */
export function channelScheduleCard(edition: Edition, dates: readonly ConferenceDate[]): Card {
  const known = dates.filter(({ status, gone }) => status !== 'typical' && gone === undefined)
  const sessions = known.filter(({ kind }) => kind === 'session')
  const others = known.filter(({ kind }) => kind !== 'session')
  const byDay = [...sessionsByDay(dates, edition.zone)]
  const listed: Block[] =
    sessions.length > MOST_LINES
      ? [{ kind: 'list', items: byDay.map(inShort) }]
      : byDay.flatMap(([day, list]): Block[] => [
          { kind: 'heading', text: calendarDay(day) },
          { kind: 'list', items: list.map(sessionLine) },
        ])
  const off = sessions.filter(({ status }) => status === 'cancelled' || status === 'postponed')
  return {
    title: cut(`${edition.name}: schedule`, 150),
    blocks: [
      ...(edition.status === 'cancelled' ? [{ kind: 'text' as const, text: t`${strong('It is cancelled.')}` }] : []),
      ...(others.length > 0
        ? [
            {
              kind: 'list' as const,
              items: others.slice(0, MOST_LINES).map((one) => dateLine(one, edition.zone, true)),
            },
          ]
        : []),
      ...listed,
      ...(off.length > 0
        ? [
            {
              kind: 'list' as const,
              items: off.slice(0, MOST_LINES).map((one) => t`${one.title}${statusMark(one.status)}`),
            },
          ]
        : []),
      ...(known.length === 0 ? [{ kind: 'text' as const, text: t`No date is entered yet.` }] : []),
    ],
    buttons: [editionButton(edition)],
    more: editionButton(edition),
    footer: t`${known.some(isTimed) ? `${timesAre(edition.zone)} ` : ''}What changes is changed here.`,
  }
}

function inShort([day, sessions]: [Day, ConferenceDate[]]): Text {
  const count = sessions.length === 1 ? 'one session' : `${sessions.length} sessions`
  return t`${strong(calendarDay(day))}: ${count}, from ${when(startsAt(sessions[0]!), 'time')}`
}

function sessionLine({ title, when: on, place, status }: ConferenceDate): Text {
  const time: Text =
    on.kind === 'at'
      ? on.until
        ? t`${when(on.at, 'time')} to ${when(on.until, 'time')}`
        : t`${when(on.at, 'time')}`
      : t`all day`
  return t`${time} ${strong(title)}${place ? `, ${place}` : ''}${statusMark(status)}`
}

/** What is on today. Times show in each reader's own zone. */
export function channelMorningCard(edition: Edition, dates: readonly ConferenceDate[], day: Day): Card {
  const days = daysOfMeeting(dates)
  const nth = days.indexOf(day) + 1
  const sessions = sessionsByDay(dates, edition.zone).get(day) ?? []
  return {
    title: cut(`${edition.name} today${nth > 0 && days.length > 1 ? `: day ${nth} of ${days.length}` : ''}`, 150),
    blocks: [
      sessions.length > 0
        ? { kind: 'list', items: sessions.slice(0, MOST_LINES).map(sessionLine) }
        : { kind: 'text', text: t`No session of today is entered; the conference’s page has the programme.` },
      ...(sessions.length > MOST_LINES
        ? [{ kind: 'text' as const, text: t`And ${sessions.length - MOST_LINES} more.` }]
        : []),
    ],
    buttons: [
      ...(edition.href ? [{ label: 'The programme', href: edition.href, style: primary }] : []),
      askButton(edition),
      editionButton(edition),
    ],
    ...(sessions.some(isTimed) ? { footer: t`${timesAre(edition.zone)}` } : {}),
  }
}

/** That a channel closes, some days before it does. */
export const channelNoticeCard = (edition: Edition, day: Day): Card => ({
  title: cut(`This channel closes on ${calendarDay(day)}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`This is the channel of ${edition.name}. From then on nobody can write here; what was written stays to be read. If something should be kept open, tell the moderators before.`,
    },
  ],
  buttons: [editionButton(edition)],
})
