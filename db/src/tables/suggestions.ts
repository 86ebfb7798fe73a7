import type { Instant } from '@cme-commons/core'

/** A page that a member suggests for the digest of her space. */
export interface SuggestionTable {
  id: string
  space: string
  member: string
  href: string
  /** `href` as duplicates are told by. */
  link: string
  /** As the member gave it, and as moderators edited it when they approved. */
  title: string
  why: string
  at: Instant
  state: 'open' | 'approved' | 'declined'
  decided_by: string | null
  decided_at: Instant | null
  /** Why it was declined, for the member. */
  reason: string | null
  /** The item it became, or was already. */
  item: string | null
}

/** A public item that a space has had before, as a suggestion of its own: its readers are not told twice. */
export interface ItemTwinTable {
  item: string
  space: string
}

export interface SuggestionTables {
  suggestions: SuggestionTable
  item_twins: ItemTwinTable
}
