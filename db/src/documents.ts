import { nextValues } from './counters.ts'
import type { DocumentKind, DocumentState, DocumentTable, ReviewTable } from './tables/documents.ts'
import { type Read, RowGone, type Tx } from './tx.ts'

export const documentOf = (db: Read, member: string, kind: DocumentKind): Promise<DocumentTable | undefined> =>
  db
    .selectFrom('documents')
    .selectAll()
    .where('member', '=', member)
    .where('kind', '=', kind)
    .where('set_aside_at', 'is', null)
    .executeTakeFirst()

export const documentById = (db: Read, id: string): Promise<DocumentTable | undefined> =>
  db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirst()

/** The member's document, begun when there is none, and hers to change until commit: two forms sent at once both count. */
export async function holdDocument(
  tx: Tx,
  who: { member: string; space: string; kind: DocumentKind },
  now: string,
): Promise<DocumentTable> {
  if (!(await documentOf(tx, who.member, who.kind))) {
    const id = `doc${await nextValues(tx, 'documents')}`
    await tx
      .insertInto('documents')
      .values({
        id,
        member: who.member,
        space: who.space,
        kind: who.kind,
        state: 'draft',
        body: '{}',
        made_at: now,
        changed_at: now,
        set_aside_at: null,
      })
      .onConflict((c) => c.columns(['member', 'kind']).where('set_aside_at', 'is', null).doNothing())
      .execute()
  }
  // Writing the row locks it on PostgreSQL and gives what whoever was faster has committed.
  const row = await tx
    .updateTable('documents')
    .set((e) => ({ changed_at: e.ref('changed_at') }))
    .where('member', '=', who.member)
    .where('kind', '=', who.kind)
    .where('set_aside_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new RowGone(`the ${who.kind} of ${who.member} was erased meanwhile`)
  return row
}

export async function changeDocument(
  tx: Tx,
  id: string,
  change: { body?: string; state?: DocumentState },
  now: string,
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ ...change, changed_at: now })
    .where('id', '=', id)
    .execute()
}

/** Keeps what is handed in, as it is at this moment. */
export async function addReview(
  tx: Tx,
  handed: Pick<ReviewTable, 'document' | 'space' | 'body' | 'submitted_at'>,
): Promise<ReviewTable> {
  const id = `rev${await nextValues(tx, 'reviews')}`
  return tx
    .insertInto('reviews')
    .values({ id, ...handed, scores: '{}', comments: '{}', reviewer: null, decision: null, decided_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export type ReviewRow = ReviewTable & { member: string; name: string | null }

const withAuthor = (db: Read) =>
  db
    .selectFrom('reviews')
    .innerJoin('documents', 'documents.id', 'reviews.document')
    .innerJoin('members', 'members.id', 'documents.member')
    .selectAll('reviews')
    .select(['documents.member', 'members.name'])

/** What waits for review in a space, the longest waiting first. */
export const waitingReviews = (db: Read, space: string, limit = 50): Promise<ReviewRow[]> =>
  withAuthor(db)
    .where('reviews.space', '=', space)
    .where('reviews.decision', 'is', null)
    .orderBy('reviews.submitted_at')
    .orderBy('reviews.id')
    .limit(limit)
    .execute()

export const reviewById = (db: Read, id: string): Promise<ReviewRow | undefined> =>
  withAuthor(db).where('reviews.id', '=', id).executeTakeFirst()

/** Every handing in of a document, the latest first. */
export const reviewsOf = (db: Read, document: string): Promise<ReviewTable[]> =>
  db
    .selectFrom('reviews')
    .selectAll()
    .where('document', '=', document)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()

/** The review, nobody else's to change until commit; nothing when it was decided meanwhile. */
export const holdReview = (tx: Tx, id: string): Promise<ReviewTable | undefined> =>
  tx
    .updateTable('reviews')
    .set((e) => ({ document: e.ref('document') }))
    .where('id', '=', id)
    .where('decision', 'is', null)
    .returningAll()
    .executeTakeFirst()

/** Changes a review that is not decided yet; false when it is. */
export async function changeReview(
  tx: Tx,
  id: string,
  change: Partial<Pick<ReviewTable, 'scores' | 'comments' | 'reviewer' | 'decision' | 'decided_at'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('reviews')
    .set(change)
    .where('id', '=', id)
    .where('decision', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** The platform's id of a member in a space; of several there, the one that she chose to be written to. */
export async function userIn(db: Read, space: string, member: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('identities')
    .leftJoin('linked', (join) =>
      join.onRef('linked.space', '=', 'identities.space').onRef('linked.user_id', '=', 'identities.user'),
    )
    .select('identities.user')
    .where('identities.space', '=', space)
    .where('identities.member', '=', member)
    .orderBy('linked.home', 'desc')
    .orderBy('identities.user')
    .limit(1)
    .executeTakeFirst()
  return row?.user
}
