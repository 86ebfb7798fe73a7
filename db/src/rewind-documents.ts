import type { DocumentTable, ReviewTable } from './tables/documents.ts'
import type { Tx } from './tx.ts'

/** A document that was written before `now` and changed after it, with what is left of its handings in, the latest first. */
export type ChangedLater = { document: DocumentTable; reviews: ReviewTable[] }

/**
 * Undoes what a clock that was ahead brought of documents and reviews: what was begun or handed in after `now` is gone, what was
 * decided after it waits again. Answers the documents that were changed after `now`: their text before is not kept.
 */
export async function forgetDocumentsAfter(tx: Tx, now: string): Promise<ChangedLater[]> {
  await tx.deleteFrom('reviews').where('submitted_at', '>', now).execute()
  await tx.updateTable('reviews').set({ decision: null, decided_at: null }).where('decided_at', '>', now).execute()
  await tx.deleteFrom('documents').where('made_at', '>', now).execute()
  const changed = await tx.selectFrom('documents').selectAll().where('changed_at', '>', now).orderBy('id').execute()
  const reviews = await tx
    .selectFrom('reviews')
    .selectAll()
    .where('document', 'in', tx.selectFrom('documents').select('id').where('changed_at', '>', now))
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return changed.map((document) => ({ document, reviews: reviews.filter((one) => one.document === document.id) }))
}

/** What a clock that was ahead delivered, of what was promised before `now`, is delivered again: its messages are gone. */
export async function deliverAgainAfter(tx: Tx, now: string): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'waiting', settled_at: null, attempts: 0, doubt: 0, ref: null, trouble: null, twice: null })
    .where('space', 'in', tx.selectFrom('spaces').select('id').where('platform', '=', 'try'))
    .where('settled_at', '>', now)
    .where('state', 'in', ['done', 'dead', 'expired', 'skipped'])
    .execute()
}
