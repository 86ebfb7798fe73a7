import type { Block } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Change, Item, Why } from '../news/item.ts'
import { hostOf } from '../news/link.ts'
import { cut, em, join, link, type Span, strong, type Text, t, when } from '../text.ts'
import { bodyLetters, sourceName, topicName, trackName } from './names.ts'

/** What moderators wrote, or the first whole sentences of an item's own text, at most three in 260 characters; nothing when it only repeats the title. */
export function summary(item: Pick<Item, 'title' | 'text' | 'summary'>): string {
  if (item.summary) return item.summary
  const sentences = [
    ...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
      item.text.slice(0, 1500).replace(/\s+/g, ' ').trim(),
    ),
  ]
  const told = sentences
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence && !item.title.startsWith(sentence.replace(/[.…]+$/, '')))
  const fits = [3, 2].map((count) => told.slice(0, count).join(' ')).find((text) => text.length <= 260)
  return cut(fits ?? told[0] ?? '', 260)
}

/**
 * Title, what it asks for, source and day, its first sentences and the reason it is here. `keep` is its place in a digest; elsewhere,
 * where nobody chose by tracks, they are named as well.
 */
export function itemBlock(item: Item, knowledge: Knowledge, keep?: number): Block {
  const told = summary(item)
  const spans: Span[] = [item.link ? link(item.title, item.link) : strong(item.title), '\n', ...metaOf(item, knowledge)]
  if (keep === undefined && item.tracks.length > 0) spans.push(` · for ${listOf(item, knowledge)}`)
  if (item.updated?.told) spans.push('\n', ...changesOf(item.updated.changes, 2))
  else if (told) spans.push(`\n${told}`)
  spans.push('\n', em(reasonOf(item, knowledge)))
  return { kind: 'text', text: spans, keep }
}

/** Where an item is from and when; what it asks for comes first. A made-up item says so in the place of its source. */
export function metaOf(item: Item, knowledge: Knowledge): Text {
  const sources = item.links.map(({ source }) => source).filter((id) => !isSample(knowledge, id))
  const from = [...new Set(sources.map((id) => sourceName(knowledge, id)))].join(' and ')
  const spans: Span[] = []
  if (item.pinned) spans.push(strong('Pinned'), ' · ')
  if (item.sample) spans.push(strong('Sample'), ' · ')
  if (item.actionRequired) spans.push(strong(item.actionDate ? askedBy(item) : 'Needs action'), ' · ')
  if (from || !item.sample) spans.push(from || (item.link ? hostOf(item.link) : 'unknown source'), ' · ')
  spans.push(when(item.published, 'day'))
  if (item.updated) spans.push(' · updated ', when(item.updated.at, 'day'))
  if (item.edited) spans.push(' · edited by the moderators')
  return spans
}

/** What was changed, in one line: the first places in full, the others counted. */
export function changesOf(changes: readonly Change[], most: number): Text {
  if (changes.length === 0) return t`${strong('Changed')}: further down in its text`
  const shown = changes.slice(0, most).map(inWords)
  const more = changes.length - shown.length
  return [strong('Changed'), ': ', ...join(shown, '; '), ...(more > 0 ? [`; and ${more} more`] : [])]
}

const inWords = ({ was, now }: Change): Text =>
  was && now ? t`“${was}” became “${now}”` : was ? t`“${was}” is gone` : t`“${now}” is new`

const listOf = ({ tracks }: Item, knowledge: Knowledge): string =>
  tracks.map((track) => trackName(knowledge, track)).join(', ')

const isSample = ({ sources }: Knowledge, id: string): boolean => sources.find((one) => one.id === id)?.sample === true

const BEFORE = { due: 'By', comments: 'Comment by', from: 'From', after: 'After' } as const

/** What an item's day is to its reader, such as `By 15 March 2027` or `From 22 December 2026`; empty without a day. */
export function askedBy({ actionDate, why }: Pick<Item, 'actionDate' | 'why'>): string {
  if (!actionDate) return ''
  const sense = why.find(({ label }) => label === 'date')?.sense ?? 'due'
  return `${BEFORE[sense]} ${dayInWords(actionDate)}`
}

/** Why an item is here, in one line: its topic with the cue that decided, and its body. */
export function reasonOf(item: Item, knowledge: Knowledge): string {
  const topic = item.why.find((why) => why.label === 'topic')
  const reason = `Topic: ${topicName(knowledge, item.topic)}${topic ? ` (${cueOf(topic)})` : ''}`
  return item.body ? `${reason}. Body: ${bodyLetters(knowledge, item.body)}` : reason
}

/** The cue of a label in words: `“call for comment” in the title`. */
export const cueOf = (why: Why): string =>
  why.where === 'source'
    ? 'by its source'
    : why.where === 'moderator'
      ? 'by a moderator'
      : `“${cut(why.cue, 60)}” in the ${why.where}`

const DAY_IN_WORDS = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `15 March 2027` for `2027-03-15`. */
export const dayInWords = (day: string): string => DAY_IN_WORDS.format(new Date(`${day}T12:00:00Z`))
