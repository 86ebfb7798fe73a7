import type { Provenance } from '../knowledge/provenance.ts'
import type { Day, Instant } from '../time.ts'

/** A meeting of the field that comes back, as the content knows it. `month` is its usual month (1 to 12), when there is one. */
export type Conference = Provenance & {
  id: string
  name: string
  short: string
  organiser: string
  href?: string
  tracks: readonly string[]
  region: string
  month?: number
  format: 'in-person' | 'online' | 'hybrid' | 'varies'
  about: string
  /** What is usually announced, and when: never a date that anybody may rely on. */
  usual: readonly Usual[]
}
/** `month` is when the date itself usually is, `told` when it is usually announced. */
export type Usual = Provenance & { kind: DateKind; month: number; told?: number; says: string }

/** What a date is about. People miss the deadlines rather than the meeting. */
export const DATE_KINDS = [
  'event',
  'abstracts',
  'early-bird',
  'hotel',
  'grant',
  'registration',
  'notification',
  'session',
  'comment',
  'report',
  'other',
] as const
export type DateKind = (typeof DATE_KINDS)[number]

/** `confirmed` by the organiser; `tentative` as told by somebody; `typical` from earlier years alone: nobody is reminded of it. */
export type DateStatus = 'confirmed' | 'tentative' | 'typical' | 'cancelled' | 'postponed'

/**
 * When something is. A `day` (or a range of days, `to` included) is all day in the organiser's zone; an `at` is an instant; `aoe` is
 * 23:59 anywhere on earth (UTC−12) of that day.
 */
export type DateTime =
  | { kind: 'day'; day: Day; to?: Day; zone: string }
  | { kind: 'at'; at: Instant; until?: Instant; zone: string }
  | { kind: 'aoe'; day: Day }

/** One edition of a conference in one space: `SACME 2027`. Those of the content have `space` undefined. */
export type Edition = {
  id: string
  conference: string
  name: string
  year: number
  space?: string
  place?: string
  href?: string
  zone: string
  status: 'planned' | 'cancelled' | 'postponed' | 'over'
}

/** A date of an edition, or a standing deadline without one. `sequence` counts its changes (RFC 5545). */
export type ConferenceDate = {
  id: string
  edition?: string
  kind: DateKind
  title: string
  when: DateTime
  status: DateStatus
  source: string
  checked: Day
  href?: string
  place?: string
  sequence: number
  changed: Instant
  /** Set when it was cancelled or taken out: it stays in calendars for 30 days. */
  gone?: Instant
}

/** Who is reminded of what: a member's or a channel's own choice for an edition, a kind of date, or everything of its tracks. */
export type Follow = {
  id: string
  space: string
  to: { user: string } | { channel: string }
  edition?: string
  kinds: readonly DateKind[]
  /** Days before a deadline, the longest first; a session's are minutes. */
  lead?: readonly number[]
  answer?: 'going' | 'maybe' | 'not-this-year'
  zone: string
  quiet?: { from: string; to: string }
}
