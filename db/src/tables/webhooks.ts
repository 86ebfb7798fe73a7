import type { Instant } from '@cme-commons/core'

/**
 * Where a program of a space hears of what happens. `events` are written `,a,b,`; `secret` is sealed, and so is `old_secret`, which signs
 * as well until `old_until`. With `stopped_at` nothing is posted any more; `trouble` says why.
 */
export interface WebhookTable {
  id: string
  space: string
  url: string
  events: string
  secret: string
  old_secret: string | null
  old_until: Instant | null
  made_at: Instant
  changed_at: Instant
  stopped_at: Instant | null
  trouble: string | null
}

export interface WebhookTables {
  webhooks: WebhookTable
}
