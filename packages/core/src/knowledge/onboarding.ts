import type { Provenance } from './provenance.ts'

/** Something to read, watch or join. `minutes` is how long it takes; `cost` what it costs a newcomer. */
export type Resource = Provenance & {
  id: string
  name: string
  href: string
  minutes: number
  cost: 'free' | 'paid' | 'members' | 'varies'
}

/**
 * A field of a step's own form, with a name of its own. `text` is one line, `paragraph` several; `one` and `many` choose from
 * `options`. What is not `required` may stay empty.
 */
export type StepField = { name: string; label: string; hint?: string; required?: boolean } & (
  | { kind: 'text' | 'paragraph' }
  | { kind: 'one' | 'many'; options: readonly { value: string; label: string }[] }
)

/** How a step is shown to be done. A `check` asks its questions and wants `pass` of them right; a `form` is one of the step's own. */
export type Proof =
  | { kind: 'attest'; ask: string }
  | { kind: 'check'; questions: readonly string[]; pass: number }
  | { kind: 'form'; title: string; fields: readonly StepField[] }
  | { kind: 'artefact'; artefact: 'needs-assessment' | 'activity-draft' | 'sample-review' }
  | { kind: 'attend'; ask: string }

/**
 * One step of a pathway. `after` are the steps that come first, on the same pathway or on the newcomer's; `unlocks` says in words what
 * it opens. A step with `partOf` is the first half of another one and is counted with it (the needs assessment, of the draft).
 */
export type Step = Provenance & {
  id: string
  name: string
  partOf?: string
  purpose: string
  todo: readonly string[]
  resources: readonly string[]
  proof: Proof
  after: readonly string[]
  unlocks?: string
  minutes: number
}

/** The newcomer's five steps, or what follows on a track. */
export type Pathway = Provenance & { id: string; name: string; track?: string; steps: readonly Step[] }

/** What a member has reached when all its steps are done: `steps` of the newcomer's pathway and, on a track, those `onTrack` adds. */
export type Milestone = Provenance & {
  id: string
  name: string
  says: string
  steps: readonly string[]
  onTrack?: Readonly<Record<string, readonly string[]>>
}

/** A knowledge check. Every option says why it is right or wrong; `trap` is the number of the field's classic mistake it asks about. */
export type Question = Provenance & {
  id: string
  tracks: readonly string[]
  trap?: number
  ask: string
  options: readonly { text: string; right?: boolean; because: string }[]
  explain: string
  resource?: string
}

/** Three short questions that find a newcomer's track: each option speaks for some. */
export type TrackQuestion = { id: string; ask: string; options: readonly { text: string; speaks: readonly string[] }[] }

/** A made-up activity with planted flaws: the newcomer marks the parts that are wrong and is told the rule. */
export type SampleActivity = Provenance & {
  id: string
  title: string
  parts: readonly { id: string; name: string; text: string; flaw?: Flaw }[]
}
export type Flaw = Provenance & { trap?: number; wrong: string; rule: string }

/**
 * A term of the field where it is used. `letters` is the acronym or the term itself; several jurisdictions may differ. In pasted
 * text its words match whole: a word with a capital as it is written, others in any case, the last one also in the plural. `also`
 * are other spellings. `near` is for letters that are a word as well ("GAME"): one of these must stand close by.
 */
export type Term = Provenance & {
  id: string
  letters: string
  name: string
  jurisdiction: Jurisdiction
  says: string
  not?: string
  see?: readonly string[]
  also?: readonly string[]
  near?: readonly string[]
}

/** Where a term is used, by its name for readers. The United Kingdom has words of its own, though news has it under Europe. */
export const JURISDICTIONS = {
  us: 'United States',
  eu: 'Europe',
  uk: 'United Kingdom',
  ca: 'Canada',
  intl: 'International',
} as const
export type Jurisdiction = keyof typeof JURISDICTIONS

/** The words of a rule by which a needs assessment or a mock activity is reviewed; its condition stands in the code under the same id. */
export type ReviewRule = Provenance & { id: string; wrong: string; why: string; mend: string; blocks: boolean }

/**
 * A statement as its `owner` requires it, word for word. `{provider}` and the like are set in as plain text, and words between
 * asterisks are drawn in italics; which names a statement has stands in the code under the same id. `formats` is how the statement
 * names each format; `note` is what to know before one uses it.
 */
export type StatementTemplate = Provenance & {
  id: string
  name: string
  owner: string
  wording: string
  formats?: Readonly<Record<string, string>>
  note?: string
}

/** By what a mock activity is reviewed among peers. */
export type Criterion = Provenance & {
  id: string
  name: string
  levels: readonly { points: number; name: string; says: string }[]
}

/** What the community says, expects and gets wrong, shown at the `steps` where it teaches. A `greeting` welcomes; a `fact` is dated. */
export type Saying = Provenance & {
  id: string
  kind?: 'greeting' | 'saying' | 'norm' | 'mistake' | 'fact'
  says: string
  teaches: string
  steps?: readonly string[]
}

/** All knowledge of onboarding, loaded and cross-checked. `version` changes when any of it does. */
export type Onboarding = {
  version: string
  pathways: readonly Pathway[]
  milestones: readonly Milestone[]
  resources: readonly Resource[]
  questions: readonly Question[]
  finder: readonly TrackQuestion[]
  samples: readonly SampleActivity[]
  glossary: readonly Term[]
  rules: readonly ReviewRule[]
  activityRules: readonly ReviewRule[]
  statements: readonly StatementTemplate[]
  rubric: readonly Criterion[]
  sayings: readonly Saying[]
}
