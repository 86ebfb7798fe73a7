import type { Knowledge, Sign, Source } from '../knowledge/knowledge.ts'
import type { Day } from '../time.ts'
import { asks } from './asks.ts'
import { add, type Phrases, phrases } from './cues.ts'
import { type Hit, hitsIn, isPair, type Line, type Meaning, ofRole, quote, type Role, surer } from './hits.ts'
import type { DateSense, Labels, ReadDay, Why } from './item.ts'
import { offTopic } from './off-topic.ts'
import { tokens } from './tokens.ts'
import { type Names, regionOf, topicOf, tracksOf } from './topic-of.ts'

/** The content's words, compiled once; `classify` walks a text through them. */
export type Classifier = Names & {
  phrases: Phrases
  meanings: readonly Meaning[][]
  /** What a day beside an action cue is, where it is no deadline. */
  senses: ReadonlyMap<string, DateSense>
}

/** One piece of news as it comes: plain text, and the source it came from when that is known. */
export type Piece = { title: string; text?: string; categories?: readonly string[]; source?: Source }

/** How many words and characters are read: the head of an article says what it is about. */
const WORDS = { title: 60, text: 250 }
const CHARACTERS = { title: 600, text: 4000 }

/** Compiles the cues of all content into one tree. Do it once a process, not once an item. */
export function compile(knowledge: Knowledge): Classifier {
  const all = phrases()
  const meanings: Meaning[][] = []
  const known = new Map<string, number>()
  const say = (role: Role, id: string, says: string, weight = 1, sign?: Sign, exact = false) => {
    const key = `${exact}${says}`
    const phrase = known.get(key) ?? add(all, says, exact)
    known.set(key, phrase)
    meanings[phrase] = [
      ...(meanings[phrase] ?? []),
      { role, id, says, pair: isPair(says), weight, sign: sign ?? (isPair(says) ? 'none' : 'maybe') },
    ]
  }
  const { topics, bodies, regions, tracks, signals } = knowledge
  for (const topic of topics) {
    for (const cue of topic.cues) say('topic', topic.id, cue.says, cue.weight, cue.sign)
    for (const words of topic.not ?? []) say('not', topic.id, words, 2)
  }
  for (const body of bodies) {
    for (const name of body.names) say('body', body.id, name, 2, body.sign, true)
    for (const words of body.not ?? []) say('not-body', body.id, words)
  }
  for (const region of regions) for (const words of region.cues) say('region', region.id, words)
  for (const track of tracks) for (const words of track.cues ?? []) say('track', track.id, words)
  for (const cue of signals.field) say('field', '', cue.says, cue.weight, cue.sign)
  for (const cue of signals.offTopic) say('off', '', cue.says, cue.weight)
  for (const cue of signals.action) say('action', '', cue.says, cue.weight)
  for (const words of signals.explains ?? []) say('explains', '', words)
  for (const words of signals.over ?? []) say('over', '', words)
  for (const words of signals.ignore) say('ignore', '', words)
  const byId = <T extends { id: string }>(list: readonly T[]) => new Map(list.map((one) => [one.id, one]))
  const senses = new Map<string, DateSense>()
  for (const says of signals.comments ?? []) senses.set(says, 'comments')
  for (const says of signals.after ?? []) senses.set(says, 'after')
  for (const says of signals.starts ?? []) senses.set(says, 'from')
  return {
    knowledge,
    phrases: all,
    meanings,
    senses,
    topics: byId(topics),
    bodies: byId(bodies),
    regions: byId(regions),
  }
}

/**
 * What a piece of news is about, whom it concerns and whether it asks for something, with the cue that decided each label.
 * `today` is the day it was published: dates without a year are read from there on.
 */
export function classify(classifier: Classifier, piece: Piece, today: Day): Labels & { days?: readonly ReadDay[] } {
  const { source } = piece
  const title = lineOf('title', piece.title)
  const text = lineOf('text', [piece.text ?? '', ...(piece.categories ?? [])].join('\n'))
  const hits = [title, text].flatMap((line) => hitsIn(classifier.phrases, classifier.meanings, line))
  const bodies = bodiesIn(hits)
  const off = offTopic(hits, bodies, source)
  const topic = off ?? topicOf(classifier, hits, bodies, source)
  const region = regionOf(classifier, hits, bodies, source, topic)
  if (off) return { topic: topic.value, region: region.value, tracks: [], actionRequired: false, why: [topic, region] }
  const body = bodyOf(bodies, source)
  const tracks = tracksOf(classifier, hits, topic)
  const ask = asks(actions(hits, classifier.senses), { title: title.text, text: text.text }, today)
  return {
    topic: topic.value,
    ...(body ? { body: body.value } : {}),
    region: region.value,
    tracks: tracks.map((track) => track.value),
    ...ask.labels,
    ...(ask.days ? { days: ask.days } : {}),
    why: [topic, ...(body ? [body] : []), region, ...tracks, ...ask.why],
  }
}

function lineOf(where: Line['where'], whole: string): Line {
  const text = whole.slice(0, CHARACTERS[where])
  return { where, text, words: tokens(text, WORDS[where]) }
}

/** The bodies named, the surest first. A name beside the words of its other sense is no body. */
function bodiesIn(hits: readonly Hit[]): Hit[] {
  const denied = new Set(ofRole(hits, 'not-body').map((hit) => hit.id))
  return ofRole(hits, 'body')
    .filter((hit) => !denied.has(hit.id))
    .sort(surer)
}

function bodyOf([named]: readonly Hit[], source?: Source): Why | undefined {
  if (named) return { label: 'body', value: named.id, cue: quote(named), where: named.where }
  return source?.body ? { label: 'body', value: source.body, cue: source.name, where: 'source' } : undefined
}

function actions(hits: readonly Hit[], senses: Classifier['senses']) {
  const over = hits.some((hit) => hit.role === 'over' && hit.where === 'title')
  const explains = ofRole(hits, 'explains').filter((hit) => hit.where === 'title')
  const explained = (hit: Hit) => hit.weight < 3 && explains.some((word) => sameClause(word, hit))
  return ofRole(hits, 'action').map((hit) => {
    const { words } = hit.line
    const tells = hit.where === 'title' && (over || explained(hit))
    const place = { at: words[hit.from]!.at, end: words[hit.to]!.end }
    const sense = senses.get(hit.says) ?? 'due'
    return { cue: quote(hit), weight: hit.weight, sense, tells, where: hit.where, ...place }
  })
}

/** Whether the first hit stands before the second and no clause ends between them. */
const sameClause = (first: Hit, second: Hit): boolean =>
  first.to < second.from && !first.line.words.slice(first.to + 1, second.from + 1).some((word) => word.breaks)
