import type { Block, Button, Card } from '../card.ts'
import type { ConferenceDate, Edition, Follow } from '../conferences/conference.ts'
import type { ChainLink } from '../conferences/standing.ts'
import { dayFor } from '../conferences/when.ts'
import { calendarDay, calendarDays, dateLine, howFar, KIND_NAMES, MONTH_NAMES, TO_DO } from '../conferences/words.ts'
import { code, cut, link, strong, type Text, t } from '../text.ts'
import { type Day, dayIn, type Instant } from '../time.ts'

export const DATES_SHOWN = 12

const primary = 'primary' as const
const monthOf = (day: Day): string => `${MONTH_NAMES[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`

/** A date in a list, with the edition it belongs to. */
export type ListedDate = { date: ConferenceDate; edition?: Edition }

/** A date by its own name and that of its edition. */
export const datedName = ({ date, edition }: ListedDate): string =>
  edition ? `${edition.name}: ${date.title}` : date.title

/** Dates by month, with what to do about each; those of one person (`mine`) or of the whole community. `found` is how many wait for moderators, read in the news. */
export function datesCard(
  dates: readonly ListedDate[],
  {
    from,
    mine,
    now,
    zone,
    calendar,
    found = 0,
  }: { from: number; mine: boolean; now: Instant; zone: string; calendar?: string; found?: number },
): Card {
  const shown = dates.slice(from, from + DATES_SHOWN)
  const today = dayIn(now, zone)
  const months = Map.groupBy(shown, ({ date }) => monthOf(dayFor(date, zone)))
  const blocks: Block[] = [...months].flatMap(([month, list]): Block[] => [
    { kind: 'heading', text: month },
    {
      kind: 'list',
      items: list.map(
        ({ date, edition }): Text =>
          t`${dateLine({ ...date, title: datedName({ date, ...(edition ? { edition } : {}) }) }, edition?.zone)}, ${howFar(date, now, zone, today)}. ${TO_DO[date.kind]}`,
      ),
    },
  ])
  return {
    title: mine ? 'Your dates' : 'All dates here',
    blocks:
      blocks.length > 0
        ? blocks
        : [
            {
              kind: 'text',
              text: mine
                ? t`Nothing is on your list yet. Look at a conference, and say whether you go; or follow one, and you are reminded once its dates are known.`
                : t`No date is entered yet. Moderators add them, each with the page that announced it.`,
            },
          ],
    buttons: [
      { label: 'Conferences', style: primary, act: { do: 'conferences' } },
      ...(dates.length > from + DATES_SHOWN
        ? [{ label: 'More', act: { do: mine ? ('dates' as const) : ('dates.all' as const), from: from + DATES_SHOWN } }]
        : []),
      ...(found > 0 ? [{ label: `Found in the news: ${found}`, act: { do: 'found' as const } }] : []),
      mine ? { label: 'All dates here', act: { do: 'dates.all' } } : { label: 'Your dates', act: { do: 'dates' } },
      ...(mine
        ? [{ label: 'Remind me about abstracts', act: { do: 'follow' as const, scope: 'all', kind: 'abstracts' } }]
        : []),
      ...(mine ? [{ label: 'In my calendar', act: { do: 'calendar' as const } }] : []),
      ...(calendar ? [{ label: 'As a calendar', href: calendar }] : []),
    ],
  }
}

/** What somebody follows, as it is now; `said` is what just became of it. */
export function followCard(
  {
    follow,
    about,
    days,
    minutes,
  }: { follow: Follow; about: string; days: readonly number[]; minutes: readonly number[] },
  scope: string,
  said: Text,
): Card {
  const here = 'channel' in follow.to
  const place = here ? { here: 'yes' } : {}
  const leads = follow.days ?? days
  const before = follow.minutes ?? minutes
  const edition = scope.startsWith('edition/') ? scope.slice('edition/'.length) : undefined
  return {
    title: cut(here ? `This channel and ${about}` : `You and ${about}`, 150),
    blocks: [
      { kind: 'text', text: said },
      {
        kind: 'facts',
        facts: [
          { name: 'Reminders of', value: t`${follow.kinds.map((kind) => KIND_NAMES[kind]).join(', ') || 'nothing'}` },
          {
            name: 'When',
            value: t`${leads.length > 0 ? `${leads.join(', ')} days before, at 09:00 (${follow.zone})` : 'only when something changes'}`,
          },
          ...(follow.kinds.includes('session')
            ? [
                {
                  name: 'Sessions',
                  value: t`${before.length > 0 ? `${before.join(', ')} minutes before` : 'not reminded'}`,
                },
              ]
            : []),
          {
            name: 'Quiet hours',
            value: t`${follow.quiet ? `${follow.quiet.from} to ${follow.quiet.to}` : '20:00 to 08:00, sessions aside'}`,
          },
        ],
      },
    ],
    buttons: [
      { label: 'Change this', style: primary, act: { do: 'follow.form', scope, ...place } },
      { label: 'Stop it', act: { do: 'follow.stop', scope, ...place } },
      ...(edition ? [{ label: 'The edition', act: { do: 'edition' as const, edition } }] : []),
      { label: 'My dates', act: { do: 'dates' } },
    ],
  }
}

/** A follow in the list of a channel. */
export const channelFollowsCard = (list: readonly { about: string; scope: string }[]): Card => ({
  title: 'What this channel follows',
  blocks: [
    list.length > 0
      ? { kind: 'list', items: list.map(({ about }) => t`${about}`) }
      : {
          kind: 'text',
          text: t`Nothing yet. Open a conference or an edition and press ${strong('This channel follows it')}.`,
        },
  ],
  buttons: [
    ...list
      .slice(0, 12)
      .map(({ about, scope }): Button => ({ label: cut(about, 75), act: { do: 'follow.form', scope, here: 'yes' } })),
    { label: 'Conferences', style: primary, act: { do: 'conferences' } },
  ],
})

/** The chain of deadlines that hangs on the date of an activity; `calendar` is where it is a calendar file. */
export const chainCard = (
  event: { day: Day; to?: Day },
  chain: readonly ChainLink[],
  today: Day,
  calendar?: string,
): Card => ({
  title: `Deadlines for an activity on ${calendarDays(event.day, event.to)}`,
  blocks: [
    {
      kind: 'list',
      items: chain.map(
        ({ step, day, passed }) =>
          t`${strong(calendarDay(day))}${passed ? ' (passed)' : day === today ? ' (today)' : ''}: ${step.href ? link(step.name, step.href) : step.name}. ${step.says}`,
      ),
    },
    {
      kind: 'text',
      text: t`Worked out from rules that were looked up on ${calendarDay(chain.map(({ step }) => step.checked).sort()[0] ?? today)}. Rules change and your accreditor has the last word: ask before you count on a day.`,
    },
  ],
  buttons: [
    { label: 'My dates', style: primary, act: { do: 'dates' } },
    ...(calendar ? [{ label: 'As a calendar file', href: calendar }] : []),
    { label: 'Conferences', act: { do: 'conferences' } },
  ],
})

/** How to ask for a chain of deadlines. */
export const chainHelpCard = (wrong?: string): Card => ({
  title: 'Deadlines for an activity',
  blocks: [
    ...(wrong ? [{ kind: 'text' as const, text: t`${wrong}` }] : []),
    {
      kind: 'text',
      text: t`Name the day of your activity, as in ${code('/cme deadlines for 2027-06-14')}. You get what hangs on it: the EACCME application, the report in PARS, the end of an enduring material.`,
    },
  ],
  buttons: [{ label: 'My dates', style: primary, act: { do: 'dates' } }],
})
