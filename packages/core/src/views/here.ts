import type { Press } from '../action.ts'
import type { Button, Card } from '../card.ts'
import type { Edition } from '../conferences/conference.ts'
import { cut, strong, t } from '../text.ts'

type Of = Pick<Edition, 'id' | 'name'>

/** How many names one card shows. */
export const HERE_SHOWN = 40

/** Those who said that they are here, by track. `track` is its name, nothing where nobody knows. */
export type HereGroup = { track?: string; names: readonly string[] }

/** Who else is here, for one who said so too; without `groups` for one who did not, who sees no name. */
export function hereCard(edition: Of, count: number, groups: readonly HereGroup[] | undefined, from = 0): Card {
  const rest: Button[] = [
    { label: 'Introduce me to people', act: { do: 'meet', edition: edition.id } },
    { label: cut(edition.name, 75), act: { do: 'edition', edition: edition.id } },
  ]
  if (!groups)
    return {
      title: cut(`Who else is here? ${edition.name}`, 150),
      blocks: [
        {
          kind: 'text',
          text: t`${count === 0 ? 'Nobody has said yet that they are here.' : count === 1 ? 'One member has said so.' : `${count} members have said so.`} Names and tracks are shown only to those who let theirs be shown, and only in this community: nothing goes to sponsors, exhibitors or companies.`,
        },
      ],
      buttons: [{ label: 'Show me too', style: 'primary', act: { do: 'present.join', edition: edition.id } }, ...rest],
    }
  const flat = groups.flatMap(({ track, names }) => names.map((name) => ({ track: track ?? 'No track chosen', name })))
  const shown = Map.groupBy(flat.slice(from, from + HERE_SHOWN), ({ track }) => track)
  const next = from + HERE_SHOWN
  return {
    title: cut(`Who else is here? ${edition.name}`, 150),
    blocks: [
      ...(flat.length === 0
        ? [
            {
              kind: 'text' as const,
              text: t`You are the first. Others see your name and track once they let theirs be shown.`,
            },
          ]
        : [...shown].map(([track, list]) => ({
            kind: 'text' as const,
            text: t`${strong(track)}: ${list.map(({ name }) => cut(name, 60)).join(', ')}`,
          }))),
      ...(flat.length > next ? [{ kind: 'text' as const, text: t`And ${flat.length - next} more.` }] : []),
    ],
    buttons: [
      ...(flat.length > next
        ? [{ label: 'More', act: { do: 'present' as const, edition: edition.id, from: next } }]
        : []),
      { label: 'Show me no more', act: { do: 'present.leave', edition: edition.id } },
      ...rest,
    ],
    footer: t`You see this because you are shown as well, to these members alone.`,
  }
}

/** Not shown any more. */
export const notHereCard = (edition: Of): Card => ({
  title: cut(`You are not shown any more: ${edition.name}`, 150),
  blocks: [{ kind: 'text', text: t`Nobody sees your name under “Who else is here?”, and you do not see the others.` }],
  buttons: [{ label: 'Show me again', act: { do: 'present.join', edition: edition.id } }],
})

/** Which edition is meant, where it can be several: a button for each. */
export const whichEditionCard = (editions: readonly Of[], go: (edition: string) => Press): Card => ({
  title: 'Which meeting?',
  blocks: [
    {
      kind: 'text',
      text: t`Choose it here, say its name after the command, or ask in its own channel.`,
    },
  ],
  buttons: [
    ...editions.slice(0, 10).map((one) => ({ label: cut(one.name, 75), act: go(one.id) })),
    { label: 'All conferences', act: { do: 'conferences' as const } },
  ],
})

/** There is no edition that anything could be about. */
export const noEditionCard = (moderator: boolean): Card => ({
  title: 'No meeting is entered yet',
  blocks: [
    {
      kind: 'text',
      text: moderator
        ? t`Add an edition of a conference first; people can meet and ask once it is there.`
        : t`Once a moderator has entered a meeting, you can meet people and ask questions there.`,
    },
  ],
  buttons: [{ label: 'Conferences', style: 'primary', act: { do: 'conferences' } }],
})
