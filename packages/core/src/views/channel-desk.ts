import type { Block, Button, Card } from '../card.ts'
import type { ChannelPlan } from '../conferences/channel.ts'
import type { Edition } from '../conferences/conference.ts'
import { calendarDay, timesAre } from '../conferences/words.ts'
import { code, cut, strong, type Text, t, when } from '../text.ts'
import type { Day, Instant } from '../time.ts'
import { CHANNEL_LINES, type ComingItem, comingLine } from './channel-coming.ts'

const primary = 'primary' as const
const danger = 'danger' as const
type Act = Extract<Button, { act: unknown }>['act']
const go = (label: string, act: Act, style?: 'primary' | 'danger'): Button => ({
  label: cut(label, 75),
  act,
  ...(style ? { style } : {}),
})

/** Something that was sent, or could not be: then `why`. `again` names it where it can be tried once more. */
export type SentItem = { title: string; at: Instant; why?: string; again?: string }

/** A channel as its moderators see it. `place` is where it is, once the platform has made it. */
export type ChannelShown = {
  edition: Edition
  plan: ChannelPlan
  /** The day on which it closes. */
  closes: Day | undefined
  state: 'opening' | 'open' | 'archived' | 'lost'
  place: Text
  trouble?: string
  answers: { going: number; maybe: number }
  coming: readonly ComingItem[]
  sent: readonly SentItem[]
  failed: readonly SentItem[]
  /** True where the platform has events of its own. */
  events: boolean
}

const STATES = {
  opening: 'Being opened',
  open: 'Open',
  archived: 'Closed; what was written stays to be read',
  lost: 'It is not there any more',
} as const

/** One channel: what was sent, what comes next, who answered, and what failed with the remedy. */
export function channelCard(shown: ChannelShown, said?: string): Card {
  const { edition, plan, closes, state, place, trouble, answers, coming, sent, failed, events } = shown
  const list = (title: string, items: readonly Text[], keep: number): Block[] =>
    items.length > 0
      ? [
          { kind: 'heading', text: title, keep },
          { kind: 'list', items, keep },
        ]
      : []
  const { id } = edition
  const open = state === 'open'
  return {
    title: cut(`${edition.name}: its channel`, 150),
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: t`${said}` }] : []),
      ...(trouble ? [{ kind: 'text' as const, text: t`${strong('It does not work:')} ${trouble}` }] : []),
      {
        kind: 'facts',
        facts: [
          { name: 'Channel', value: place },
          { name: 'State', value: t`${trouble && state === 'opening' ? 'Not opened' : STATES[state]}` },
          { name: 'Answers', value: t`${`${answers.going} going, ${answers.maybe} maybe`}` },
          { name: 'Closes', value: t`${closes ? calendarDay(closes) : 'no day is chosen'}` },
          { name: 'Moderators', value: t`${plan.rota ? cut(plan.rota, 300) : 'nobody is named'}` },
        ],
      },
      ...list(
        'Failed',
        failed.slice(0, CHANNEL_LINES).map((one) => t`${when(one.at)}: ${strong(one.title)}. ${one.why ?? ''}`),
        0,
      ),
      ...list('What comes next', coming.slice(0, CHANNEL_LINES).map(comingLine), 1),
      ...list(
        'What was sent',
        sent.slice(0, CHANNEL_LINES).map((one) => t`${when(one.at)}: ${one.title}`),
        2,
      ),
    ],
    buttons: [
      ...(state === 'lost' || (trouble && state === 'opening')
        ? [go(state === 'lost' ? 'Open it again' : 'Try again', { do: 'channel.again', edition: id }, primary)]
        : []),
      ...failed
        .flatMap(({ again, title }) =>
          again
            ? [go(`Send again: ${title}`, { do: 'channel.decide' as const, edition: id, item: again, to: 'now' })]
            : [],
        )
        .slice(0, 4),
      ...(open && coming.length > 0 ? [go('What comes next', { do: 'channel.coming', edition: id }, primary)] : []),
      ...(state === 'archived' || state === 'lost'
        ? []
        : [
            go('Topic and closing day', { do: 'channel.form', edition: id }),
            go('Moderators and mornings', { do: 'channel.form', edition: id, form: 'more' }),
          ]),
      ...(open && events ? [go('Sessions as events', { do: 'channel.form', edition: id, form: 'events' })] : []),
      ...(open && trouble ? [go('It was deleted: open it again', { do: 'channel.again', edition: id }, danger)] : []),
      ...(open
        ? [
            go('Questions', { do: 'questions', edition: id }),
            go('Recap', { do: 'recap', edition: id }),
            go('Who agreed to be shown', { do: 'present', edition: id }),
          ]
        : []),
      go('The edition', { do: 'edition', edition: id }),
      go('All channels', { do: 'channels' }),
    ],
    ...(coming.length > 0 ? { footer: t`${timesAre(edition.zone)}` } : {}),
  }
}

/** What opening a channel will do, before it is done. */
export const channelPreviewCard = (
  edition: Edition,
  plan: ChannelPlan,
  does: readonly Text[],
  draft: string,
): Card => ({
  title: cut(`A channel for ${edition.name}`, 150),
  blocks: [
    { kind: 'text', text: t`Nothing is opened yet. This is what will be:` },
    { kind: 'list', items: does },
    ...(plan.archiveOn
      ? []
      : [{ kind: 'text' as const, text: t`No day is chosen on which it closes; you can choose one at any time.` }]),
  ],
  buttons: [
    go('Open', { do: 'channel.open', edition: edition.id, draft }, primary),
    go('Change it', { do: 'channel.form', edition: edition.id }),
    go('Moderators and mornings', { do: 'channel.form', edition: edition.id, form: 'more' }),
    go('The edition', { do: 'edition', edition: edition.id }),
  ],
})

/** Every channel of a community, and the editions that have none yet. */
export function channelsCard(
  channels: readonly { edition: Edition; place: Text; state: ChannelShown['state'] }[],
  without: readonly Edition[],
): Card {
  return {
    title: 'Conference channels',
    blocks: [
      channels.length > 0
        ? {
            kind: 'list',
            items: channels.map(
              ({ edition, place, state }) => t`${strong(edition.name)}: ${place}, ${STATES[state].toLowerCase()}`,
            ),
          }
        : { kind: 'text', text: t`No conference has a channel yet.` },
      ...(without.length > 0
        ? [
            {
              kind: 'text' as const,
              text: t`A channel greets who comes, keeps the schedule, tells each morning what is on, and closes on the day you choose.`,
            },
          ]
        : []),
    ],
    buttons: [
      ...channels.slice(0, 10).map(({ edition }) => go(edition.name, { do: 'channel', edition: edition.id })),
      ...without.slice(0, 6).map(({ id, name }) => go(`Open one: ${name}`, { do: 'channel', edition: id })),
      go('Conferences', { do: 'conferences' }, primary),
    ],
  }
}

/** To who can mend it: a channel could not be opened, or its work is refused. `edition` is whose channel it is. */
export const channelTroubleCard = (edition: Edition, why: string): Card => ({
  title: cut(`The channel for ${edition.name} was not opened`, 150),
  blocks: [
    { kind: 'text', text: t`${strong(why)}` },
    { kind: 'text', text: t`Once it is mended, try again: what you entered is kept, and nothing is made twice.` },
  ],
  buttons: [
    go('Try again', { do: 'channel.again', edition: edition.id }, primary),
    go('The channel', { do: 'channel', edition: edition.id }),
  ],
})

/** To moderators, once: the channel was deleted on the platform. */
export const channelLostCard = (edition: Edition): Card => ({
  title: cut(`The channel of ${edition.name} is gone`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`It was deleted. Nothing more is sent there; reminders of the dates go on for everybody who follows them.`,
    },
  ],
  buttons: [
    go('Open it again', { do: 'channel.again', edition: edition.id }, primary),
    go('The channel', { do: 'channel', edition: edition.id }),
  ],
})

/** The refusal of what was typed for a channel. */
export const channelWrongCard = (wrong: readonly string[], edition: string, form?: string): Card => ({
  title: 'Nothing is changed yet',
  blocks: [{ kind: 'list', items: wrong.map((say) => t`${say}`) }],
  buttons: [go('Try again', { do: 'channel.form', edition, ...(form ? { form } : {}) }, primary)],
})

/** Only an edition has a channel: what was typed names none that is ahead. */
export const noChannelCard = (said: string): Card => ({
  title: 'Not known here',
  blocks: [
    {
      kind: 'text',
      text: t`No edition that lies ahead is entered for ${strong(cut(said, 60))}. Add one with ${code('/cme conferences')}, then open its channel.`,
    },
  ],
  buttons: [go('Conferences', { do: 'conferences' }, primary), go('All channels', { do: 'channels' })],
})
