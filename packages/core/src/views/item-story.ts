import type { Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { EditLine } from '../news/edit.ts'
import type { Item } from '../news/item.ts'
import { OFF_TOPIC } from '../news/off-topic.ts'
import { SUGGESTED } from '../news/suggestion.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { changesOf, cueOf } from './item.ts'
import { changeText } from './item-edit.ts'
import { bodyName, regionName, sourceName, topicName, trackName } from './names.ts'

/** What became of an item: in how many kept digests it is, and with whom; `rule` leaves it out of every digest. */
export type ItemStory = {
  item: Item
  digests: number
  readers: readonly ReaderStory[]
  edits?: readonly EditLine[]
  rule?: string
}

/** One reader's part: the digests that had it for her, when it goes out (`pinned` only beside what is new), or the rule that leaves it out. */
export type ReaderStory = {
  whose: string
  went: readonly { at: Instant; state: string }[]
  next?: Instant
  pinned?: boolean
  rule?: string
}

/** When and where an item was seen, what gave it each label, and where it went or why not. */
export function itemStoryCard({ item, digests, readers, edits = [], rule }: ItemStory, knowledge: Knowledge): Card {
  const seen = item.links.map(({ source }) => sourceName(knowledge, source)).join(' and ') || 'a suggestion'
  const why = item.why.filter((label) => !isMoot(label, item))
  return {
    title: cut(`Why and where: ${item.title}`, 150),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'First seen', value: t`${when(item.seen)}, at ${seen}` },
          { name: 'Published', value: t`${when(item.published, 'day')}, ${saidBy(item)}` },
          ...(item.updated
            ? [{ name: 'Updated', value: t`${when(item.updated.at)}. ${changesOf(item.updated.changes, 3)}` }]
            : []),
        ],
      },
      { kind: 'heading', text: 'What gave it its labels' },
      {
        kind: 'list',
        items: why.length > 0 ? why.map((label) => labelLine(label, knowledge)) : [t`No words; by its source.`],
      },
      ...(edits.length > 0
        ? [
            { kind: 'heading' as const, text: 'What moderators changed' },
            { kind: 'list' as const, items: edits.map((line) => changeText(line, knowledge)) },
          ]
        : []),
      { kind: 'heading', text: 'Where it went' },
      {
        kind: 'list',
        items: [
          ...readers.flatMap(linesOf),
          ...(rule ? [t`${rule}`] : []),
          t`It is in ${digests === 1 ? 'one kept digest' : `${digests} kept digests`} altogether.`,
        ],
      },
    ],
    buttons: [
      { label: 'The item', act: { do: 'news.item', item: item.id } },
      { label: 'The sources', act: { do: 'sources' } },
    ],
  }
}

/** Who says when it was published. An item has the moment at which it was seen where its source had no day for it, or one to come. */
function saidBy({ published, seen, links }: Item): string {
  if (published !== seen) return 'as its source says'
  if (links.length > 0 && links.every(({ source }) => source === SUGGESTED.id))
    return 'when it was taken from a suggestion'
  return 'the day it was first seen: its source gave none, or one that was still to come'
}

/** What is off topic has its region from that topic, unless words or a source say it: no reason for anything. */
const isMoot = (why: Item['why'][number], { topic, why: all }: Item): boolean =>
  topic === OFF_TOPIC &&
  why.label === 'region' &&
  all.some(({ label, cue, where }) => label === 'topic' && cue === why.cue && where === why.where)

function labelLine(why: Item['why'][number], knowledge: Knowledge): Text {
  const names = { topic: topicName, body: bodyName, region: regionName, tracks: trackName } as const
  const value = why.label in names ? names[why.label as keyof typeof names](knowledge, why.value) : why.value
  return t`${strong(why.label === 'tracks' ? 'track' : why.label)}: ${value} (${cueOf(why)})`
}

const STATES: Record<string, string> = {
  done: 'arrived',
  waiting: 'is on its way',
  sending: 'is being sent',
  dead: 'was given up',
  expired: 'expired unsent, so it comes with the next one',
  skipped: 'was not wanted any more',
  withdrawn: 'was taken back',
}

const linesOf = ({ whose, went, next, pinned, rule }: ReaderStory): Text[] => [
  ...went.map(({ at, state }) => t`${strong(whose)}: the digest of ${when(at)} ${STATES[state] ?? state}.`),
  ...(next && pinned
    ? [t`${strong(whose)}: it is pinned, so it stands first in the digest of ${when(next)} if that has anything new.`]
    : []),
  ...(next && !pinned ? [t`${strong(whose)}: it comes with the digest of ${when(next)}.`] : []),
  ...(rule ? [t`${strong(whose)}: ${rule}`] : []),
]
