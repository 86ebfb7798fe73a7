import type { Day, Instant } from '@cme-commons/core'

/** A conference that moderators of a space added; those of the content are in no table. Lists are written `,a,b,`. */
export interface ConferenceTable {
  id: string
  space: string
  name: string
  short: string
  organiser: string
  href: string | null
  tracks: string
  region: string
  month: number | null
  format: string
  about: string
  source: string
  checked: Day
  made_at: Instant
}

/** `announce` is 1 while people have to be told what became of it. */
export interface EditionTable {
  id: string
  space: string
  conference: string
  name: string
  year: number
  place: string | null
  href: string | null
  zone: string
  status: string
  announce: number
  made_at: Instant
  changed_at: Instant
}

/**
 * A date of an edition, a session, or a standing deadline, whose `space` is empty. `moment` is a `DateTime` as JSON. The rest follows from
 * it and makes what is due found by index: `day` where it is a day of the calendar, `closes_at` and `over_at`, `remind` (1 when people may
 * be reminded). `known_at` and `moved_at` are as `Knowing` of the core has them; `told` is the `Face` that people know, as JSON; `fresh`
 * and `announce` are 1 until the next tick has looked.
 */
export interface DateTable {
  id: string
  space: string
  edition: string | null
  conference: string
  kind: string
  title: string
  moment: string
  status: string
  source: string
  checked: Day
  href: string | null
  place: string | null
  sequence: number
  made_at: Instant
  changed_at: Instant
  gone_at: Instant | null
  day: Day | null
  closes_at: Instant
  over_at: Instant
  known_at: Instant
  moved_at: Instant | null
  told: string | null
  remind: number
  fresh: number
  announce: number
}

/**
 * Who is reminded of what. `scope` is `edition/<id>`, `conference/<id>` or `all`; `days` and `minutes` are `60,30`, `none`, or
 * empty for the policy of the space; `clock` is the zone with the days behind it, by which reminders are found. It holds for what comes due after `since`.
 */
export interface FollowTable {
  id: string
  space: string
  address: string
  member: string | null
  scope: string
  kinds: string
  tracks: string
  days: string
  minutes: string
  answer: string | null
  zone: string
  quiet: string | null
  clock: string
  sessions: number
  muted: number
  made_at: Instant
  since: Instant
}

export interface PolicyTable {
  space: string
  kind: string
  leads: string
  since: Instant
}

/**
 * One change of a conference, an edition or a date: who, when, the row before and after as JSON. `changed_by` is a member, `said` tells who
 * else it was.
 */
export interface DateHistoryTable {
  seq: number
  space: string
  what: 'conference' | 'edition' | 'date'
  subject: string
  at: Instant
  changed_by: string | null
  said: string | null
  before: string | null
  after: string | null
}

export interface ConferenceTables {
  conferences: ConferenceTable
  editions: EditionTable
  conference_dates: DateTable
  follows: FollowTable
  reminder_policies: PolicyTable
  date_history: DateHistoryTable
}
