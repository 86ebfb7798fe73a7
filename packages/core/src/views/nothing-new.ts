import type { Card } from '../card.ts'
import type { Subscription } from '../people/subscription.ts'
import { join, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** How the sources are when a digest is empty: how many there are, when one was read last, and which fail, since when if ever read. */
export type SourcesThen = {
  since: Instant
  sources: number
  last?: Instant
  failing: readonly { name: string; since?: Instant }[]
}

const NAMED = 5

/** In the place of an empty digest, for who wants it: that nothing happened, or that nobody knows because sources failed. */
export function nothingNewCard({ id, to }: Subscription, { since, sources, last, failing }: SourcesThen): Card {
  const named = failing
    .slice(0, NAMED)
    .map(
      ({ name, since }): Text =>
        since ? t`${strong(name)} since ${when(since)}` : t`${strong(name)} was not read yet`,
    )
  const more = failing.length - named.length
  const off = 'No source is switched on, so none can come'
  const count = sources === 0 ? off : sources === 1 ? 'The one source was read' : `All ${sources} sources were read`
  return {
    title: failing.length > 0 ? 'No news came, but not every source could be read' : 'No news this time',
    blocks: [
      failing.length > 0
        ? {
            kind: 'text',
            text: t`Nothing for ${'channel' in to ? 'this channel' : 'you'} since ${when(since)} from the sources that answered. ${failing.length} of ${sources} did not: ${join(named, '; ')}${more > 0 ? `; and ${more} more` : ''}. What they have comes when they answer again.`,
          }
        : {
            kind: 'text',
            text: t`No news for ${'channel' in to ? 'this channel' : 'you'} since ${when(since)}. ${count}${last ? t`, the last ${when(last)}` : ''}.`,
          },
    ],
    buttons: [
      { label: 'The sources', act: { do: 'sources' } },
      { label: 'No such notes', act: { do: 'digest.quiet', subscription: id, to: 'off' } },
    ],
  }
}
