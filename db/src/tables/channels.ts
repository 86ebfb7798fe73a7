import type { Day, Instant } from '@cme-commons/core'

/** `opening` until the platform made it (with `trouble` when it would not), `lost` when it was deleted there. */
export type ChannelState = 'opening' | 'open' | 'archived' | 'lost'

/**
 * The channel of an edition, one at most. `channel` and `forum` (of questions) are the platform's ids, empty until it made them; `mark` is
 * how it is found again there; `adopt` names a channel that was there before. `schedule_face` is what its schedule card was last promised
 * to show, and `schedule_no` how many times; `morning` is 1 for a card each morning; `attempt` counts how often it was to be opened.
 * `look_at` is when something of it comes due next, empty when anything was changed.
 */
export interface ConferenceChannelTable {
  id: string
  space: string
  edition: string
  channel: string | null
  forum: string | null
  name: string
  topic: string
  mark: string
  adopt: string | null
  category: string | null
  with_forum: number
  state: ChannelState
  welcome_ref: string | null
  schedule_ref: string | null
  schedule_face: string | null
  schedule_no: number
  morning: number
  rota: string | null
  archive_on: Day | null
  attempt: number
  opened_by: string | null
  trouble: string | null
  look_at: Instant | ''
  made_at: Instant
  changed_at: Instant
  opened_at: Instant | null
  ended_at: Instant | null
}

/**
 * What the platform shows among its events: `subject` is `day/1` or the id of a session, which moderators `chose`. `face` is what
 * was last promised, as JSON, and `number` how many times.
 */
export interface ChannelEventTable {
  conference_channel: string
  space: string
  subject: string
  chosen: number
  face: string | null
  number: number
}

/** What moderators said about something that is to come: `hold` until they release it, `skip` for ever, `now` where they sent it early. By the key it is promised under. */
export interface ChannelDecisionTable {
  key: string
  space: string
  conference_channel: string
  decision: 'hold' | 'skip' | 'now'
  decided_by: string | null
  decided_at: Instant
}

export interface ChannelTables {
  conference_channels: ConferenceChannelTable
  channel_events: ChannelEventTable
  channel_decisions: ChannelDecisionTable
}
