import type { ConferenceKnowledge } from '../conferences/conference.ts'
import type { Onboarding, Term } from './onboarding.ts'
import type { Provenance } from './provenance.ts'

/**
 * Whether words prove that an item belongs to continuing education in the health professions: `sure` does, `likely` does in a
 * title, `maybe` needs company, `hint` tips the scales beside a `maybe` of a topic, `none` is anybody's word ("study", "deadline"). Unwritten it is `maybe`, for a pair (`a + b`) `none`.
 */
export type Sign = 'sure' | 'likely' | 'maybe' | 'hint' | 'none'

/**
 * A phrase that speaks for something. Words match whole and in any case; a singular also matches its plural; `mitigat*` matches a
 * beginning; names in capitals (and words after `=`) match exactly; `board + ratif*` wants both within ten words, in any order.
 */
export type Cue = { says: string; weight: number; sign?: Sign }

/** `cues` in a title add the track to whatever the topic says. */
export type Track = Provenance & {
  id: string
  name: string
  summary: string
  topics: readonly string[]
  cues?: readonly string[]
}

/** `cues` are countries, nationalities and institutions that place an item there; `topic` is what such an item is about when its words lean nowhere. */
export type Region = Provenance & { id: string; name: string; topic?: string; cues: readonly string[] }

/** An organisation that makes or shapes the rules. `names` match as exact tokens, capitals included: "EACCME" is not "ACCME". */
export type Body = Provenance & {
  id: string
  name: string
  names: readonly string[]
  region: string
  sign?: Sign
  /** What an item about this body is about when its words lean nowhere. */
  topic?: string
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
  /** Where such news usually comes from when nothing else says so. */
  region?: string
  cues: readonly Cue[]
  /** Senses of the cues' words that belong elsewhere: "standard of care". They mask the cue and speak against the topic. */
  not?: readonly string[]
}

/**
 * Where the news stands on a listing page without a feed, as CSS selectors: `list` finds each entry, the others look inside it. With
 * `@name` behind it a selector takes that attribute (`time@datetime`). Unsaid, the link is the entry's first one and the title its words.
 */
export type PageSelectors = { list: string; title?: string; link?: string; date?: string; summary?: string }

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
  /** For a page that is read: without them it is watched by hand. */
  page?: PageSelectors
  /** Made-up items for trying the product out; labelled wherever they show. */
  sample?: boolean
}

/**
 * Words that tell what an item is and asks, whatever its topic. `action` weights: 3 asks for something wherever it stands, 2 in a
 * title or beside a date, 1 only beside a date. In a title they ask for nothing when no date stands beside them and the clause began
 * with a word of `explains` ("what providers must know"), or a word of `over` says that all is done ("responses received").
 * `starts`, `after` and `comments` name those of the action cues beside which a day is no plain deadline: it begins there, it lies
 * after it, or comments close. `ignore` holds phrases in which a cue means nothing ("due to").
 */
export type Signals = Provenance & {
  action: readonly Cue[]
  explains?: readonly string[]
  over?: readonly string[]
  starts?: readonly string[]
  after?: readonly string[]
  comments?: readonly string[]
  field: readonly Cue[]
  offTopic: readonly Cue[]
  ignore: readonly string[]
  /** The topic of an item that belongs to the field and leans nowhere. */
  otherwise: string
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
  glossary: readonly Term[]
  onboarding: Onboarding
  conferences: ConferenceKnowledge
}
