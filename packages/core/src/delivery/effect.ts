import type { Card } from '../card.ts'
import type { ChannelPart } from '../conferences/channel.ts'
import type { DateTime } from '../conferences/conference.ts'
import type { Face } from '../conferences/news.ts'
import type { Instant } from '../time.ts'
import type { WebhookCall, WebhookEvent } from './webhook.ts'

/** Where something goes: a member in private, or a channel, of one space. Ids are the platform's own. */
export type Address = { space: string } & ({ user: string } | { channel: string })

/** A role of the platform that a member gets, and those that are taken from her. */
export type RoleChange = { give?: string; take: readonly string[] }

/**
 * What the product does to the outside unasked. Stored in the outbox in the transaction that caused it; a `digest` names a kept
 * digest instead of carrying its card, so that a hundred thousand readers of one digest cost a hundred thousand short rows. The card of
 * a welcome or nudge (`company`), and of the moderators' list of a slot (`stalled`), is made as it goes out; so are those of a reminder
 * (`lead` is `7d` or `15m`), of a digest that would be empty (`nothing-new`), of what became of a date or an edition, and of what is usually announced in a `month` (`2027-02`). A
 * `channel` is one part of the life of a conference channel, by our id of it.
 */
export type Effect =
  | { kind: 'message'; card: Card }
  | { kind: 'digest'; digest: string; subscription: string }
  | { kind: 'nothing-new'; subscription: string; slot: Instant }
  | { kind: 'role'; role: RoleChange }
  | { kind: 'company'; touch: 'welcome' | 'nudge'; member: string }
  | { kind: 'stalled'; slot: Instant }
  | { kind: 'reminder'; date: string; lead: string; when: DateTime }
  | { kind: 'date-news'; date: string; face: Face }
  | { kind: 'edition-news'; edition: string; status: 'planned' | 'cancelled' }
  | { kind: 'usual-dates'; month: string }
  | { kind: 'introduction' | 'did-you-meet'; edition: string; round: string; member: string }
  | { kind: 'question-note' | 'question' | 'question-votes'; question: string }
  | { kind: 'recap-offer'; edition: string }
  | { kind: 'channel'; channel: string; part: ChannelPart }
  | { kind: 'webhook'; webhook: string; event: WebhookEvent }

/**
 * What became of one attempt. `later` (milliseconds) costs no attempt and pauses the whole lane, or `only` this address; `failed` costs
 * one and backs off, with `doubt` when it may have arrived all the same; `never` stops at once; with `gone` nothing
 * will arrive at this address until a person mends it.
 */
export type Outcome =
  | { done: true; ref?: string; twice?: 'looked-up' | 'sent-blind' }
  | { later: number; only?: 'address'; why?: string }
  | { failed: string; doubt?: boolean }
  | { never: string; gone?: 'address' }

/**
 * A channel that a moderator opens. `mark` stands in its topic, so that it is found again instead of made twice; `adopt` is a channel
 * of the platform's that she named for it. On Discord it goes into the `category` of that name, and may be a forum.
 */
export type NewChannel = {
  mark: string
  name: string
  topic: string
  adopt?: string
  category?: string
  forum?: true
}

/** Something that the platform shows among what is on: Discord's scheduled events. Found again by its `mark`, which stands in `about`. */
export type HostedEvent = {
  mark: string
  title: string
  about: string
  start: Instant
  end: Instant
  place: string
  cancelled?: true
}

/**
 * What a bot does at an address. A `card` has below it what is in `thread`; with `pin` it is pinned as well, with `edit` it takes the place
 * of the message with that `ref`, or is sent anew where that is gone. `open` answers with the channel's id as `ref`; the others are about the
 * channel of the address. What a platform does not have (bookmarks on Discord, events on Slack) is `done` there without a `ref`.
 */
export type Work =
  | { card: Card; thread?: readonly Card[]; pin?: true; edit?: string }
  | { role: RoleChange }
  | { open: NewChannel }
  | { topic: string }
  | { bookmark: { title: string; href: string } }
  | { event: HostedEvent }
  | { archive: true }
  | { call: WebhookCall }

/** What a platform's `deliver` is handed. `doubt`: an earlier attempt ended without an answer, so look before you send again. */
export type Parcel = { id: string; key: string; to: Address; attempt: number; doubt: boolean; now: Instant } & Work
export type Deliver = (parcel: Parcel) => Promise<Outcome>
