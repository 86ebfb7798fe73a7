import type { Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { changedFields, type EditLine, type ItemEdit, listed } from '../news/edit.ts'
import type { Item } from '../news/item.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import { HOUR, type Instant, plus } from '../time.ts'
import { askedBy, dayInWords, metaOf } from './item.ts'
import { bodyName, regionName, sourceName, topicName, trackName } from './names.ts'

/** Something that stands under an item: another item that moderators merged into it, or the link of a source that it was found at, too. */
export type EditPart = { off: string; title: string; merged: boolean }

/** An item on the moderators' desk: as their community has it (`item`), as its source does (`source`), and what was done to it last. */
export type EditDesk = {
  item: Item
  source: Item
  edit: ItemEdit
  parts: readonly EditPart[]
  into?: { id: string; title: string }
  last?: EditLine
}

const both = (now: string, was: string): Text => (now === was ? t`${now}` : t`${strong(now)} (by its source: ${was})`)
const tracksOf = (item: Item, knowledge: Knowledge): string =>
  item.tracks.map((track) => trackName(knowledge, track)).join(', ') || 'none'
const actionOf = (item: Item): string => (item.actionRequired ? askedBy(item) || 'Needs action' : 'none')

/** One item with what its source says and what the moderators of a community made of it, and everything that they can do. */
export function editCard(desk: EditDesk, knowledge: Knowledge, said?: Text): Card {
  const { item, source, edit, into, last } = desk
  const body = (one: Item) => (one.body ? bodyName(knowledge, one.body) : 'none')
  return {
    title: cut(`Edit: ${item.title}`, 150),
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: said }] : []),
      { kind: 'text', text: metaOf(item, knowledge) },
      ...(edit.hidden === 1 ? [state('Hidden here: no digest, search or list of this community has it.')] : []),
      ...(into ? [state(`Shown here as the same story as “${cut(into.title, 100)}”.`)] : []),
      ...(edit.summary ? [{ kind: 'quote' as const, text: t`${edit.summary}`, by: 'the moderators' }] : []),
      {
        kind: 'facts',
        facts: [
          { name: 'Item', value: t`${item.id}` },
          ...(edit.title ? [{ name: 'Title by its source', value: t`${cut(source.title, 200)}` }] : []),
          { name: 'Topic', value: both(topicName(knowledge, item.topic), topicName(knowledge, source.topic)) },
          { name: 'Body', value: both(body(item), body(source)) },
          { name: 'Region', value: both(regionName(knowledge, item.region), regionName(knowledge, source.region)) },
          { name: 'Tracks', value: both(tracksOf(item, knowledge), tracksOf(source, knowledge)) },
          { name: 'Action', value: both(actionOf(item), actionOf(source)) },
          ...(item.pinned ? [{ name: 'Pinned', value: t`until ${lastDay(item.pinned)}` }] : []),
          ...(last ? [{ name: 'Last change', value: changeText(last, knowledge) }] : []),
        ],
      },
      {
        kind: 'text',
        text: t`What you change holds for this community; others, and the feeds out, have it as its source does.`,
      },
    ],
    buttons: deskButtons(desk),
  }
}

const state = (said: string) => ({ kind: 'text' as const, text: t`${strong(said)}` })

function deskButtons({ item: { id: item, pinned }, edit, parts, last }: EditDesk): Button[] {
  const act = (label: string, act: Extract<Button, { act: unknown }>['act']): Button => ({ label, act })
  return [
    act('Labels', { do: 'item.relabel', item }),
    act('Title and summary', { do: 'item.summary', item }),
    pinned ? act('Unpin', { do: 'item.unpin', item }) : act('Pin', { do: 'item.pin', item }),
    edit.hidden === 1
      ? act('Show again', { do: 'item.show', item })
      : { label: 'Hide', style: 'danger', act: { do: 'item.hide', item } },
    ...(edit.shown_in
      ? [act('Show by itself again', { do: 'item.split', item })]
      : [act('Same story as…', { do: 'item.merge', item })]),
    ...(parts.length > 0 ? [act('Split', { do: 'item.split', item })] : []),
    ...(last ? [act('Undo the last change', { do: 'item.undo', change: last.id })] : []),
    ...(last && !last.why ? [act('Say why', { do: 'item.why', change: last.id })] : []),
    ...(last ? [act('History', { do: 'item.history', item })] : []),
    act('The item', { do: 'news.item', item }),
  ]
}

const DONE: Record<EditLine['what'], string> = {
  relabel: 'changed labels',
  summary: 'changed words',
  pin: 'pinned it',
  unpin: 'unpinned it',
  hide: 'hid it',
  show: 'showed it again',
  merge: 'merged it',
  split: 'split it',
  undo: 'undid a change',
}

/** One change in a line: when, who, what became what, and why. */
export function changeText(line: EditLine, knowledge: Knowledge): Text {
  const changes = changedFields(line).flatMap((field) => fieldText(field, line, knowledge))
  const what = changes.length > 0 ? `: ${changes.join('; ')}` : ''
  const why = line.why ? ` (why: ${cut(line.why, 300)})` : ''
  return t`${when(line.at)}, ${strong(cut(line.by, 60))} ${DONE[line.what]}${cut(what, 400)}${why}`
}

/** What a change made of one thing, and what it was where moderators had said so before; what the verb says already is left out. */
function fieldText(field: keyof ItemEdit, { before, after }: EditLine, knowledge: Knowledge): string[] {
  if (field === 'hidden') return []
  const [was, now] = [valueText(field, before, knowledge), valueText(field, after, knowledge)]
  if (field === 'pinned_until') return now ? [now] : []
  if (field === 'shown_in') return now ? [`under ${now}`] : [`no longer under ${was}`]
  const name = FIELD_NAMES[field]
  if (now === undefined) return [`${name} as its source has it again`]
  return [was === undefined ? `${name} ${now}` : `${name} ${was} → ${now}`]
}

/** Half a day: what ends at midnight somewhere ended on the day before. */
const HALF_A_DAY = 12 * HOUR
const lastDay = (until: Instant): string => dayInWords(plus(until, -HALF_A_DAY).slice(0, 10))

/** A value in words; nothing where the source decides. */
function valueText(field: keyof ItemEdit, edit: ItemEdit, knowledge: Knowledge): string | undefined {
  const value = edit[field]
  if (value === null) return undefined
  const names = (all: readonly string[]): string => all.join(', ') || 'none'
  const said = String(value)
  switch (field) {
    case 'topic':
      return topicName(knowledge, said)
    case 'body':
      return said ? bodyName(knowledge, said) : 'none'
    case 'region':
      return regionName(knowledge, said)
    case 'tracks':
      return names(listed(said).map((one) => trackName(knowledge, one)))
    case 'action':
      return value === 1 ? 'needed' : 'none'
    case 'action_date':
      return said ? dayInWords(said) : 'no day'
    case 'pinned_until':
      return `until ${lastDay(said)}`
    case 'split_off':
      return names(listed(said).map((one) => sourceName(knowledge, one.slice(0, one.indexOf('=')))))
    case 'shown_in':
      return said
    default:
      return `“${cut(said, 80)}”`
  }
}

const FIELD_NAMES: Record<Exclude<keyof ItemEdit, 'hidden' | 'pinned_until' | 'shown_in'>, string> = {
  title: 'title',
  summary: 'summary',
  topic: 'topic',
  body: 'body',
  region: 'region',
  tracks: 'tracks',
  action: 'action',
  action_date: 'by',
  split_off: 'split off',
}

/** Lines of history on one card. */
export const HISTORY_ON_CARD = 8

/** Who changed what about an item, or about all items of a community, the latest first, each to be undone by one press. */
export function itemHistoryCard(
  lines: readonly EditLine[],
  knowledge: Knowledge,
  { item, next }: { item?: { id: string; title: string }; next?: number },
): Card {
  const about = (line: EditLine): Text => (item ? t`` : t`${strong(cut(line.title ?? line.item, 80))}: `)
  return {
    title: item ? cut(`What was changed: ${item.title}`, 150) : 'What moderators changed in the news',
    blocks:
      lines.length > 0
        ? [{ kind: 'list', ordered: true, items: lines.map((line) => t`${about(line)}${changeText(line, knowledge)}`) }]
        : [
            {
              kind: 'text',
              text: t`Nothing was changed here${item ? '' : ' yet. An item’s card has a button for that'}.`,
            },
          ],
    buttons: [
      ...lines
        .map((line, i): Button => ({ label: `Undo ${i + 1}`, act: { do: 'item.undo', change: line.id } }))
        .slice(0, HISTORY_ON_CARD),
      ...(next === undefined
        ? []
        : [{ label: 'Older', act: { do: 'item.history' as const, ...(item ? { item: item.id } : {}), before: next } }]),
      item
        ? { label: 'Edit the item', style: 'primary', act: { do: 'item.edit', item: item.id } }
        : { label: 'Latest news', style: 'primary', act: { do: 'news' } },
    ],
  }
}

/** Items that may be the same story as one. */
export const mergeCard = (
  { id, title }: { id: string; title: string },
  alike: readonly { id: string; title: string; at: string }[],
): Card => ({
  title: cut(`Same story as: ${title}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`Under which item shall it be shown here? That one gets its link as well; this one is not shown by itself any more.`,
    },
    alike.length > 0
      ? {
          kind: 'list',
          ordered: true,
          items: alike.map((one) => t`${strong(cut(one.title, 120))}, ${when(one.at, 'day')}`),
        }
      : { kind: 'text', text: t`Nothing near it reads alike.` },
  ],
  buttons: [
    ...alike.map(
      (one, i): Button => ({
        label: `${i + 1}. ${cut(one.title, 50)}`,
        act: { do: 'item.merge', item: id, into: one.id },
      }),
    ),
    { label: 'Another one', act: { do: 'item.merge', item: id, into: 'other' } },
    { label: 'Leave it as it is', act: { do: 'item.edit', item: id } },
  ],
})

/** What stands under one item, each to be shown by itself. */
export const splitCard = ({ id, title }: { id: string; title: string }, parts: readonly EditPart[]): Card => ({
  title: cut(`Split: ${title}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`Which one is another story? What was found at another source becomes an item of this community with the same title, for you to edit, and comes with the next digests.`,
    },
    {
      kind: 'list',
      ordered: true,
      items: parts.map(
        (part) =>
          t`${cut(part.title, 120)}${part.merged ? ' (merged by moderators)' : ' (found to be the same by its title or address)'}`,
      ),
    },
  ],
  buttons: [
    ...parts.slice(0, 8).map(
      (part, i): Button => ({
        label: `${i + 1}. ${cut(part.title, 50)}`,
        act: { do: 'item.split', item: id, off: part.off },
      }),
    ),
    { label: 'Leave it as it is', act: { do: 'item.edit', item: id } },
  ],
})
