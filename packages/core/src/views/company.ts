import type { Button, Card } from '../card.ts'
import type { Onboarding, Step } from '../knowledge/onboarding.ts'
import { code, cut, em, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { duration, myPath } from './pathway.ts'

/** Who is spoken to, as far as these cards need to know. `begun`: she has begun her pathway. */
export type Companion = { name?: string; track?: string; begun: boolean; next?: Step }

const stepButton = ({ id, name }: Step): Button => ({
  label: cut(name, 75),
  style: 'primary',
  act: { do: 'step', step: id },
})
const findTrack: Button = { label: 'Find my track', style: 'primary', act: { do: 'path.find' } }
const start: Button = { label: 'Start onboarding', style: 'primary', act: { do: 'path.start' } }
const noMore: Button = { label: 'No more of these', act: { do: 'nudges.stop' } }
const inAWeekButton: Button = { label: 'In a week', act: { do: 'nudges.snooze' } }
const goOn = ({ next, begun }: Companion): Button => (next ? stepButton(next) : begun ? myPath : start)

/** The greeting of the community, once, and one ask: to find her track, or else to begin the first step. */
export function welcomeCard({ name, track, next }: Companion, { sayings }: Onboarding): Card {
  const greeting = sayings.find(({ kind }) => kind === 'greeting')
  const ask = !track
    ? t`One thing to begin with: which track do you work in? Three short questions find it.`
    : next
      ? t`One thing to begin with: ${strong(next.name)}, about ${duration(next.minutes)}. You can do it in pieces.`
      : t`Your pathway shows what there is.`
  return {
    title: cut(name ? `Welcome to the CME community, ${name}` : 'Welcome to the CME community', 150),
    blocks: [
      ...(greeting
        ? [
            { kind: 'quote' as const, text: t`${greeting.says}` },
            { kind: 'text' as const, text: t`${greeting.teaches}` },
          ]
        : []),
      { kind: 'text', text: ask },
    ],
    buttons: [!track ? findTrack : next ? stepButton(next) : { ...myPath, style: 'primary' }],
    footer: t`${em('To hear less, say ')}${code('/cme stop')}${em('.')}`,
  }
}

/** The one nudge: her next step and how long it takes. */
export const nudgeCard = ({ name, begun }: Companion, next: Step): Card => ({
  title: cut(name ? `${name}, your next step is ready` : 'Your next step is ready', 150),
  blocks: [
    {
      kind: 'text',
      text: t`Next is ${strong(next.name)}, about ${duration(next.minutes)}. What you did so far is kept, and it waits for you as long as you like.`,
    },
  ],
  buttons: [stepButton(next), inAWeekButton, noMore],
  ...(begun
    ? {
        footer: t`${em('After seven quiet days your name goes on the moderators’ weekly list, so that somebody can help. “No more of these” keeps you off it.')}`,
      }
    : {}),
})

export const nudgesSnoozedCard = (until: Instant, who: Companion): Card => ({
  title: 'Until next week, then',
  blocks: [
    { kind: 'text', text: t`You hear about it again on ${when(until, 'day')}, unless you have moved on by then.` },
  ],
  buttons: [goOn(who), noMore],
})

export const nudgesStoppedCard = (who: Companion): Card => ({
  title: 'No more nudges',
  blocks: [
    {
      kind: 'text',
      text: t`You are not reminded any more, and you are not on the moderators’ weekly list. Your pathway stays where it is.`,
    },
  ],
  buttons: [goOn(who), { label: 'Take it back', act: { do: 'nudges.resume' } }],
})

export const nudgesResumedCard = (who: Companion): Card => ({
  title: 'Taken back',
  blocks: [
    { kind: 'text', text: t`You may be reminded again, once and by day, when nothing has happened for three days.` },
  ],
  buttons: [goOn(who), noMore],
})

/** What comes unasked: nudges unless they were stopped, her digest while she has one, and reminders of what she follows. */
export type Unasked = { nudges: boolean; reminders?: boolean; digest?: { paused: boolean } }

/** What can be stopped, with a button for each. */
export function stopsCard({ nudges, reminders, digest }: Unasked): Card {
  const items: Text[] = [
    digest
      ? t`${strong('Your digest')}: standards news${digest.paused ? ', paused now' : ''}. Stopping it ends it; snoozing keeps what you set.`
      : t`${strong('Your digest')}: you have none.`,
    nudges
      ? t`${strong('Nudges')}: a reminder of your next step when nothing happened for three days.`
      : t`${strong('Nudges')}: stopped.`,
    reminders
      ? t`${strong('Reminders of dates')}: of the conferences and deadlines that you follow. Stopping ends them all; whether you go is kept.`
      : t`${strong('Reminders of dates')}: you follow nothing.`,
  ]
  return {
    title: digest || nudges || reminders ? 'What should stop?' : 'Nothing comes unasked',
    blocks: [{ kind: 'list', items }],
    buttons: [
      ...(digest
        ? [
            { label: 'Stop my digest', style: 'danger' as const, act: { do: 'digest.stop' as const } },
            { label: 'Snooze my digest', act: { do: 'digest.snooze' as const } },
          ]
        : []),
      nudges
        ? { label: 'No more nudges', act: { do: 'nudges.stop' as const } }
        : { label: 'Nudge me again', act: { do: 'nudges.resume' as const } },
      ...(reminders ? [{ label: 'No more reminders of dates', act: { do: 'reminders.stop' as const } }] : []),
    ],
  }
}

/** That no reminder of a date comes any more. */
export const remindersStoppedCard: Card = {
  title: 'No more reminders of dates',
  blocks: [
    {
      kind: 'text',
      text: t`You follow no conference and no deadline any more. Whether you go to a meeting is kept. Follow one again whenever you like.`,
    },
  ],
  buttons: [
    { label: 'Conferences', style: 'primary', act: { do: 'conferences' } },
    { label: 'What else comes', act: { do: 'stop' } },
  ],
}

/** The answer to thanks, with what is next. */
export function thanksCard(who: Companion): Card {
  const { next, begun } = who
  return {
    title: 'You are welcome',
    blocks: [
      {
        kind: 'text',
        text: next
          ? t`Whenever you like, next is ${strong(next.name)}, about ${duration(next.minutes)}.`
          : begun
            ? t`Every step is done. The news goes on.`
            : t`Whenever you like, five first steps lead from the basics to a mock activity of your own.`,
      },
    ],
    buttons: [
      next || !begun ? goOn(who) : { label: 'Latest news', style: 'primary', act: { do: 'news' } },
      { label: 'What can I do next?', act: { do: 'home' } },
    ],
  }
}

/** A member who has stalled: at which step, and since when. `fresh`: since the last list. */
export type ListedStall = { name?: string; step: string; since: Instant; fresh: boolean }

/** How many names a list shows. */
export const STALLED_SHOWN = 15

/**
 * The moderators' list of who has stalled, the latest first. `total` is how many there are, or `most` when there may be more: nobody
 * counts further.
 */
export function stalledListCard(shown: readonly ListedStall[], total: number, most: number): Card {
  const line = ({ name, step, since }: ListedStall): Text =>
    t`${strong(cut(name ?? 'A member', 40))} at “${cut(step, 70)}” since ${when(since, 'day')}`
  const part = (heading: string, rows: readonly ListedStall[]) =>
    rows.length > 0
      ? [
          { kind: 'heading' as const, text: heading },
          { kind: 'list' as const, items: rows.map(line) },
        ]
      : []
  const left = total - shown.length
  const counted = total >= most ? `${most} or more members` : total === 1 ? '1 member' : `${total} members`
  const all: Button = {
    label: left > 0 && total < most ? `Show all ${total}` : 'Show the whole list',
    style: 'primary',
    act: { do: 'stalled' },
  }
  return {
    title: `Stalled for a week or longer: ${counted}`,
    blocks: [
      {
        kind: 'text',
        text: t`They began their pathway and have done nothing on it for at least seven days. A word from a person helps more than another reminder.`,
      },
      ...part(
        'New since last week',
        shown.filter(({ fresh }) => fresh),
      ),
      ...part(
        'For longer',
        shown.filter(({ fresh }) => !fresh),
      ),
      ...(left > 0 ? [{ kind: 'text' as const, text: t`And ${total >= most ? 'at least ' : ''}${left} more.` }] : []),
    ],
    buttons: [all],
    ...(left > 0 ? { more: all } : {}),
    footer: t`${em('Members who snoozed or stopped nudges are left out.')}`,
  }
}
