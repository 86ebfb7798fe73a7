import type { Day } from '../time.ts'

/** How sure we are: read on the page itself, seen in public code, well known in the field, concluded from other facts, or doubtful. */
export type Confidence = 'verified' | 'seen-in-code' | 'well-known' | 'inferred' | 'uncertain'

/** Where a fact comes from and when a person last looked. Every piece of content carries one. */
export type Provenance = { source: string; checked: Day; confidence: Confidence }
