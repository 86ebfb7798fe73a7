import type { MockActivity } from '@cme-commons/core'
import { type ChangedLater, changeDocument, forgetDocumentsAfter, type Tx } from '@cme-commons/db'
import { bodyOf } from './documents.ts'

/**
 * Takes documents and reviews back to `now`. What waits for review is again as it was handed in; any other text stays as it was last
 * written, because no earlier one is kept, and its state is what its reviews still say.
 */
export async function rewindDocuments(tx: Tx, now: string): Promise<void> {
  for (const changed of await forgetDocumentsAfter(tx, now)) {
    const { document } = changed
    await changeDocument(tx, document.id, document.kind === 'activity' ? asReviewed(changed) : {}, now)
  }
}

function asReviewed({ document, reviews: [last] }: ChangedLater): Parameters<typeof changeDocument>[2] {
  const handedIn = last && JSON.stringify(bodyOf<{ activity: MockActivity }>(last).activity)
  if (!last || last.decision === 'withdrawn') return { state: 'draft' }
  if (last.decision === null) return { state: 'submitted', body: handedIn! }
  // Approved is what was read: a text that was changed since is a new draft.
  if (last.decision === 'approved') return { state: handedIn === document.body ? 'approved' : 'draft' }
  return { state: 'returned' }
}
