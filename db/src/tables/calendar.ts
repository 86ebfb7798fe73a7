import type { Instant } from '@cme-commons/core'

/**
 * A date that was taken from somebody else's calendar: `uid` names it there, `source` is the address or the file that told it last, and
 * `taken` is what it told, as JSON, whatever became of the date here since.
 */
export interface CalendarDateTable {
  edition: string
  uid: string
  space: string
  date: string
  source: string
  taken: string
  taken_at: Instant
}

/**
 * A calendar that is followed for an edition. The validators are those of a feed. `pending` is what it told last, as JSON of
 * `IncomingDate`s, until somebody takes it; `pending_key` names what that would do, and `declined_key` what nobody wanted. `told_at` is
 * when moderators were told that it fails.
 */
export interface CalendarSourceTable {
  id: string
  space: string
  edition: string
  url: string
  made_at: Instant
  next_at: Instant
  etag: string | null
  last_modified: string | null
  body_hash: string | null
  read_at: Instant | null
  failures: number
  failing_since: Instant | null
  trouble: string | null
  told_at: Instant | null
  pending: string | null
  pending_key: string | null
  pending_at: Instant | null
  declined_key: string | null
}

export interface CalendarTables {
  calendar_dates: CalendarDateTable
  calendar_sources: CalendarSourceTable
}
