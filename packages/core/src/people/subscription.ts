import type { Instant } from '../time.ts'

export type Cadence = 'daily' | 'weekdays' | 'weekly' | 'monthly'

/**
 * When a digest is due, in the reader's own zone. `day` is the ISO weekday 1 to 7 for weekly, the day of the month for monthly (31 is
 * the last day of every month). `quiet` hours may span midnight; what falls into them waits for their end.
 */
export type Schedule = {
  cadence: Cadence
  day?: number
  at: string
  zone: string
  quiet?: { from: string; to: string }
}

/**
 * Which items, as ids of the content; an empty list lets everything through, `muted` topics never come. `max` is how many items a
 * digest shows; the others are counted and reachable.
 */
export type Filter = {
  bodies: readonly string[]
  topics: readonly string[]
  regions: readonly string[]
  tracks: readonly string[]
  muted: readonly string[]
  max: number
}

/** A member's or a channel's standing order for digests. */
export type Subscription = {
  id: string
  space: string
  to: { user: string } | { channel: string }
  filter: Filter
  schedule: Schedule
  paused: boolean
  /** It says so, too, when there is nothing in it. */
  evenEmpty?: boolean
  snoozedUntil?: Instant
  /** The next slot of its schedule that was not planned yet. */
  next: Instant
}
