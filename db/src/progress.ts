import type { CheckAnswerTable, SampleMarkTable, StepProgressTable } from './tables/onboarding.ts'
import type { Read, Tx } from './tx.ts'

/** Everything kept of a member's pathway. */
export type ProgressRows = {
  started?: string
  steps: StepProgressTable[]
  answers: CheckAnswerTable[]
  marks: SampleMarkTable[]
}

export async function progressOfMember(db: Read, member: string): Promise<ProgressRows> {
  const onboarding = await db
    .selectFrom('onboardings')
    .select('started_at')
    .where('member', '=', member)
    .executeTakeFirst()
  const steps = await db
    .selectFrom('step_progress')
    .selectAll()
    .where('member', '=', member)
    .orderBy('begun_at')
    .orderBy('step')
    .execute()
  const answers = await db.selectFrom('check_answers').selectAll().where('member', '=', member).execute()
  const marks = await db.selectFrom('sample_marks').selectAll().where('member', '=', member).orderBy('sample').execute()
  return { ...(onboarding ? { started: onboarding.started_at } : {}), steps, answers, marks }
}

/** Notes when a member began; the first time counts. */
export async function startOnboarding(tx: Tx, member: string, now: string): Promise<void> {
  await tx
    .insertInto('onboardings')
    .values({ member, started_at: now })
    .onConflict((c) => c.column('member').doNothing())
    .execute()
}

/** The row of a step, made when she first does anything about it. It stays locked until the transaction ends, so that two presses take turns. */
export async function beginStep(tx: Tx, member: string, step: string, now: string): Promise<StepProgressTable> {
  return tx
    .insertInto('step_progress')
    .values({ member, step, begun_at: now, done_at: null, said: null, day: null, wrong_run: 0 })
    .onConflict((c) => c.columns(['member', 'step']).doUpdateSet((eb) => ({ step: eb.ref('step_progress.step') })))
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function changeStep(
  tx: Tx,
  member: string,
  step: string,
  change: Partial<Pick<StepProgressTable, 'said' | 'day' | 'wrong_run'>>,
): Promise<void> {
  await tx.updateTable('step_progress').set(change).where('member', '=', member).where('step', '=', step).execute()
}

/** Marks a begun step as done at `now`; the first time counts. True when it was not done before. */
export async function finishStep(tx: Tx, member: string, step: string, now: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('step_progress')
    .set({ done_at: now })
    .where('member', '=', member)
    .where('step', '=', step)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Keeps an answer in the place of the one before. */
export async function putAnswer(tx: Tx, answer: CheckAnswerTable): Promise<void> {
  const { chosen, right, at } = answer
  await tx
    .insertInto('check_answers')
    .values(answer)
    .onConflict((c) => c.columns(['member', 'step', 'question']).doUpdateSet({ chosen, right, at }))
    .execute()
}

/** Keeps the marks on a sample in the place of those before. */
export async function putMarks(tx: Tx, marks: SampleMarkTable): Promise<void> {
  const { marked, at } = marks
  await tx
    .insertInto('sample_marks')
    .values(marks)
    .onConflict((c) => c.columns(['member', 'sample']).doUpdateSet({ marked, at }))
    .execute()
}

/** Undoes what a clock that was ahead brought. */
export async function forgetProgressAfter(tx: Tx, now: string): Promise<void> {
  await tx.deleteFrom('onboardings').where('started_at', '>', now).execute()
  await tx.deleteFrom('step_progress').where('begun_at', '>', now).execute()
  await tx.updateTable('step_progress').set({ done_at: null }).where('done_at', '>', now).execute()
  await tx.deleteFrom('check_answers').where('at', '>', now).execute()
  await tx.deleteFrom('sample_marks').where('at', '>', now).execute()
}
