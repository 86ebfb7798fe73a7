import type { Block } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Item, Why } from '../news/item.ts'
import { hostOf } from '../news/link.ts'
import { cut, em, link, type Span, strong, type Text, when } from '../text.ts'
import { bodyName, sourceName, topicName, trackName } from './names.ts'

/** One or two sentences of an item's own text, at most 260 characters; nothing when it only repeats the title. */
export function summary(item: Pick<Item, 'title' | 'text'>): string {
  const sentences = [
    ...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
      item.text.slice(0, 1500).replace(/\s+/g, ' ').trim(),
    ),
  ]
  const told = sentences
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence && !item.title.startsWith(sentence.replace(/[.…]+$/, '')))
  const two = told.slice(0, 2).join(' ')
  return cut(two.length <= 260 ? two : (told[0] ?? ''), 260)
}

/** Title, source and day, one or two sentences, its track labels and the reason it is here. */
export function itemBlock(item: Item, knowledge: Knowledge, keep?: number): Block {
  const told = summary(item)
  const spans: Span[] = [item.link ? link(item.title, item.link) : strong(item.title), '\n', ...metaOf(item, knowledge)]
  if (told) spans.push(`\n${told}`)
  spans.push('\n', em(reasonOf(item, knowledge)))
  return { kind: 'text', text: spans, keep }
}

/** Where an item is from and when; what it asks for comes first. */
export function metaOf(item: Item, knowledge: Knowledge): Text {
  const from = [...new Set(item.links.map(({ source }) => sourceName(knowledge, source)))].join(' and ')
  const spans: Span[] = []
  if (item.sample) spans.push(strong('Sample'), ' · ')
  if (item.actionRequired)
    spans.push(strong(item.actionDate ? `By ${dayInWords(item.actionDate)}` : 'Needs action'), ' · ')
  spans.push(from || (item.link ? hostOf(item.link) : 'unknown source'), ' · ', when(item.published, 'day'))
  if (item.tracks.length > 0) spans.push(` · for ${item.tracks.map((track) => trackName(knowledge, track)).join(', ')}`)
  return spans
}

/** Why an item is here, in one line: its topic with the cue that decided, and its body. */
export function reasonOf(item: Item, knowledge: Knowledge): string {
  const topic = item.why.find((why) => why.label === 'topic')
  const reason = `Topic: ${topicName(knowledge, item.topic)}${topic ? ` (${cueOf(topic)})` : ''}`
  return item.body ? `${reason}. Body: ${bodyName(knowledge, item.body)}` : reason
}

/** The cue of a label in words: `“call for comment” in the title`. */
export const cueOf = (why: Why): string =>
  why.where === 'source' ? 'by its source' : `“${cut(why.cue, 60)}” in the ${why.where}`

/** `15 March 2027` for `2027-03-15`. */
export const dayInWords = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
