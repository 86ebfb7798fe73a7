import type { Instant } from '@cme-commons/core'

/** A bot's own memory. It goes with the space, or with the person (the platform's id), that it is about. */
export interface NoteTable {
  platform: string
  name: string
  value: string
  space: string | null
  member_user: string | null
  at: Instant
}

export interface BotTables {
  notes: NoteTable
  /** What has arrived from a platform, by the platform's id, so that it acts once. */
  arrivals: { id: string; at: Instant }
}
