import type { Instant } from '@cme-commons/core'

/** One line of the try-out chat: what a member said, what the bot replied, what the courier delivered. */
export interface TryMessageTable {
  /** The parcel's key for what was delivered, our own id for the rest. */
  key: string
  /** Its place in the conversation, and the number of its last change. */
  place: number
  seq: number
  space: string
  /** Null in the direct message with the bot. */
  channel: string | null
  /** The one member who sees it; null for everybody in the channel. */
  reader: string | null
  /** A member's id; null for the bot. */
  author: string | null
  kind: 'said' | 'reply' | 'delivered'
  said: string | null
  /** The label of the button that was pressed. */
  cause: string | null
  /** A `Card` as JSON. */
  card: string | null
  /** 1 for what is pinned in its channel. */
  pinned: number
  at: Instant
}

export interface TryTables {
  try_messages: TryMessageTable
}
