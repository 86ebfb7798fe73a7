import type { Provenance } from '../knowledge/provenance.ts'
import type { Day, Instant } from '../time.ts'

/** A meeting of the field that comes back, as the content or the moderators of a space know it. `month` is its usual month (1 to 12). */
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
  /** What was read of earlier editions. */
  past: readonly PastDate[]
  /** The space whose moderators added it; those of the content are everybody's. */
  space?: string
}
/** `month` is when the date itself usually is, `told` when it is usually announced. */
export type Usual = Provenance & { kind: DateKind; month: number; told?: number; says: string }
/** A date of an earlier edition. Where only the month is known, `day` is left out and `says` tells it. */
export type PastDate = Provenance & { kind: DateKind; day?: Day; to?: Day; says: string }

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
export const isDateKind = (said: string): said is DateKind => DATE_KINDS.some((kind) => kind === said)

/** `confirmed` by the organiser; `tentative` as told by somebody; `typical` from earlier years alone: nobody is reminded of it. */
export const DATE_STATUSES = ['confirmed', 'tentative', 'typical', 'cancelled', 'postponed'] as const
export type DateStatus = (typeof DATE_STATUSES)[number]
export const isDateStatus = (said: string): said is DateStatus => DATE_STATUSES.some((status) => status === said)

/**
 * When something is. A `day` (or a range of days, `to` included) is all day in the organiser's zone; an `at` is an instant; `aoe` is
 * 23:59 anywhere on earth (UTC−12) of that day.
 */
export type DateTime =
  | { kind: 'day'; day: Day; to?: Day; zone: string }
  | { kind: 'at'; at: Instant; until?: Instant; zone: string }
  | { kind: 'aoe'; day: Day }

/** One edition of a conference in one space: `SACME 2027`. */
export type Edition = {
  id: string
  conference: string
  name: string
  year: number
  space: string
  place?: string
  href?: string
  zone: string
  status: 'planned' | 'cancelled'
}

/**
 * A date of an edition, or a standing deadline, which has no edition and no space: `conference` is then the deadline's id in the content.
 * `sequence` counts its changes (RFC 5545).
 */
export type ConferenceDate = {
  id: string
  space?: string
  edition?: string
  conference: string
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
  /** Set when it was taken out (entered by mistake, doubled): it stays in calendars, as cancelled, for 30 days. */
  gone?: Instant
}

/** What a follow is about: one edition, every edition of a conference (or one standing deadline), or everything of the field. */
export type FollowScope = { edition: string } | { conference: string } | 'all'

/**
 * Who is reminded of what: a member's or a channel's own choice. The narrowest scope that covers a date decides. Without `days` or
 * `minutes` of its own it goes by the policy of its space. An empty list of `tracks` is all of them.
 */
export type Follow = {
  id: string
  space: string
  to: { user: string } | { channel: string }
  scope: FollowScope
  kinds: readonly DateKind[]
  tracks: readonly string[]
  /** Days before a deadline, the longest first. */
  days?: readonly number[]
  /** Minutes before a session, the longest first. */
  minutes?: readonly number[]
  answer?: Going
  zone: string
  quiet?: { from: string; to: string }
}
export const GOING = ['going', 'maybe', 'not-this-year'] as const
export type Going = (typeof GOING)[number]
export const isGoing = (said: string): said is Going => GOING.some((answer) => answer === said)

/** A deadline that comes back every year by a rule of its own, not by anybody's announcement. */
export type StandingDeadline = Provenance & {
  id: string
  name: string
  kind: DateKind
  organiser: string
  tracks: readonly string[]
  region: string
  href?: string
  month: number
  day: number
  /** Where the day is no business day by this calendar, the next one counts. */
  calendar?: string
  zone: string
  says: string
}

/** One step of a chain that is worked out from the date of an activity: so many weeks before it, or so many years after it. */
export type ChainStep = Provenance & {
  id: string
  name: string
  region: string
  href?: string
  says: string
} & ({ weeks: number } | { years: number } | { next: string })

/** The public holidays of a calendar (`US`), and the years for which they are all known. */
export type Holidays = Provenance & { id: string; name: string; from: number; to: number; days: readonly Day[] }

/** A reminder of what is told about financial relationships, with what it stands on. `says` are paragraphs. */
export type DisclosureReminder = Provenance & { title: string; says: readonly string[]; href: string }

/** What the content knows of conferences and deadlines. */
export type ConferenceKnowledge = {
  catalog: readonly Conference[]
  deadlines: readonly StandingDeadline[]
  chain: readonly ChainStep[]
  holidays: readonly Holidays[]
  disclosure: DisclosureReminder
}
