import type { Card } from '../card.ts'
import type { Form, Option } from '../form.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { nextDigest, scheduleInWords } from '../people/schedule.ts'
import type { Schedule, Subscription } from '../people/subscription.ts'
import { t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { filterFacts } from './names.ts'

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

/** The days a digest can come on, as one choice: `weekly-1` is Mondays, `monthly-31` the last day of each month. */
export const RHYTHMS: readonly Option[] = [
  { value: 'daily', label: 'Every day' },
  { value: 'weekdays', label: 'Every weekday' },
  ...WEEKDAYS.map((label, i) => ({ value: `weekly-${i + 1}`, label })),
  { value: 'monthly-1', label: 'The 1st of each month' },
  { value: 'monthly-15', label: 'The 15th of each month' },
  { value: 'monthly-31', label: 'The last day of each month' },
]

export const rhythmOf = ({ cadence, day }: Schedule): string =>
  cadence === 'weekly' || cadence === 'monthly' ? `${cadence}-${day ?? 1}` : cadence

/** A subscription with what it does next and everything that can be changed about it. `where` is told when it comes to another community. */
export function subscriptionCard(
  subscription: Subscription,
  knowledge: Knowledge,
  now: Instant,
  said?: string,
  where?: string,
): Card {
  const { id, paused, snoozedUntil, schedule, evenEmpty } = subscription
  const snoozed = snoozedUntil !== undefined && snoozedUntil > now
  const next = nextDigest(subscription)
  const whose = 'channel' in subscription.to ? 'The digest of this channel' : 'Your digest'
  const state = paused
    ? t`It is paused. Nothing is sent until you resume it.`
    : snoozed
      ? t`It is snoozed until ${when(snoozedUntil, 'day')}; the next one comes ${when(next)}, with what you missed.`
      : evenEmpty
        ? t`The next one comes ${when(next)}. When there is nothing new, a short note says so.`
        : t`The next one comes ${when(next)}, if there is something new. Nothing new, no message.`
  return {
    title: whose,
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: t`${said}` }] : []),
      { kind: 'text', text: state },
      {
        kind: 'facts',
        facts: [
          { name: 'When', value: t`${scheduleInWords(schedule)}` },
          ...(where ? [{ name: 'Where', value: t`${where}` }] : []),
          ...(schedule.quiet
            ? [{ name: 'Quiet hours', value: t`${schedule.quiet.from} to ${schedule.quiet.to}` }]
            : []),
          ...filterFacts(knowledge, subscription.filter),
        ],
      },
    ],
    buttons: [
      { label: 'Preview', style: 'primary', act: { do: 'digest.preview', subscription: id } },
      { label: 'Change when', act: { do: 'digest.when', subscription: id } },
      { label: 'Change what is in it', act: { do: 'digest.what', subscription: id } },
      paused || snoozed
        ? { label: 'Resume', act: { do: 'digest.resume', subscription: id } }
        : { label: 'Snooze', act: { do: 'digest.snooze', subscription: id } },
      {
        label: evenEmpty ? 'No note when nothing is new' : 'Tell me when nothing is new',
        act: { do: 'digest.quiet', subscription: id, to: evenEmpty ? 'off' : 'on' },
      },
      { label: 'Stop', style: 'danger', act: { do: 'digest.stop', subscription: id } },
    ],
  }
}

/** When the digest comes. */
export const whenForm = ({ id, schedule }: Subscription): Form => ({
  id: `digest.when:${id}`,
  title: 'When it comes',
  submit: 'Save',
  fields: [
    { name: 'rhythm', label: 'On which days', kind: 'one', options: RHYTHMS, value: rhythmOf(schedule) },
    {
      name: 'at',
      label: 'At what time',
      hint: 'Your local time, 24 hours, for example 08:00',
      kind: 'text',
      value: schedule.at,
      max: 5,
    },
    {
      name: 'zone',
      label: 'Time zone',
      hint: 'As in America/Chicago or Europe/Brussels',
      kind: 'text',
      value: schedule.zone,
      max: 60,
    },
    {
      name: 'quiet',
      label: 'Quiet hours',
      hint: 'Nothing is sent in them, for example 20:00-07:00. Leave empty for none.',
      kind: 'text',
      optional: true,
      value: schedule.quiet ? `${schedule.quiet.from}-${schedule.quiet.to}` : '',
      max: 11,
    },
  ],
})

/** What the digest brings. Topics that are left out are those not ticked. */
export function whatForm({ id, filter }: Subscription, knowledge: Knowledge): Form {
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }))
  const topics = knowledge.topics.filter((topic) => topic.id !== 'off-topic')
  const ticked = (filter.topics.length > 0 ? filter.topics : topics.map((topic) => topic.id)).filter(
    (topic) => !filter.muted.includes(topic),
  )
  return {
    id: `digest.what:${id}`,
    title: 'What is in it',
    submit: 'Save',
    fields: [
      {
        name: 'tracks',
        label: 'Tracks',
        hint: 'None ticked: all',
        kind: 'many',
        optional: true,
        options: options(knowledge.tracks),
        values: filter.tracks,
      },
      {
        name: 'regions',
        label: 'Regions',
        hint: 'None ticked: everywhere',
        kind: 'many',
        optional: true,
        options: options(knowledge.regions),
        values: filter.regions,
      },
      { name: 'topics', label: 'Topics', kind: 'many', options: options(topics), values: ticked },
      {
        name: 'bodies',
        label: 'Bodies',
        hint: 'None ticked: every body',
        kind: 'many',
        optional: true,
        options: options(knowledge.bodies).slice(0, 25),
        values: filter.bodies,
      },
      {
        name: 'max',
        label: 'At most how many items',
        hint: '1 to 20; the others are one press away',
        kind: 'text',
        value: String(filter.max),
        max: 2,
      },
    ],
  }
}

/** How long to snooze, as presses. */
export const snoozeCard = ({ id }: Subscription): Card => ({
  title: 'Snooze until when?',
  blocks: [{ kind: 'text', text: t`What is new in the meantime comes with the first digest after the snooze.` }],
  buttons: [
    { label: 'One week', act: { do: 'digest.snooze', subscription: id, until: '7' } },
    { label: 'Two weeks', act: { do: 'digest.snooze', subscription: id, until: '14' } },
    { label: 'Four weeks', act: { do: 'digest.snooze', subscription: id, until: '28' } },
    { label: 'Pause without a date', act: { do: 'digest.pause', subscription: id } },
  ],
})
