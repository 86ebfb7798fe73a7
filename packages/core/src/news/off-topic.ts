import type { Source } from '../knowledge/knowledge.ts'
import { type Hit, ofRole, PROOF, quote, strongest, surer } from './hits.ts'
import type { Why } from './item.ts'

export const OFF_TOPIC = 'off-topic'

/** What an item must prove: one sure word anywhere, a likely one in the title, or two that may be. */
const ENOUGH = 3
/** A source that carries much else must prove more. */
const ENOUGH_FROM_MIXED = 4

/**
 * Why an item belongs to another field; undefined when it belongs to ours. Signs of the field stand against words of other fields,
 * both count double in the title, and each word once.
 */
export function offTopic(hits: readonly Hit[], bodies: readonly Hit[], source?: Source): Why | undefined {
  const against = strongest(ofRole(hits, 'off'))
  const inTitle = against.filter((hit) => hit.where === 'title').reduce((sum, hit) => sum + 2 * hit.weight, 0)
  const inText = against.filter((hit) => hit.where === 'text').reduce((sum, hit) => sum + hit.weight, 0)
  const denial = inTitle + Math.min(12, inText)
  const signs = [
    ...hits.filter((hit) => PROOF[hit.sign] > 0 && (hit.role === 'topic' || hit.role === 'field')),
    ...bodies,
  ]
  let proof = apart(signs).reduce((sum, hit) => sum + PROOF[hit.sign] * (hit.where === 'title' ? 2 : 1), 0)
  if (source && !source.mixed) proof += source.topic ? 3 : source.body ? 2 : 0
  if (hinted(hits)) proof += 1
  const enough = source?.mixed ? ENOUGH_FROM_MIXED : denial === 0 && telling(hits) ? 0 : ENOUGH
  const leans = source || bodies.length > 0 || hits.some((hit) => hit.role === 'topic' || hit.sign === 'sure')
  if (leans && proof >= enough && proof > denial) return
  const [first] = against
  return {
    label: 'topic',
    value: OFF_TOPIC,
    cue: first ? quote(first) : 'no word of this field',
    where: first?.where ?? 'title',
  }
}

/** Signs that do not share words, the surest kept, each phrase once. */
function apart(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of [...hits].sort((a, b) => surer(a, b) || b.to - b.from - (a.to - a.from))) {
    const shares = (k: Hit) => k.where === hit.where && !k.pair && !hit.pair && k.from <= hit.to && hit.from <= k.to
    if (!kept.some((k) => k.says === hit.says || shares(k))) kept.push(hit)
  }
  return kept
}

/** A word that hints at the field counts in a title beside a cue of a topic, or a word of education, that may be one of ours. */
function hinted(hits: readonly Hit[]): boolean {
  const title = hits.filter((hit) => hit.where === 'title')
  const may = title.filter(
    (hit) => hit.sign === 'maybe' && (hit.role === 'topic' || (hit.role === 'field' && hit.weight > 1)),
  )
  const hints = title.filter((hit) => hit.role === 'topic' && hit.sign === 'hint')
  return hints.some((hint) => may.some((cue) => !overlap(hint, cue)))
}

/** Whether two hits use the same word; what stands between the halves of a pair is free. */
const overlap = (a: Hit, b: Hit): boolean =>
  spans(a).some(([from, to]) => spans(b).some(([first, last]) => first <= to && from <= last))
const spans = ({ from, to, gap }: Hit): (readonly [number, number])[] =>
  gap
    ? [
        [from, gap[0]],
        [gap[1], to],
      ]
    : [[from, to]]

/** A weighty cue of a topic in the title is enough where no word of another field stands against it; several words say more than one. */
const telling = (hits: readonly Hit[]): boolean =>
  hits.some(
    (hit) =>
      hit.role === 'topic' &&
      hit.where === 'title' &&
      hit.sign === 'maybe' &&
      hit.weight >= (hit.to > hit.from ? 5 : 6),
  )
