import type { Day } from '../time.ts'
import type { FormatId } from './formats.ts'
import type { MooreLevel } from './needs.ts'

/** A part of the schedule. `day` counts from 1; `parallel` runs at the same time as the part before it. */
export type Segment = {
  day: number
  minutes: number
  kind: 'education' | 'break' | 'non-certified'
  title: string
  parallel?: boolean
}

/** Who plans it and under whose accreditation: it decides the statement. `ja` is Joint Accreditation. */
export type Arrangement =
  | 'direct'
  | 'joint'
  | 'co-provided'
  | 'state-direct'
  | 'state-joint'
  | 'ja-direct'
  | 'ja-joint'
  | 'eaccme'

/** How disclosure is planned. Each question has one answer that the Standards ask for, and others that newcomers give. */
export type Disclosure = {
  lookback?: '24' | '12' | '36'
  amount?: 'any' | 'threshold'
  judge?: 'provider' | 'discloser' | 'supporter'
  mitigate?: 'before-role' | 'before-activity' | 'after'
  tell?: 'before' | 'during' | 'after'
}

/**
 * A mock activity planned on a needs assessment: an exercise, never an offer. Every field may be missing. `objectives` are texts of
 * the needs assessment's objectives; `quantity` counts what the format counts when it does not count minutes; `team` says that it is
 * planned by and for the healthcare team.
 */
export type MockActivity = Disclosure & {
  title?: string
  audience?: string
  format?: FormatId
  start?: Day
  place?: string
  schedule?: readonly Segment[]
  quantity?: number
  expires?: Day
  passMark?: string
  objectives?: readonly string[]
  level?: MooreLevel
  measure?: string
  baseline?: string
  arrangement?: Arrangement
  provider?: string
  partner?: string
  accreditor?: string
  team?: boolean
}

export type ActivityField = keyof MockActivity
