import type { ChannelPlan } from '../conferences/channel.ts'
import { CHANNEL_NAME } from '../conferences/channel.ts'
import type { ConferenceDate, Edition } from '../conferences/conference.ts'
import type { Form } from '../form.ts'
import { cut } from '../text.ts'

/** A platform shows no more to choose from. */
export const EVENTS_OFFERED = 25

/** What can be said of a channel before it is there; `opened` leaves out what a platform does not change later. */
export function channelForm(
  edition: Edition,
  plan: ChannelPlan,
  { opened, forum }: { opened: boolean; forum: boolean },
): Form {
  const { name, topic, adopt, archiveOn } = plan
  return {
    id: `channel.plan:${edition.id}`,
    title: 'Conference channel',
    submit: opened ? 'Save' : 'Show me',
    fields: [
      ...(opened
        ? []
        : [
            {
              name: 'name',
              label: 'Name',
              kind: 'text' as const,
              value: name,
              max: CHANNEL_NAME,
              hint: 'Small letters, digits and hyphens',
            },
          ]),
      { name: 'topic', label: 'Topic', kind: 'text', value: topic, max: 200, optional: true },
      {
        name: 'archive',
        label: 'Closes on',
        kind: 'text',
        optional: true,
        hint: 'A day, as in 2027-04-15; announced three days before. Empty: never',
        ...(archiveOn ? { value: archiveOn } : {}),
      },
      ...(opened
        ? []
        : [
            {
              name: 'adopt',
              label: 'Or take a channel that is there',
              kind: 'channel' as const,
              optional: true,
              ...(adopt ? { value: adopt } : {}),
            },
          ]),
      ...(forum && !opened
        ? [
            {
              name: 'forum',
              label: 'Shape',
              kind: 'one' as const,
              value: plan.forum ? 'yes' : 'no',
              options: [
                { value: 'no', label: 'One channel' },
                { value: 'yes', label: 'A channel, and a forum for questions beside it' },
              ],
            },
          ]
        : []),
    ],
  }
}

/** Who moderates when, whether a card comes each morning, and on Discord the category that the channel stands in. */
export const channelMoreForm = (edition: Edition, plan: ChannelPlan, { category }: { category: boolean }): Form => ({
  id: `channel.more:${edition.id}`,
  title: 'Conference channel',
  fields: [
    {
      name: 'rota',
      label: 'Who moderates when',
      kind: 'paragraph',
      optional: true,
      max: 600,
      placeholder: 'Mon and Tue: … · Wed: …',
      hint: 'Stands in the pinned welcome, for everybody to read',
      ...(plan.rota ? { value: plan.rota } : {}),
    },
    {
      name: 'morning',
      label: 'A card each morning of the meeting',
      kind: 'one',
      value: plan.morning ? 'yes' : 'no',
      options: [
        { value: 'yes', label: 'Yes, with the sessions of the day' },
        { value: 'no', label: 'No' },
      ],
    },
    ...(category
      ? [
          {
            name: 'category',
            label: 'Category',
            kind: 'text' as const,
            optional: true,
            max: 100,
            hint: 'Made if there is none of this name',
            ...(plan.category ? { value: plan.category } : {}),
          },
        ]
      : []),
  ],
})

/** Which sessions stand among the events of the platform, beside the days; nothing to choose from where none is entered. */
export function channelEventsForm(
  edition: Edition,
  sessions: readonly ConferenceDate[],
  chosen: readonly string[],
): Form | undefined {
  const offered = sessions.slice(0, EVENTS_OFFERED)
  if (offered.length < 2) return undefined
  return {
    id: `channel.events:${edition.id}`,
    title: 'Sessions as events',
    fields: [
      {
        name: 'sessions',
        label: 'Beside the days of the meeting',
        kind: 'many',
        optional: true,
        options: offered.map(({ id, title }) => ({ value: id, label: cut(title, 75) })),
        values: chosen.filter((id) => offered.some((one) => one.id === id)),
      },
    ],
  }
}
