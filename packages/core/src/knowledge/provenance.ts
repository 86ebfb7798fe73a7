import type { Day } from '../time.ts'

/**
 * How sure we are: read on the page itself, seen in public code, well known in the field, concluded from other facts, doubtful, or written
 * down for somebody to try and never tried.
 */
export type Confidence = 'verified' | 'seen-in-code' | 'well-known' | 'inferred' | 'uncertain' | 'unproven'

/** Where a fact comes from and when a person last looked. Every piece of content carries one. */
export type Provenance = { source: string; checked: Day; confidence: Confidence }
