import type { Instant } from '@cme-commons/core'

export type DocumentKind = 'needs' | 'activity'

/**
 * `ready`: nothing that blocks stands against a needs assessment. A mock activity goes from `draft` to `submitted`, and from there to
 * `approved` or, sent back, to `returned`.
 */
export type DocumentState = 'draft' | 'ready' | 'submitted' | 'returned' | 'approved'

/** What a member writes: one of each kind that she works on, as it is, half-filled or not. `body` is its JSON. */
export interface DocumentTable {
  id: string
  member: string
  /** Where it was begun. */
  space: string
  kind: DocumentKind
  state: DocumentState
  body: string
  made_at: Instant
  changed_at: Instant
  /** Since a link brought one of its kind that was further along. */
  set_aside_at: Instant | null
}

/** One handing in of a mock activity and what became of it; kept for good. */
export interface ReviewTable {
  id: string
  document: string
  /** Whose moderators review it. */
  space: string
  /** JSON of the mock activity and the needs assessment as they were handed in. */
  body: string
  submitted_at: Instant
  /** JSON of the points by criterion. */
  scores: string
  /** JSON of the comments by form. */
  comments: string
  reviewer: string | null
  decision: 'approved' | 'returned' | 'withdrawn' | null
  decided_at: Instant | null
}

export interface DocumentTables {
  documents: DocumentTable
  reviews: ReviewTable
}
