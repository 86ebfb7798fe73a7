import type { Sign } from '../knowledge/knowledge.ts'
import { cut } from '../text.ts'
import { find, type Phrases } from './cues.ts'
import type { Token } from './tokens.ts'

/** What a phrase of the content is for; `id` is the topic, body, region or track it speaks for. */
export type Role =
  | 'topic'
  | 'not'
  | 'field'
  | 'off'
  | 'ignore'
  | 'region'
  | 'track'
  | 'body'
  | 'not-body'
  | 'action'
  | 'explains'
  | 'over'
export type Meaning = { role: Role; id: string; says: string; pair: boolean; weight: number; sign: Sign }
/** A title or a text as it was read. */
export type Line = { where: 'title' | 'text'; text: string; words: readonly Token[] }
/** A phrase of the content where it stands: first and last word of the line, and the gap between the halves of a pair. */
export type Hit = Meaning & {
  meaning: Meaning
  from: number
  to: number
  gap?: readonly [number, number]
  where: Line['where']
  line: Line
}

export const isPair = (says: string): boolean => says.includes(' + ')

/** The words of a hit as they stand in the line, at most 60 characters; between the halves of a pair stands an ellipsis. */
export function quote({ from, to, gap, line }: Hit): string {
  const part = (a: number, b: number) => line.text.slice(line.words[a]!.at, line.words[b]!.end).replace(/\s+/g, ' ')
  const apart = gap && gap[1] - gap[0] > 1
  return cut(apart ? `${part(from, gap[0])} … ${part(gap[1], to)}` : part(from, to), 60)
}

/** How much a sign proves that an item belongs to the field. */
export const PROOF: Record<Sign, number> = { sure: 4, likely: 2, maybe: 1, hint: 0, none: 0 }

/** What a cue is worth where it stands: three times as much in the title. */
export const worth = (hit: Hit): number => hit.weight * (hit.where === 'title' ? 3 : 1)

export const ofRole = (hits: readonly Hit[], role: Role): Hit[] => hits.filter((hit) => hit.role === role)

/** Every meaning found in the line, without those that stand inside a longer phrase that means something else. */
export function hitsIn(phrases: Phrases, meanings: readonly Meaning[][], line: Line): Hit[] {
  const hits: Hit[] = []
  for (const { phrase, from, to, gap } of find(phrases, line.words))
    for (const meaning of meanings[phrase] ?? []) {
      const { role, id, says, pair, weight, sign } = meaning
      hits.push({ role, id, says, pair, weight, sign, meaning, from, to, gap, where: line.where, line })
    }
  const masks = hits.filter((hit) => hit.to > hit.from && !hit.pair && MASKS.has(hit.role))
  return masks.length === 0 ? hits : hits.filter((hit) => !masks.some((mask) => masked(hit, mask)))
}

const MASKS: ReadonlySet<Role> = new Set(['off', 'ignore', 'not', 'topic', 'field', 'body'])

function masked(hit: Hit, mask: Hit): boolean {
  if (mask.from > hit.from || mask.to < hit.to || mask.to - mask.from <= hit.to - hit.from) return false
  if (mask.role === 'ignore') return true
  if (mask.role === 'off') return hit.role !== 'region'
  if (mask.role === 'not') return hit.role === 'topic' && hit.id === mask.id
  if (mask.role === 'field') return hit.role === 'off'
  if (mask.role === 'body') return hit.role === 'off' || hit.role === 'body' || (hit.role === 'topic' && hit.weight < 4)
  return hit.role === 'topic' || hit.role === 'off'
}

/** Each phrase once for each thing it speaks for, where it counts most; the weightiest first. */
export function strongest(hits: readonly Hit[]): Hit[] {
  const best = new Map<Meaning, Hit>()
  for (const hit of hits) {
    const known = best.get(hit.meaning)
    if (!known || (known.where === 'text' && hit.where === 'title')) best.set(hit.meaning, hit)
  }
  return [...best.values()].sort((a, b) => worth(b) - worth(a))
}

/** The surest sign comes first, in the title before the text. */
export const surer = (a: Hit, b: Hit): number => certainty(b) - certainty(a) || a.from - b.from
const certainty = (hit: Hit) => (hit.where === 'title' ? 10 : 0) + PROOF[hit.sign]
