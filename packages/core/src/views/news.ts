import type { Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { EditLine } from '../news/edit.ts'
import type { Item } from '../news/item.ts'
import { cut, em, link, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { askedBy, changesOf, cueOf, itemBlock, metaOf } from './item.ts'
import { changeText } from './item-edit.ts'
import { bodyName, regionName, sourceName, topicName, trackName } from './names.ts'

/** The latest items, newest first; `older` is where the next page starts. */
export function newsCard(
  items: readonly Item[],
  knowledge: Knowledge,
  about?: { asked: string; name: string },
  older?: number,
): Card {
  const next: Button[] =
    older === undefined ? [] : [{ label: 'Older', act: { do: 'news', about: about?.asked, before: older } }]
  return {
    title: about ? `Standards news: ${about.name}` : 'Standards news',
    blocks:
      items.length > 0
        ? items.map((item) => itemBlock(item, knowledge))
        : [{ kind: 'text', text: t`Nothing here yet. ${em('/cme sources')} shows what is being read and when.` }],
    buttons: [
      ...items
        .slice(0, 5)
        .map((item): Button => ({ label: cut(item.title, 38), act: { do: 'news.item', item: item.id } })),
      ...next,
      ...(items.length === 0 ? [{ label: 'The sources', act: { do: 'sources' as const } }] : []),
    ],
  }
}

/** One item with all its labels and the words they came from; `lines` for its moderators: what they changed, the latest first. */
export function itemCard(item: Item, knowledge: Knowledge, lines?: readonly EditLine[]): Card {
  const labels: [string, string, string][] = [
    ['Topic', topicName(knowledge, item.topic), 'topic'],
    ['Body', item.body ? bodyName(knowledge, item.body) : 'none named', 'body'],
    ['Region', regionName(knowledge, item.region), 'region'],
    ['Tracks', item.tracks.map((track) => trackName(knowledge, track)).join(', ') || 'none', 'tracks'],
    ['Action', item.actionRequired ? askedBy(item) || 'Needs action' : 'none found', 'action'],
  ]
  const cue = (label: string): string => {
    const why = item.why.find((entry) => entry.label === label)
    return why ? ` (${cueOf(why)})` : ''
  }
  return {
    title: cut(item.title, 150),
    blocks: [
      { kind: 'text', text: metaOf(item, knowledge) },
      ...(item.updated ? [{ kind: 'text' as const, text: changesOf(item.updated.changes, 5) }] : []),
      ...(item.summary ? [{ kind: 'quote' as const, text: t`${item.summary}`, by: 'the moderators' }] : []),
      ...(item.text ? [{ kind: 'text' as const, text: t`${cut(item.text, 900)}` }] : []),
      { kind: 'facts', facts: labels.map(([name, value, label]) => ({ name, value: t`${value}${cue(label)}` })) },
      { kind: 'list', items: item.links.map(({ source, href }) => linkLine(sourceName(knowledge, source), href)) },
      ...(lines && lines.length > 0
        ? [
            { kind: 'heading' as const, text: 'Changed by moderators' },
            { kind: 'list' as const, items: lines.map((line) => changeText(line, knowledge)), keep: 1 },
          ]
        : []),
    ],
    buttons: [
      ...(item.link ? [{ label: 'Open the source', href: item.link }] : []),
      { label: 'Why and where', act: { do: 'news.why', item: item.id } },
      ...(lines ? [{ label: 'Edit', act: { do: 'item.edit' as const, item: item.id } }] : []),
      { label: 'Latest news', act: { do: 'news' } },
    ],
  }
}

const linkLine = (name: string, href?: string): Text => (href ? t`${link(name, href)}` : t`${name}`)

/** How a source is doing, as its health card needs it. */
export type SourceHealth = {
  id: string
  name: string
  enabled: boolean
  reason?: string
  lastRead?: Instant
  lastItem?: Instant
  next?: Instant
  failingSince?: Instant
  trouble?: string
  sample: boolean
}

/** Each source in use with when it was read and whether it fails, so that a quiet digest can be told from a broken one. */
export function sourcesCard(sources: readonly SourceHealth[]): Card {
  const on = sources.filter((source) => source.enabled)
  const off = sources.filter((source) => !source.enabled)
  return {
    title: 'Where the news comes from',
    blocks: [
      { kind: 'list', items: on.map(healthLine) },
      {
        kind: 'text',
        text:
          off.length > 0
            ? t`${strong(off.length === 1 ? '1 more source is known but off' : `${off.length} more sources are known but off`)}, because nobody has checked their feeds yet: ${someNames(off.map(({ name }) => name))}. Whoever runs this program sees them all with ${em('cme feeds list')} and switches one on with ${em('cme feeds enable')}, which reads it first.`
            : t`All known sources are on.`,
      },
    ],
    buttons: [{ label: 'Latest news', act: { do: 'news' } }],
  }
}

const NAMED = 6
const someNames = (names: readonly string[]): string =>
  names.length > NAMED + 1 ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} others` : names.join(', ')

function healthLine(source: SourceHealth): Text {
  const name = source.sample ? t`${strong(source.name)} (made-up sample items)` : t`${strong(source.name)}`
  if (source.failingSince) return t`${name}: failing since ${when(source.failingSince)}. ${source.trouble ?? ''}`
  if (!source.lastRead) return t`${name}: not read yet`
  return t`${name}: read ${when(source.lastRead)}${source.lastItem ? t`, last new item ${when(source.lastItem, 'day')}` : ', no item yet'}`
}

/** Something that is no longer there, with what to do instead. */
export const goneCard = (what: string): Card => ({
  title: 'That is no longer here',
  blocks: [{ kind: 'text', text: t`${what} Press below to go on.` }],
  buttons: [{ label: 'What can I do next?', style: 'primary', act: { do: 'home' } }],
})
