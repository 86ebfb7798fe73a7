import type { Button, Card } from '../card.ts'
import type { Edition } from '../conferences/conference.ts'
import { timesAre, whenInWords } from '../conferences/words.ts'
import { cut, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** How much of what was sent, of what comes and of what failed one card shows. */
export const CHANNEL_LINES = 8

const primary = 'primary' as const
const danger = 'danger' as const
type Act = Extract<Button, { act: unknown }>['act']
const go = (label: string, act: Act, style?: 'primary' | 'danger'): Button => ({
  label: cut(label, 75),
  act,
  ...(style ? { style } : {}),
})

/** Something that comes in a channel, as moderators decide about it. `item` names it in buttons. */
export type ComingItem = { item: string; title: string; at: Instant; decision?: 'hold' | 'skip' }
const DECIDED = { hold: 'held until you release it', skip: 'left out' } as const

export const comingLine = ({ title, at, decision }: ComingItem): Text =>
  t`${when(at)}: ${title}${decision ? ` (${DECIDED[decision]})` : ''}`

/** All that comes, each with a way to decide about it. */
export function channelComingCard(edition: Edition, coming: readonly ComingItem[], from: number): Card {
  const shown = coming.slice(from, from + CHANNEL_LINES)
  return {
    title: cut(`What comes in the channel of ${edition.name}`, 150),
    blocks:
      shown.length > 0
        ? [
            { kind: 'list', items: shown.map(comingLine) },
            {
              kind: 'text',
              text: t`Each can be held, left out, or sent now. What a date brings follows the date when it moves.`,
            },
          ]
        : [{ kind: 'text', text: t`Nothing more comes by itself.` }],
    buttons: [
      ...shown.map(({ item, title }) => go(title, { do: 'channel.item', edition: edition.id, item })),
      ...(coming.length > from + CHANNEL_LINES
        ? [go('More', { do: 'channel.coming', edition: edition.id, from: from + CHANNEL_LINES })]
        : []),
      go('The channel', { do: 'channel', edition: edition.id }, primary),
    ],
    ...(shown.length > 0 ? { footer: t`${timesAre(edition.zone)}` } : {}),
  }
}

/** One thing that comes, and what can be done about it. */
export function channelItemCard(edition: Edition, { item, title, at, decision }: ComingItem, said?: string): Card {
  const decide = (label: string, to: string, style?: 'primary' | 'danger') =>
    go(label, { do: 'channel.decide', edition: edition.id, item, to }, style)
  return {
    title: cut(title, 150),
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: t`${said}` }] : []),
      {
        kind: 'facts',
        facts: [
          { name: 'Comes', value: whenInWords({ kind: 'at', at, zone: edition.zone }) },
          { name: 'In', value: t`the channel of ${edition.name}` },
          { name: 'Decided', value: t`${decision ? DECIDED[decision] : 'nothing; it comes by itself'}` },
        ],
      },
    ],
    buttons: [
      ...(decision ? [decide(decision === 'hold' ? 'Release it' : 'Let it come', 'release', primary)] : []),
      ...(decision === 'hold' ? [] : [decide('Hold it', 'hold')]),
      ...(decision === 'skip' ? [] : [decide('Leave it out', 'skip')]),
      isClosing(item) ? decide('Close the channel now', 'now', danger) : decide('Send it now', 'now'),
      go('What comes next', { do: 'channel.coming', edition: edition.id }),
    ],
  }
}

/** True for the end of a channel: sent now, it is asked about first. */
export const isClosing = (item: string): boolean => item.startsWith('archive.')

/**
 * What closing a channel at once does, before anything is done. `to` is the decision of its button; `closes` when it would close by
 * itself, where it still would.
 */
export const channelCloseCard = (
  edition: Edition,
  place: Text,
  { item, to, closes }: { item: string; to: string; closes?: Instant },
): Card => ({
  title: cut(`Close the channel of ${edition.name} now?`, 150),
  blocks: [
    {
      kind: 'list',
      items: [
        t`It closes at once, without a word there. From then on nobody can write in ${place}; what was written stays to be read.`,
        t`Nothing more comes there, and what waits for it is taken back. Reminders of the dates go on for everybody who follows them.`,
        ...(closes ? [t`By itself it closes ${whenInWords({ kind: 'at', at: closes, zone: edition.zone })}.`] : []),
      ],
    },
    { kind: 'text', text: t`This cannot be undone here. Nothing is changed yet.` },
  ],
  buttons: [
    go('Keep it open', { do: 'channel', edition: edition.id }, primary),
    go('Close it now', { do: 'channel.decide', edition: edition.id, item, to }, danger),
  ],
})
