import type { Day } from '../time.ts'

/** How sure we are: read on the page itself, seen in public code, well known in the field, concluded from other facts, or doubtful. */
export type Confidence = 'verified' | 'seen-in-code' | 'well-known' | 'inferred' | 'uncertain'

/** Where a fact comes from and when a person last looked. Every piece of content carries one. */
export type Provenance = { source: string; checked: Day; confidence: Confidence }

export type Track = Provenance & { id: string; name: string; summary: string; topics: readonly string[] }
export type Region = Provenance & { id: string; name: string; cues: readonly string[] }

/** An organisation that makes or shapes the rules. `names` match as exact tokens, capitals included: "EACCME" is not "ACCME". */
export type Body = Provenance & {
  id: string
  name: string
  names: readonly string[]
  region: string
  /** Words near which the name means something else: "ACPE" beside "pastoral". */
  not?: readonly string[]
}

/** `order` is the place of the group in a digest: standards and criteria first. */
export type Topic = Provenance & {
  id: string
  name: string
  summary: string
  order: number
  tracks: readonly string[]
  cues: readonly Cue[]
  not?: readonly string[]
}

/** A phrase that speaks for a topic. Words match whole and in any case, `mitigat*` as a beginning; names in capitals match exactly. */
export type Cue = { says: string; weight: number }

/** Where news comes from. A source that is not proven is not enabled, and `reason` says why. */
export type Source = Provenance & {
  id: string
  name: string
  url?: string
  kind: 'feed' | 'page' | 'manual'
  enabled: boolean
  reason?: string
  body?: string
  region?: string
  /** The topic an item gets when its own words decide nothing. */
  topic?: string
  /** A source that carries much else keeps only items whose own words belong to this field. */
  mixed?: boolean
  /** Made-up items for trying the product out; labelled wherever they show. */
  sample?: boolean
}

/** All content, loaded and cross-checked. `version` changes when any of it does. */
export type Knowledge = {
  version: string
  tracks: readonly Track[]
  regions: readonly Region[]
  bodies: readonly Body[]
  topics: readonly Topic[]
  sources: readonly Source[]
  signals: Signals
}

/** Words that tell what an item asks of its reader, whatever its topic. */
export type Signals = Provenance & { action: readonly string[]; offTopic: readonly Cue[]; field: readonly string[] }
