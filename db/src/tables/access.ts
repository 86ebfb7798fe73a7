import type { Instant } from '@cme-commons/core'

/** A key to the API. Only the SHA-256 of the secret is kept, as hexadecimal digits. */
export interface TokenTable {
  id: string
  hash: string
  space: string
  /** Whose own it is; null for a moderator's or an operator's. */
  member: string | null
  /** `Scope`s between commas. */
  scopes: string
  made_by: string
  made_at: Instant
  expires_at: Instant
  /** The last use, to the minute. */
  used_at: Instant | null
  revoked_at: Instant | null
}

/** Who changed what, in order of `seq`; lines are added and never changed. Neither `actor` nor `detail` holds what a member would want erased. */
export interface AuditTable {
  seq: number
  at: Instant
  /** Null for what concerns the whole installation. */
  space: string | null
  actor: string
  what: string
  detail: string
}

/** How many erased members of a space had begun a step, and how many had done it; step '' is the onboarding as a whole. */
export interface ErasedCountTable {
  space: string
  step: string
  what: 'begun' | 'done'
  count: number
}

/**
 * What was answered to a request that carried a key of its own (`Idempotency-Key`): sent again within a day, it gets the same answer and
 * does nothing. `request` is a hash of method, address and body; `headers` is JSON.
 */
export interface KeptAnswerTable {
  token: string
  key: string
  request: string
  space: string
  status: number
  headers: string
  body: string
  at: Instant
}

export interface AccessTables {
  kept_answers: KeptAnswerTable
  tokens: TokenTable
  audit: AuditTable
  erased_counts: ErasedCountTable
}
