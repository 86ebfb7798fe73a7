import type { Instant } from '../time.ts'
import type { MockActivity } from './activity.ts'
import type { NeedsAssessment } from './needs.ts'
import type { Rating } from './rubric.ts'

/** Where a mock activity stands on its way through peer review. */
export type ActivityState = 'draft' | 'submitted' | 'returned' | 'approved'

/** One handing in of a mock activity, as it was at that moment, with what the reviewers said. Without `decision` it waits. */
export type HandedIn = {
  id: string
  author: string
  needs: NeedsAssessment
  activity: MockActivity
  at: Instant
  rating: Rating
  decision?: 'approved' | 'returned' | 'withdrawn'
  decidedAt?: Instant
}
