import type { Instant } from '@cme-commons/core'

/**
 * A newcomer who is kept company. `clock` is her zone, or `space/<id>` for that of her space; `since` is day 0: when she was first met,
 * or when she began her pathway (`begun_at`). `did_at` is her first deed after that or after a snooze, `nudged_at` her last nudge since.
 */
export interface CompanyTable {
  member: string
  space: string
  address: string
  clock: string
  since: Instant
  begun_at: Instant | null
  welcomed_at: Instant | null
  did_at: Instant | null
  nudged_at: Instant | null
  snoozed_until: Instant | null
  stopped_at: Instant | null
}

export interface CompanyTables {
  company: CompanyTable
}
