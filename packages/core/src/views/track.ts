import type { Block, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { t } from '../text.ts'
import { trackName } from './names.ts'

/** What choosing a track means beside the choice: the channel of its people, a role, and a digest that brings other tracks. */
export type TrackChosen = {
  track: string
  channel?: string
  role?: string
  digest?: { id: string; tracks: readonly string[] }
}

/** The home card after a track was chosen, with what follows from it and the one button that lets the digest follow. */
export function trackChosenCard(home: Card, chosen: TrackChosen, knowledge: Knowledge): Card {
  const { track, channel, role, digest } = chosen
  const name = trackName(knowledge, track)
  const kept = digest?.tracks.map((id) => trackName(knowledge, id)).join(', ')
  const blocks: Block[] = [
    ...(channel ? [{ kind: 'text' as const, text: t`Colleagues on this track meet in ${{ channel }}.` }] : []),
    ...(role ? [{ kind: 'text' as const, text: t`You get the role ${{ role }} in a moment.` }] : []),
    ...(kept
      ? [
          {
            kind: 'text' as const,
            text: t`Your digest still brings news for ${kept}. Let it follow, and it brings news for ${name}.`,
          },
        ]
      : []),
  ]
  return {
    ...home,
    blocks: [...home.blocks, ...blocks],
    buttons: [
      ...(digest
        ? [
            {
              label: `Let my digest follow`,
              style: 'primary' as const,
              act: { do: 'digest.track' as const, subscription: digest.id },
            },
          ]
        : []),
      ...(home.buttons ?? []).map((button) => (digest ? { ...button, style: undefined } : button)),
    ],
  }
}
