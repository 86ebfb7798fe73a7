import type { Flaw, SampleActivity } from '../knowledge/onboarding.ts'

export type SamplePart = SampleActivity['parts'][number]
/** What is told of a part: its flaw was found or missed, it was marked though it is sound, or it was rightly left alone. */
export type PartVerdict = 'found' | 'missed' | 'sound' | 'left'
export type ToldPart = { part: SamplePart; verdict: PartVerdict; flaw?: Flaw }
export type MarkedSample = { parts: readonly ToldPart[]; found: number; planted: number; wrongly: number }

/** Compares the parts that a member marked as wrong with the flaws that were planted; ids that are no parts count for nothing. */
export function markSample(sample: SampleActivity, marked: readonly string[]): MarkedSample {
  const parts = sample.parts.map((part): ToldPart => {
    const hit = marked.includes(part.id)
    if (part.flaw) return { part, verdict: hit ? 'found' : 'missed', flaw: part.flaw }
    return { part, verdict: hit ? 'sound' : 'left' }
  })
  const count = (verdict: PartVerdict) => parts.filter((part) => part.verdict === verdict).length
  return { parts, found: count('found'), planted: count('found') + count('missed'), wrongly: count('sound') }
}

/**
 * Whether the review counts: no flaw was missed and at most one sound part was marked; or she was told item by item before, `before`
 * being what she had marked then, and has marked it anew. The same marks twice, a form sent twice, are no second try.
 */
export function reviewCounts({ parts, found, planted, wrongly }: MarkedSample, before?: readonly string[]): boolean {
  if (found === planted && wrongly <= 1) return true
  if (!before) return false
  const now = parts.filter(({ verdict }) => verdict === 'found' || verdict === 'sound').map(({ part }) => part.id)
  return now.length !== before.length || now.some((id) => !before.includes(id))
}
