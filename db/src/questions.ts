import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { QuestionTable, QuestionVoteTable } from './tables/conference-people.ts'
import type { Read, Tx } from './tx.ts'

/** A question with the name of who asked and the votes it has. */
export type QuestionRow = QuestionTable & { name: string | null; votes: number }

/** Adds a question, open, and answers it. */
export async function addQuestion(
  tx: Tx,
  row: Pick<QuestionTable, 'edition' | 'space' | 'member' | 'named' | 'asked' | 'at'>,
): Promise<QuestionTable> {
  const question: QuestionTable = {
    id: `q${await nextValues(tx, 'questions')}`,
    ...row,
    released: null,
    state: 'open',
    reason: null,
    decided_by: null,
    decided_at: null,
    answered_at: null,
  }
  await tx.insertInto('questions').values(question).execute()
  return question
}

const whole = (db: Read) =>
  db
    .selectFrom('questions')
    .innerJoin('members', 'members.id', 'questions.member')
    .selectAll('questions')
    .select((e) => [
      'members.name',
      e
        .selectFrom('question_votes')
        .select((v) => v.fn.countAll<number | string>().as('count'))
        .whereRef('question_votes.question', '=', 'questions.id')
        .as('votes'),
    ])

const counted = (row: Omit<QuestionRow, 'votes'> & { votes: number | string | null }): QuestionRow => ({
  ...row,
  votes: Number(row.votes ?? 0),
})

export async function questionById(db: Read, id: string): Promise<QuestionRow | undefined> {
  const row = await whole(db).where('questions.id', '=', id).executeTakeFirst()
  return row && counted(row)
}

/** Every question of an edition, in the order in which they were asked. */
export async function questionsAt(db: Read, edition: string): Promise<QuestionRow[]> {
  const rows = await whole(db)
    .where('questions.edition', '=', edition)
    .orderBy('questions.at')
    .orderBy('questions.id')
    .execute()
  return rows.map(counted)
}

/** How many questions of a member wait at an edition. */
export async function countAsked(db: Read, edition: string, member: string): Promise<number> {
  const row = await db
    .selectFrom('questions')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('edition', '=', edition)
    .where('member', '=', member)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Decides on a question that is in the state `from`; false when somebody was faster. */
export async function decideQuestion(
  tx: Tx,
  id: string,
  from: QuestionTable['state'],
  decision: Pick<QuestionTable, 'state'> &
    Partial<Pick<QuestionTable, 'released' | 'reason' | 'decided_by' | 'decided_at' | 'answered_at'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('questions')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Counts a member's vote; false when it was counted before. */
export async function addVote(tx: Tx, row: QuestionVoteTable): Promise<boolean> {
  const done = await tx
    .insertInto('question_votes')
    .values(row)
    .onConflict((c) => c.columns(['question', 'member']).doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The platform's id of the message in which a question stands: that of the last delivery under `prefix` that brought one. */
export async function lastRef(db: Read, prefix: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select('ref')
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('state', '=', 'done')
    .where('ref', 'is not', null)
    .orderBy('settled_at', 'desc')
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.ref ?? undefined
}

/** What a member asked, and what she would like to know too, in whatever space. */
export const asksOf = async (
  db: Read,
  member: string,
): Promise<{ questions: QuestionTable[]; votes: { question: string; space: string; at: Instant }[] }> => ({
  questions: await db
    .selectFrom('questions')
    .selectAll()
    .where('member', '=', member)
    .orderBy('at')
    .orderBy('id')
    .execute(),
  votes: await db
    .selectFrom('question_votes')
    .select(['question', 'space', 'at'])
    .where('member', '=', member)
    .orderBy('at')
    .orderBy('question')
    .execute(),
})
