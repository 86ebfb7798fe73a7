import type { Body, Knowledge, Region, Source, Topic } from '../knowledge/knowledge.ts'
import { type Hit, ofRole, quote, strongest, worth } from './hits.ts'
import type { Why } from './item.ts'
import { OFF_TOPIC } from './off-topic.ts'

/** The content by id, as the labels need it. */
export type Names = {
  knowledge: Knowledge
  topics: ReadonlyMap<string, Topic>
  bodies: ReadonlyMap<string, Body>
  regions: ReadonlyMap<string, Region>
}

/** How far a body named in the title, a region and a source pull towards their own topic when the words say little. */
const LEAN = { body: 4, region: 8, source: 2 }
/** All words of a text together weigh no more for a topic than four strong ones in a title would. */
const MOST_FROM_TEXT = 12

/** The topic with the weightiest cues; on a tie the one that stands first in a digest. */
export function topicOf(names: Names, hits: readonly Hit[], bodies: readonly Hit[], source?: Source): Why {
  const scores = new Map<string, number>()
  const give = (id: string, points: number) => scores.set(id, (scores.get(id) ?? 0) + points)
  const cues = strongest(ofRole(hits, 'topic'))
  const fromText = new Map<string, number>()
  for (const hit of cues) {
    if (hit.where === 'title') give(hit.id, worth(hit))
    else fromText.set(hit.id, Math.min(MOST_FROM_TEXT, (fromText.get(hit.id) ?? 0) + hit.weight))
  }
  for (const [id, points] of fromText) give(id, points)
  for (const hit of strongest(ofRole(hits, 'not'))) give(hit.id, -worth(hit))
  const leans = leansOf(names, hits, bodies, source)
  for (const lean of leans) give(lean.value, lean.points)
  const order = (id: string) => names.topics.get(id)?.order ?? 99
  const [best] = [...scores].filter(([, points]) => points > 0).sort(([a, p], [b, q]) => q - p || order(a) - order(b))
  const cue = cues.find((hit) => hit.id === best?.[0])
  if (best && cue) return { label: 'topic', value: best[0], ...cite(cue) }
  const lean = leans.find((one) => one.value === best?.[0])
  if (lean) return { label: 'topic', value: lean.value, ...cite(lean.ground) }
  return { label: 'topic', value: names.knowledge.signals.otherwise, cue: 'no cue of a topic', where: 'title' }
}

/** What a label rests on: words of the item, or a source or another label with its own words. */
type Ground = Hit | Pick<Why, 'cue' | 'where'>
type Lean = { value: string; points: number; ground: Ground }

function cite(ground: Ground): Pick<Why, 'cue' | 'where'> {
  return { cue: 'line' in ground ? quote(ground) : ground.cue, where: ground.where }
}

const fromSource = (source: Source): Ground => ({ cue: source.name, where: 'source' })

function leansOf(names: Names, hits: readonly Hit[], bodies: readonly Hit[], source?: Source): Lean[] {
  const leans: Lean[] = []
  const lean = (value: string | undefined, points: number, ground: Ground) => {
    if (value) leans.push({ value, points, ground })
  }
  const body = bodies.find((hit) => names.bodies.get(hit.id)?.topic)
  if (body) lean(names.bodies.get(body.id)?.topic, body.where === 'title' ? LEAN.body : 1, body)
  const place = ofRole(hits, 'region').find((hit) => hit.where === 'title' && names.regions.get(hit.id)?.topic)
  if (place) lean(names.regions.get(place.id)?.topic, LEAN.region, place)
  if (source) lean(source.topic, LEAN.source, fromSource(source))
  return leans
}

/** Where an item applies: the places and bodies it names, else its source, else where its topic usually belongs. */
export function regionOf(
  names: Names,
  hits: readonly Hit[],
  bodies: readonly Hit[],
  source: Source | undefined,
  topic: Why,
): Why {
  const scores = new Map<string, { points: number; ground: Ground }>()
  const give = (id: string | undefined, points: number, ground: Ground) => {
    if (!id) return
    const known = scores.get(id)
    scores.set(id, { points: points + (known?.points ?? 0), ground: known?.ground ?? ground })
  }
  for (const hit of strongest(ofRole(hits, 'region'))) give(hit.id, 2 * worth(hit), hit)
  if (topic.value !== OFF_TOPIC)
    for (const hit of strongest(bodies)) give(names.bodies.get(hit.id)?.region, worth(hit), hit)
  if (source) give(source.region ?? names.bodies.get(source.body ?? '')?.region, 1.5, fromSource(source))
  give(names.topics.get(topic.value)?.region, 1, topic)
  const [best] = [...scores].sort(([, a], [, b]) => b.points - a.points)
  if (!best) return { label: 'region', value: 'intl', cue: 'no cue of a region', where: 'title' }
  return { label: 'region', value: best[0], ...cite(best[1].ground) }
}

/** The tracks of the topic, with the words that decided the topic, and those whose own words stand in the title. */
export function tracksOf(names: Names, hits: readonly Hit[], topic: Why): Why[] {
  const tracks = new Map<string, Why>()
  const put = (value: string, ground: Ground) => {
    if (!tracks.has(value)) tracks.set(value, { label: 'tracks', value, ...cite(ground) })
  }
  for (const id of names.topics.get(topic.value)?.tracks ?? []) put(id, topic)
  for (const hit of ofRole(hits, 'track')) if (hit.where === 'title') put(hit.id, hit)
  return names.knowledge.tracks.flatMap((track) => tracks.get(track.id) ?? [])
}
