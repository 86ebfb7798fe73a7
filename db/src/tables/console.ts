import type { Instant } from '@cme-commons/core'

/** A link that signs a moderator in, once. Only the SHA-256 of its secret is kept; `platform` is 1 where her platform says that she moderates. */
export interface ConsoleLinkTable {
  hash: string
  space: string
  user_id: string
  platform: number
  made_at: Instant
  expires_at: Instant
}

/**
 * A browser in which a moderator is signed in. Only the SHA-256 of its secret is kept, and for a while that of the one before, which answers
 * may still be on their way with; `proven` is 1 once the newer one came back. `csrf` is what its forms carry.
 */
export interface ConsoleSessionTable {
  id: string
  hash: string
  before: string | null
  proven: number
  csrf: string
  space: string
  user_id: string
  platform: number
  browser: string
  made_at: Instant
  seen_at: Instant
  turned_at: Instant
  expires_at: Instant
}

export interface ConsoleTables {
  console_links: ConsoleLinkTable
  console_sessions: ConsoleSessionTable
}
