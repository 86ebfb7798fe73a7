import type { Card } from '../card.ts'
import type { DateTime } from '../conferences/conference.ts'
import type { Face } from '../conferences/news.ts'
import type { Instant } from '../time.ts'

/** Where something goes: a member in private, or a channel, of one space. Ids are the platform's own. */
export type Address = { space: string } & ({ user: string } | { channel: string })

/** A role of the platform that a member gets, and those that are taken from her. */
export type RoleChange = { give?: string; take: readonly string[] }

/**
 * What the product does to the outside unasked. Stored in the outbox in the transaction that caused it; a `digest` names a kept
 * digest instead of carrying its card, so that a hundred thousand readers of one digest cost a hundred thousand short rows. The card of
 * a welcome or nudge (`company`), and of the moderators' list of a slot (`stalled`), is made as it goes out; so are those of a reminder
 * (`lead` is `7d` or `15m`), of what became of a date or an edition, and of what is usually announced in a `month` (`2027-02`).
 */
export type Effect =
  | { kind: 'message'; card: Card }
  | { kind: 'digest'; digest: string; subscription: string }
  | { kind: 'role'; role: RoleChange }
  | { kind: 'company'; touch: 'welcome' | 'nudge'; member: string }
  | { kind: 'stalled'; slot: Instant }
  | { kind: 'reminder'; date: string; lead: string; when: DateTime }
  | { kind: 'date-news'; date: string; face: Face }
  | { kind: 'edition-news'; edition: string; status: 'planned' | 'cancelled' }
  | { kind: 'usual-dates'; month: string }

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

/** What a bot does at an address: a card, with `thread` for what goes below it, or a change of roles. */
export type Work = { card: Card; thread?: readonly Card[] } | { role: RoleChange }

/** What a platform's `deliver` is handed. `doubt`: an earlier attempt ended without an answer, so look before you send again. */
export type Parcel = { id: string; key: string; to: Address; attempt: number; doubt: boolean; now: Instant } & Work
export type Deliver = (parcel: Parcel) => Promise<Outcome>
