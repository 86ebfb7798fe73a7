import type { Instant } from '@cme-commons/core'

/**
 * An identity of a member who has several. `was` is the member that it belonged to alone, `before` what that member had, as JSON of
 * `Brought`; `home` is 1 for the one that is written to.
 */
export interface LinkedTable {
  space: string
  user_id: string
  member: string
  was: string
  linked_at: Instant
  home: number
  before: string
}

/** A code to link with: who shows it, and who typed it. Only the SHA-256 of its letters is kept. */
export interface LinkCodeTable {
  id: string
  hash: string
  space: string
  user_id: string
  made_at: Instant
  /** Until it is typed, and then until it is confirmed. */
  expires_at: Instant
  typed_space: string | null
  typed_user: string | null
  done_at: Instant | null
}

/** A code that somebody typed and that opened nothing. */
export interface LinkTryTable {
  id: string
  space: string
  user_id: string
  at: Instant
}

export interface LinkTables {
  linked: LinkedTable
  link_codes: LinkCodeTable
  link_tries: LinkTryTable
}
