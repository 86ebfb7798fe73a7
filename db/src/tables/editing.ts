import type { Day, Instant, ItemEdit } from '@cme-commons/core'

/** What the moderators of a space changed about an item; what is null follows its source. */
export interface ItemEditTable extends ItemEdit {
  space: string
  item: string
}

/**
 * One change of an item in a space: who, when, why, and the edit before and after as JSON of `ItemEdit`. `changed_by` is a member, `said`
 * tells who else it was.
 */
export interface ItemHistoryTable {
  seq: number
  space: string
  item: string
  at: Instant
  changed_by: string | null
  said: string | null
  what: string
  why: string | null
  before: string
  after: string
}

/** A day that the words of an item name: once, whatever becomes of its text. */
export interface ItemDateTable {
  item: string
  day: Day
  sense: string
  sentence: string
  at: Instant
}

/** What a space made of such a day. */
export interface ItemDateDecisionTable {
  space: string
  item: string
  day: Day
  state: 'taken' | 'dropped'
  decided_by: string | null
  at: Instant
}

/**
 * An address at which a moderator wants to find a feed. `found` is JSON of what is there once somebody has looked, `trouble` why there is
 * nothing; the answer goes to `address`.
 */
export interface SourceOfferTable {
  id: string
  space: string
  member: string
  address: string
  url: string
  at: Instant
  looked_at: Instant | null
  found: string | null
  trouble: string | null
}

export interface EditingTables {
  item_edits: ItemEditTable
  item_history: ItemHistoryTable
  item_dates: ItemDateTable
  item_date_decisions: ItemDateDecisionTable
  source_offers: SourceOfferTable
}
