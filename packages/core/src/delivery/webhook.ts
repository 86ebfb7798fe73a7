import type { Instant } from '../time.ts'

/** What programs of an association can be told of. Names and shapes are an interface: add, never change. */
export const WEBHOOK_EVENTS = [
  'item.added',
  'digest.made',
  'step.done',
  'pathway.done',
  'date.added',
  'date.moved',
  'date.cancelled',
] as const
/** `ping` is sent when a moderator asks whether an address answers, whatever events she chose. */
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number] | 'ping'
export const isWebhookEvent = (said: string): said is (typeof WEBHOOK_EVENTS)[number] =>
  WEBHOOK_EVENTS.some((one) => one === said)

/**
 * One thing that happened, as it is stored until it is sent: ids and what is public about them, no text that a person wrote. A `member`
 * is our id of her, which moderators of the space see as well.
 */
export type WebhookEvent = { at: Instant } & (
  | { type: 'item.added'; data: { item: string } }
  | { type: 'digest.made'; data: { digest: string; channel: string } }
  | { type: 'step.done'; data: { member: string; step: string } }
  | { type: 'pathway.done'; data: { member: string; pathway: string } }
  | { type: 'date.added' | 'date.moved' | 'date.cancelled'; data: WebhookDate }
  | { type: 'ping'; data: { webhook: string } }
)
/** `from` and `to` are days, or instants where the time is known; `was` where it was before it moved. */
export type WebhookDate = {
  date: string
  edition?: string
  conference: string
  kind: string
  status: string
  sequence: number
  from: string
  to?: string
  was?: string
}

/** The body of one request, before it is signed. */
export type WebhookCall = { type: WebhookEventType; timestamp: Instant; data: Readonly<Record<string, unknown>> }

/** About three days at the pace of `backoff`: a weekend without anybody in the office. */
export const WEBHOOK_ATTEMPTS = 18
