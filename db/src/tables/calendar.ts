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

export interface CalendarTables {
  calendar_dates: CalendarDateTable
}
