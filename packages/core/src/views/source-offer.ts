import type { Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import { hostOf } from '../news/link.ts'
import { code, cut, link, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A feed that was found at an address, with what would become of what is in it now; `lines` are its newest entries. */
export type OfferedFeed = {
  url: string
  title: string
  items: number
  known: number
  lines: readonly {
    title: string
    published?: Instant
    topic?: string
    fate: 'known' | 'revised' | 'retold' | 'archive' | 'unwanted' | 'digest'
  }[]
}

/** An address on the moderators' desk: `found` is missing until somebody has looked, `trouble` is why there is nothing. */
export type SourceOffer = { id: string; url: string; found?: readonly OfferedFeed[]; trouble?: string }

export const addSourceForm = (url?: string): Form => ({
  id: 'sources.add',
  title: 'Add a source of news',
  submit: 'Look there',
  fields: [
    {
      name: 'url',
      label: 'Address',
      hint: 'Of a feed, or of a page that has one',
      kind: 'text',
      placeholder: 'https://',
      max: 500,
      ...(url ? { value: url } : {}),
    },
  ],
})

const sources: Button = { label: 'All sources', act: { do: 'sources' } }
const again: Button = { label: 'Another address', act: { do: 'sources.add' } }

/** Said at once: looking takes until the next minute, and the answer comes by itself. */
export const lookingCard = ({ url }: Pick<SourceOffer, 'url'>): Card => ({
  title: 'Somebody looks there now',
  blocks: [
    {
      kind: 'text',
      text: t`What is at ${strong(cut(url, 200))} is being looked at. You get what was found in private in a moment; nothing is stored before you say so.`,
    },
  ],
  buttons: [sources],
})

/** Feeds of one address that a card offers, and entries of each that it shows. */
const OFFERED = 5
const ENTRIES = 5

/** What was found at an address: one feed with what is in it, several to choose from, or why there is none. */
export function offerCard({ id, url, found, trouble }: SourceOffer): Card {
  if (!found) {
    if (trouble === undefined) return lookingCard({ url })
    return {
      title: 'No feed was found there',
      blocks: [
        { kind: 'text', text: t`${strong(cut(url, 200))}: ${cut(trouble, 500)}` },
        {
          kind: 'text',
          text: t`A page without a feed can be read too, once somebody has described it; that is your operator’s to do.`,
        },
      ],
      buttons: [{ ...again, style: 'primary' }, sources],
    }
  }
  const shown = found.slice(0, OFFERED)
  const one = shown.length === 1 ? shown[0] : undefined
  return {
    title: one ? cut(`A feed: ${one.title}`, 150) : `${found.length} feeds are there`,
    blocks: [
      ...(one
        ? feedBlocks(one)
        : [
            {
              kind: 'list' as const,
              ordered: true,
              items: shown.map((feed) => t`${link(cut(feed.title, 100), feed.url)}: ${countOf(feed)}`),
            },
          ]),
      {
        kind: 'text',
        text: t`What it has now is stored silently; what comes later goes into the digests that it fits. A source is read for all communities of this installation.`,
      },
    ],
    buttons: [
      ...shown.map(
        (feed, at): Button => ({
          label: one ? 'Add it' : `${at + 1}. ${cut(feed.title, 50)}`,
          ...(at === 0 ? { style: 'primary' as const } : {}),
          act: { do: 'sources.take', offer: id, at },
        }),
      ),
      { label: 'Leave it', act: { do: 'sources.leave', offer: id } },
      again,
    ],
  }
}

const countOf = ({ items, known }: OfferedFeed): string =>
  `${items === 1 ? '1 item' : `${items} items`}${known > 0 ? `, ${known} of them in the archive already` : ''}`

const FATES = {
  known: 'in the archive already',
  revised: 'changed, not sent again',
  retold: 'changed, sent again',
  archive: 'stored, not sent',
  unwanted: 'stored, in no digest',
  digest: 'stored and sent',
} as const

function feedBlocks(feed: OfferedFeed): Card['blocks'] {
  const lines = feed.lines.slice(0, ENTRIES).map(({ title, published, topic, fate }): Text => {
    const about = [published ? when(published, 'day') : 'no date', ', ', ...(topic ? [topic, ', '] : []), FATES[fate]]
    return t`${strong(cut(title, 100))} (${about})`
  })
  return [
    {
      kind: 'text',
      text: t`${link(cut(feed.url, 200), feed.url)}, ${countOf(feed)}. Its newest, and what would become of them now:`,
    },
    ...(lines.length > 0 ? [{ kind: 'list' as const, items: lines }] : []),
  ]
}

export const offerTakenCard = ({ id, name, url }: { id: string; name: string; url: string }): Card => ({
  title: cut(`Added: ${name}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`${hostOf(url)} is read within a minute, and stored silently. Your operator can switch it off with ${code(`cme feeds disable ${id}`)}.`,
    },
  ],
  buttons: [sources, again],
})

export const offerLeftCard = (url: string): Card => ({
  title: 'Left as it is',
  blocks: [{ kind: 'text', text: t`Nothing of ${strong(cut(url, 200))} was stored.` }],
  buttons: [again, sources],
})

/** It is read already, or another source has its name. */
export const sourceThereCard = (name: string, url: string | null, on: boolean): Card => ({
  title: 'This source is there already',
  blocks: [
    {
      kind: 'text',
      text: t`${strong(name)}${url ? ` (${cut(url, 200)})` : ''} is ${on ? 'read' : 'known, but off: your operator switches it on'}.`,
    },
  ],
  buttons: [sources, again],
})
