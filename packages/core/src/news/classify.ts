import type { Body, Knowledge, Sign, Source } from '../knowledge/knowledge.ts'
import type { Day } from '../time.ts'
import { type Ask, asks } from './asks.ts'
import { add, find, type Phrases, phrases } from './cues.ts'
import type { Labels, Why } from './item.ts'
import { type Token, tokens } from './tokens.ts'

/** What a phrase of the content is for. `id` is the topic, region, track or body it speaks for. */
type Role = 'topic' | 'not' | 'field' | 'off' | 'ignore' | 'region' | 'track' | 'body' | 'not-body' | 'action'
type Meaning = { role: Role; id: string; says: string; weight: number; sign: Sign }

/** The content's words, compiled once; `classify` walks a text through them. */
export type Classifier = {
  knowledge: Knowledge
  phrases: Phrases
  meanings: readonly Meaning[][]
  topics: ReadonlyMap<string, Knowledge['topics'][number]>
  bodies: ReadonlyMap<string, Body>
}

/** One piece of news as it comes: plain text, and the source it came from when that is known. */
export type Piece = { title: string; text?: string; categories?: readonly string[]; source?: Source }

type Hit = Meaning & { from: number; to: number; where: 'title' | 'text' }
const isPair = (says: string) => says.includes(' + ')
const OFF = 'off-topic'
const PROOF: Record<Sign, number> = { sure: 3, likely: 2, maybe: 1, none: 0 }
/** A word in the title counts this much; one in the text 1. */
const TITLE = 3

export function compile(knowledge: Knowledge): Classifier {
  const all = phrases()
  const meanings: Meaning[][] = []
  const known = new Map<string, number>()
  const say = (role: Role, id: string, says: string, weight = 1, sign: Sign = 'none', exact = false) => {
    const key = `${exact}${says}`
    const phrase = known.get(key) ?? add(all, says, exact)
    known.set(key, phrase)
    const list = meanings[phrase] ?? []
    meanings[phrase] = list
    list.push({ role, id, says, weight, sign })
  }
  for (const topic of knowledge.topics) {
    for (const cue of topic.cues)
      say('topic', topic.id, cue.says, cue.weight, cue.sign ?? (isPair(cue.says) ? 'none' : 'maybe'))
    for (const words of topic.not ?? []) say('not', topic.id, words, 2)
  }
  for (const body of knowledge.bodies) {
    for (const name of body.names) say('body', body.id, name, 2, body.sign ?? 'maybe', true)
    for (const words of body.not ?? []) say('not-body', body.id, words)
  }
  for (const region of knowledge.regions) for (const words of region.cues) say('region', region.id, words)
  for (const track of knowledge.tracks) for (const words of track.cues ?? []) say('track', track.id, words)
  const { signals } = knowledge
  for (const cue of signals.field)
    say('field', '', cue.says, cue.weight, cue.sign ?? (isPair(cue.says) ? 'none' : 'maybe'))
  for (const cue of signals.offTopic) say('off', OFF, cue.says, cue.weight)
  for (const cue of signals.action) say('action', '', cue.says, cue.weight)
  for (const words of signals.ignore) say('ignore', '', words)
  return {
    knowledge,
    phrases: all,
    meanings,
    topics: new Map(knowledge.topics.map((topic) => [topic.id, topic])),
    bodies: new Map(knowledge.bodies.map((body) => [body.id, body])),
  }
}

/**
 * What a piece of news is about, whom it concerns and whether it asks for something, with the cue that decided each label.
 * `today` is the day it was published: dates without a year are read from there on.
 */
export function classify(classifier: Classifier, piece: Piece, today: Day): Labels {
  const { source } = piece
  const text = [piece.text ?? '', ...(piece.categories ?? [])].join('\n')
  const title = tokens(piece.title, 60)
  const rest = tokens(text, 300)
  const hits = [...hitsIn(classifier, title, 'title'), ...hitsIn(classifier, rest, 'text')]
  const bodies = bodiesIn(classifier, hits)
  const off = offTopic(hits, bodies, source)
  const topic = off ?? topicOf(classifier, hits, bodies, source)
  const region = regionOf(classifier, hits, bodies, source, topic.value)
  const labels: Labels = { topic: topic.value, region: region.value, tracks: [], actionRequired: false, why: [topic] }
  const why: Why[] = [topic]
  const body = bodies[0]
  if (body && !off) {
    labels.body = body.id
    why.push({ label: 'body', value: body.id, cue: body.says, where: body.where })
  } else if (source?.body && !off) {
    labels.body = source.body
    why.push({ label: 'body', value: source.body, cue: source.name, where: 'source' })
  }
  why.push(region)
  if (off) return { ...labels, why }
  const tracks = tracksOf(classifier, hits, topic.value)
  const asked: Ask = asks(actionHits(hits, title, rest), { title: piece.title, text }, today)
  return { ...labels, tracks: tracks.map((t) => t.value), ...asked.labels, why: [...why, ...tracks, ...asked.why] }
}

const actionHits = (hits: readonly Hit[], title: readonly Token[], rest: readonly Token[]) =>
  hits
    .filter((hit) => hit.role === 'action')
    .map((hit) => {
      const words = hit.where === 'title' ? title : rest
      return { says: hit.says, weight: hit.weight, where: hit.where, at: words[hit.from]!.at, end: words[hit.to]!.end }
    })

/** Every meaning found, without those that stand inside a longer phrase that means something else. */
function hitsIn({ phrases, meanings }: Classifier, words: readonly Token[], where: 'title' | 'text'): Hit[] {
  const hits: Hit[] = []
  for (const { phrase, from, to } of find(phrases, words))
    for (const meaning of meanings[phrase] ?? []) hits.push({ ...meaning, from, to, where })
  const masks = hits.filter((hit) => isMask(hit) && !isPair(hit.says))
  if (masks.length === 0) return hits
  return hits.filter((hit) => !masks.some((mask) => masked(hit, mask)))
}

const isMask = ({ role }: Hit) =>
  role === 'off' || role === 'ignore' || role === 'not' || role === 'topic' || role === 'body'

function masked(hit: Hit, mask: Hit): boolean {
  if (mask.from > hit.from || mask.to < hit.to || mask.to - mask.from <= hit.to - hit.from) return false
  if (mask.role === 'ignore') return true
  if (mask.role === 'off') return hit.role !== 'region'
  if (mask.role === 'not') return hit.role === 'topic' && hit.id === mask.id
  if (mask.role === 'body') return hit.role === 'off' || (hit.role === 'topic' && hit.weight < 4)
  return hit.role === 'topic' || hit.role === 'off'
}

/** The bodies named, the surest first. A name beside the words of its other sense is no body. */
function bodiesIn({ bodies }: Classifier, hits: readonly Hit[]): Hit[] {
  const denied = new Set(hits.filter((hit) => hit.role === 'not-body').map((hit) => hit.id))
  const longest = (a: Hit) => a.to - a.from
  return hits
    .filter((hit) => hit.role === 'body' && !denied.has(hit.id) && bodies.has(hit.id))
    .filter((hit, _, all) => !all.some((other) => other !== hit && masked({ ...hit, role: 'off' }, other)))
    .sort((a, b) => rank(b) - rank(a) || a.from - b.from || longest(b) - longest(a))
}
const rank = (hit: Hit) => (hit.where === 'title' ? 10 : 0) + PROOF[hit.sign]

/** Undefined when the item belongs to the field. A word in the title counts twice for and against; each word counts once. */
function offTopic(hits: readonly Hit[], bodies: readonly Hit[], source?: Source): Why | undefined {
  const against = strongest(hits.filter((hit) => hit.role === 'off'))
  const signs = [
    ...hits.filter((hit) => (hit.role === 'topic' || hit.role === 'field') && hit.sign !== 'none'),
    ...bodies,
  ]
  let proof = apart(signs).reduce((sum, hit) => sum + PROOF[hit.sign] * (hit.where === 'title' ? 2 : 1), 0)
  if (source && !source.mixed) proof += source.topic ? 3 : source.body ? 2 : 0
  const denial = against.reduce((sum, hit) => sum + hit.weight * (hit.where === 'title' ? 2 : 1), 0)
  if (proof >= 3 && denial < proof) return
  const first = against[0]
  if (first) return { label: 'topic', value: OFF, cue: first.says, where: first.where }
  return { label: 'topic', value: OFF, cue: 'no word of this field', where: 'title' }
}

/** Hits that do not share words, the surest kept, each phrase once. */
function apart(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  const order = [...hits].sort((a, b) => rank(b) - rank(a) || b.to - b.from - (a.to - a.from))
  for (const hit of order) {
    const same = (k: Hit) =>
      k.says === hit.says ||
      (k.where === hit.where && !isPair(k.says) && !isPair(hit.says) && k.from <= hit.to && hit.from <= k.to)
    if (!kept.some(same)) kept.push(hit)
  }
  return kept
}

/** Each phrase once, where it counts most; the weightiest first. */
function strongest(hits: readonly Hit[]): Hit[] {
  const best = new Map<string, Hit>()
  for (const hit of hits) {
    const key = `${hit.id} ${hit.says}`
    if (!best.has(key) || (best.get(key)!.where === 'text' && hit.where === 'title')) best.set(key, hit)
  }
  return [...best.values()].sort((a, b) => worth(b) - worth(a))
}
const worth = (hit: Hit) => hit.weight * (hit.where === 'title' ? TITLE : 1)

function topicOf(
  { knowledge, topics, bodies: known }: Classifier,
  hits: readonly Hit[],
  bodies: readonly Hit[],
  source?: Source,
): Why {
  const scores = new Map<string, number>()
  const give = (id: string, points: number) => scores.set(id, (scores.get(id) ?? 0) + points)
  const cues = strongest(hits.filter((hit) => hit.role === 'topic'))
  const inText = new Map<string, number>()
  for (const hit of cues) {
    if (hit.where === 'title') give(hit.id, worth(hit))
    else inText.set(hit.id, Math.min(12, (inText.get(hit.id) ?? 0) + hit.weight))
  }
  for (const [id, points] of inText) give(id, points)
  for (const hit of strongest(hits.filter((hit) => hit.role === 'not'))) give(hit.id, -worth(hit))
  const lean = bodies.find((hit) => known.get(hit.id)?.topic)
  const leaning = lean && known.get(lean.id)?.topic
  if (leaning) give(leaning, lean.where === 'title' ? 4 : 1)
  if (source?.topic) give(source.topic, 2)
  let best = ''
  for (const [id, points] of scores)
    if (points > 0 && (!best || points > scores.get(best)! || (points === scores.get(best) && order(id) < order(best))))
      best = id
  function order(id: string) {
    return topics.get(id)?.order ?? 99
  }
  const cue = cues.find((hit) => hit.id === best)
  if (cue) return { label: 'topic', value: best, cue: cue.says, where: cue.where }
  if (best && lean && best === leaning) return { label: 'topic', value: best, cue: lean.says, where: lean.where }
  if (best && source) return { label: 'topic', value: best, cue: source.name, where: 'source' }
  return { label: 'topic', value: knowledge.signals.otherwise, cue: 'no cue of a topic', where: 'title' }
}

function regionOf(
  classifier: Classifier,
  hits: readonly Hit[],
  bodies: readonly Hit[],
  source: Source | undefined,
  topic: string,
): Why {
  const scores = new Map<string, { points: number; cue: string; where: Why['where'] }>()
  const give = (id: string | undefined, points: number, cue: string, where: Why['where']) => {
    if (!id) return
    const so = scores.get(id)
    scores.set(id, so ? { ...so, points: so.points + points } : { points, cue, where })
  }
  const regionOfTopic = classifier.topics.get(topic)?.region
  for (const hit of strongest(hits.filter((hit) => hit.role === 'region')))
    give(hit.id, worth(hit) * 2, hit.says, hit.where)
  if (topic !== OFF)
    for (const hit of strongest(bodies)) give(classifier.bodies.get(hit.id)?.region, worth(hit), hit.says, hit.where)
  if (source) give(source.region ?? classifier.bodies.get(source.body ?? '')?.region, 1.5, source.name, 'source')
  give(regionOfTopic, 1, topic, 'title')
  const [best] = [...scores].sort((a, b) => b[1].points - a[1].points)
  if (!best) return { label: 'region', value: 'intl', cue: 'no cue of a region', where: 'title' }
  return { label: 'region', value: best[0], cue: best[1].cue, where: best[1].where }
}

function tracksOf({ knowledge, topics }: Classifier, hits: readonly Hit[], topic: string): Why[] {
  const tracks = new Map<string, Why>()
  for (const id of topics.get(topic)?.tracks ?? [])
    tracks.set(id, { label: 'tracks', value: id, cue: topic, where: 'title' })
  for (const hit of hits)
    if (hit.role === 'track' && hit.where === 'title' && !tracks.has(hit.id))
      tracks.set(hit.id, { label: 'tracks', value: hit.id, cue: hit.says, where: 'title' })
  return knowledge.tracks.flatMap((track) => tracks.get(track.id) ?? [])
}
