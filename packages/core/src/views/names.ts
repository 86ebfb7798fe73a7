import type { Knowledge } from '../knowledge/knowledge.ts'
import { SUGGESTED } from '../news/suggestion.ts'
import type { Filter } from '../people/subscription.ts'

type Named = { id: string; name: string }
const nameIn = (list: readonly Named[], id: string): string => list.find((entry) => entry.id === id)?.name ?? id
const lookup = (knowledge: Knowledge, kind: 'body' | 'topic' | 'region' | 'track', id: string): string =>
  nameIn(
    { body: knowledge.bodies, topic: knowledge.topics, region: knowledge.regions, track: knowledge.tracks }[kind],
    id,
  )

export const trackName = (knowledge: Knowledge, id: string): string => nameIn(knowledge.tracks, id)
export const topicName = (knowledge: Knowledge, id: string): string => nameIn(knowledge.topics, id)
export const bodyName = (knowledge: Knowledge, id: string): string => nameIn(knowledge.bodies, id)
/** A body as the field calls it in passing: ACCME, Joint Accreditation. */
export const bodyLetters = (knowledge: Knowledge, id: string): string =>
  knowledge.bodies.find((body) => body.id === id)?.names[0] ?? id
export const regionName = (knowledge: Knowledge, id: string): string => nameIn(knowledge.regions, id)
export const sourceName = (knowledge: Knowledge, id: string): string => nameIn([SUGGESTED, ...knowledge.sources], id)

/** A filter as facts a person can check: "Tracks: Program Developers". An empty list says that everything passes. */
export function filterFacts(knowledge: Knowledge, filter: Filter): { name: string; value: [string] }[] {
  const names = (kind: 'body' | 'topic' | 'region' | 'track', ids: readonly string[], all: string): [string] => [
    ids.length > 0 ? ids.map((id) => lookup(knowledge, kind, id)).join(', ') : all,
  ]
  return [
    { name: 'Tracks', value: names('track', filter.tracks, 'all') },
    { name: 'Regions', value: names('region', filter.regions, 'everywhere') },
    { name: 'Bodies', value: names('body', filter.bodies, 'all') },
    { name: 'Topics', value: names('topic', filter.topics, 'all') },
    ...(filter.muted.length > 0 ? [{ name: 'Left out', value: names('topic', filter.muted, '') }] : []),
    { name: 'At most', value: [`${filter.max} items`] },
  ]
}
