import type { Press } from '../action.ts'
import { encodeAction } from '../action-codec.ts'
import type { Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { LIMITS } from '../limits.ts'
import type { Item } from '../news/item.ts'
import type { SearchOrder } from '../news/search.ts'
import { code, cut, t } from '../text.ts'
import { itemBlock } from './item.ts'

/** One page of what was found for `said`, as it was typed; `next` is where the next one starts. */
export type Found = { said: string; order: SearchOrder; items: readonly Item[]; next?: number; first: boolean }

/** What a search in the archive found; the buttons that need the words are left out where the words are too long for one. */
export function searchCard({ said, order, items, next, first }: Found, knowledge: Knowledge): Card {
  const bare = said.replace(/(?:^|\s)by:\S+/gi, '').trim()
  const other: Button =
    order === 'newest'
      ? { label: 'Best match first', act: { do: 'search', text: `${bare} by:relevance` } }
      : { label: 'Newest first', act: { do: 'search', text: bare } }
  const more: Button = { label: order === 'newest' ? 'Older' : 'More', act: { do: 'search', text: said, from: next } }
  return {
    title: cut(`News about ${bare}`, LIMITS.card.title),
    blocks: items.length > 0 ? items.map((item) => itemBlock(item, knowledge)) : [nothing(first)],
    buttons: [
      ...items.map((item): Button => ({ label: cut(item.title, 40), act: { do: 'news.item', item: item.id } })),
      ...[...(items.length > 0 ? [other] : []), ...(next === undefined ? [] : [more])].filter(fits),
      ...(items.length > 0 ? [] : [{ label: 'Latest news', act: { do: 'news' as const } }]),
    ],
  }
}

const fits = (button: Button): boolean =>
  'act' in button && encodeAction(button.act as Press).length <= LIMITS.button.id

const nothing = (first: boolean) => ({
  kind: 'text' as const,
  text: first
    ? t`Nothing in the archive has all of these words. Try fewer, or the beginning of one: ${code('accredit*')}.`
    : t`That was all.`,
})

/** How to search, for whoever asked without a word to look for. */
export const howToSearchCard: Card = {
  title: 'Search the news',
  blocks: [
    {
      kind: 'text',
      text: t`Say what to look for, for example ${code('/cme search mitigation')}. All words must be there.`,
    },
    {
      kind: 'list',
      items: [
        t`${code('"financial relationships"')}: these words together`,
        t`${code('accredit*')}: every word that begins so`,
        t`${code('-webinar')}: nothing with this word`,
        t`${code('topic:… body:… region:… track:…')}: about these only`,
        t`${code('since:2026-01-31')}: published on that day or later`,
        t`${code('by:relevance')}: the best match first instead of the newest`,
      ],
    },
  ],
  buttons: [{ label: 'Latest news', style: 'primary', act: { do: 'news' } }],
}
