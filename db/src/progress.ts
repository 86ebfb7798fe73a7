import { daysBetween } from '@cme-commons/core'
import type { CheckAnswerTable, OnboardingTable, SampleMarkTable, StepProgressTable } from './tables/onboarding.ts'
import type { Read, Tx } from './tx.ts'

/** Everything of a member's pathway, as it is stored. */
export type Progressed = {
  onboarding: OnboardingTable | null
  steps: StepProgressTable[]
  answers: CheckAnswerTable[]
  marks: SampleMarkTable[]
}

/** Everything kept of a member's pathway. */
export type ProgressRows = {
  started?: string
  finished?: string
  steps: StepProgressTable[]
  answers: CheckAnswerTable[]
  marks: SampleMarkTable[]
}

export async function progressOfMember(db: Read, member: string): Promise<ProgressRows> {
  const onboarding = await db
    .selectFrom('onboardings')
    .select(['started_at', 'finished_at'])
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
  return {
    ...(onboarding ? { started: onboarding.started_at } : {}),
    ...(onboarding?.finished_at ? { finished: onboarding.finished_at } : {}),
    steps,
    answers,
    marks,
  }
}

/** Who is on her way, and in which space. */
export type Walker = { member: string; space: string }

/** Notes that a member does something on her pathway; the first time is when she began. */
export async function startOnboarding(tx: Tx, { member, space }: Walker, now: string): Promise<void> {
  const made = await tx
    .insertInto('onboardings')
    .values({ member, space, started_at: now, moved_at: now, finished_at: null })
    .onConflict((c) => c.column('member').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made) await count(tx, wholeOf(made), 1)
  else await tx.updateTable('onboardings').set({ moved_at: now }).where('member', '=', member).execute()
}

/** Keeps that nothing of her pathway is left since `now`, or that something is again. */
export async function markFinished(tx: Tx, member: string, finished: boolean, now: string): Promise<void> {
  const before = await tx.selectFrom('onboardings').selectAll().where('member', '=', member).executeTakeFirst()
  if (!before || finished === (before.finished_at !== null)) return
  const after = await tx
    .updateTable('onboardings')
    .set({ finished_at: finished ? now : null, moved_at: now })
    .where('member', '=', member)
    .where('finished_at', finished ? 'is' : '=', before.finished_at)
    .returningAll()
    .executeTakeFirst()
  // Another press may have marked it meanwhile.
  if (!after) return
  await count(tx, wholeOf(before), -1)
  await count(tx, wholeOf(after), 1)
}

/** The onboarding as a whole is counted as a step without a name. */
const wholeOf = ({ space, started_at, finished_at }: OnboardingTable): Counted => ({
  space,
  step: '',
  begun_at: started_at,
  done_at: finished_at,
})

/** The row of a step, made when she first does anything about it. It stays locked until the transaction ends, so that two presses take turns. */
export async function beginStep(
  tx: Tx,
  { member, space }: Walker,
  step: string,
  now: string,
): Promise<StepProgressTable> {
  const made = await tx
    .insertInto('step_progress')
    .values({ member, space, step, begun_at: now, done_at: null, said: null, day: null, answers: null, wrong_run: 0 })
    .onConflict((c) => c.columns(['member', 'step']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made) {
    await count(tx, made, 1)
    return made
  }
  return tx
    .updateTable('step_progress')
    .set((eb) => ({ step: eb.ref('step') }))
    .where('member', '=', member)
    .where('step', '=', step)
    .returningAll()
    .executeTakeFirstOrThrow()
}

type Counted = Pick<StepProgressTable, 'space' | 'step' | 'begun_at' | 'done_at'>

/** Counts a step of a member in its space: under way, or done after so many days. */
async function count(tx: Tx, { space, step, begun_at, done_at }: Counted, by: 1 | -1): Promise<void> {
  const days = done_at ? daysBetween(begun_at, done_at) : -1
  await tx
    .insertInto('step_counts')
    .values({ space, step, days, members: by })
    .onConflict((c) =>
      c.columns(['space', 'step', 'days']).doUpdateSet((e) => ({ members: e('step_counts.members', '+', by) })),
    )
    .execute()
}

export async function changeStep(
  tx: Tx,
  member: string,
  step: string,
  change: Partial<Pick<StepProgressTable, 'said' | 'day' | 'answers' | 'wrong_run'>>,
): Promise<void> {
  await tx.updateTable('step_progress').set(change).where('member', '=', member).where('step', '=', step).execute()
}

/** Marks a begun step as done at `now`; the first time counts. True when it was not done before. */
export async function finishStep(tx: Tx, member: string, step: string, now: string): Promise<boolean> {
  const done = await tx
    .updateTable('step_progress')
    .set({ done_at: now })
    .where('member', '=', member)
    .where('step', '=', step)
    .where('done_at', 'is', null)
    .returning(['space', 'step', 'begun_at', 'done_at'])
    .executeTakeFirst()
  if (!done) return false
  await count(tx, { ...done, done_at: null }, -1)
  await count(tx, done, 1)
  return true
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

/** Everything of a member's pathway, as it is stored. */
export async function progressRows(db: Read, member: string): Promise<Progressed> {
  const onboarding = await db.selectFrom('onboardings').selectAll().where('member', '=', member).executeTakeFirst()
  const { steps, answers, marks } = await progressOfMember(db, member)
  return { onboarding: onboarding ?? null, steps, answers, marks }
}

/** Puts a member's pathway in the place of what there was of it; what is counted follows. */
export async function putProgress(tx: Tx, member: string, rows: Progressed): Promise<void> {
  const before = await progressRows(tx, member)
  for (const one of countedIn(before)) await count(tx, one, -1)
  for (const table of ['sample_marks', 'check_answers', 'step_progress', 'onboardings'] as const)
    await tx.deleteFrom(table).where('member', '=', member).execute()
  const hers = <T extends { member: string }>(list: readonly T[]): T[] => list.map((row) => ({ ...row, member }))
  if (rows.onboarding)
    await tx
      .insertInto('onboardings')
      .values({ ...rows.onboarding, member })
      .execute()
  if (rows.steps.length > 0) await tx.insertInto('step_progress').values(hers(rows.steps)).execute()
  if (rows.answers.length > 0) await tx.insertInto('check_answers').values(hers(rows.answers)).execute()
  if (rows.marks.length > 0) await tx.insertInto('sample_marks').values(hers(rows.marks)).execute()
  for (const one of countedIn(rows)) await count(tx, one, 1)
}

const countedIn = ({ onboarding, steps }: Progressed): Counted[] => [
  ...(onboarding ? [wholeOf(onboarding)] : []),
  ...steps,
]

/** Undoes what a clock that was ahead brought. */
export async function forgetProgressAfter(tx: Tx, now: string): Promise<void> {
  const later = await tx
    .selectFrom('step_progress')
    .select(['space', 'step', 'begun_at', 'done_at'])
    .where((e) => e.or([e('begun_at', '>', now), e('done_at', '>', now)]))
    .execute()
  const whole = await tx
    .selectFrom('onboardings')
    .selectAll()
    .where((e) => e.or([e('started_at', '>', now), e('finished_at', '>', now)]))
    .execute()
  for (const one of [...later, ...whole.map(wholeOf)]) {
    await count(tx, one, -1)
    if (one.begun_at <= now) await count(tx, { ...one, done_at: null }, 1)
  }
  await tx.deleteFrom('onboardings').where('started_at', '>', now).execute()
  await tx.updateTable('onboardings').set({ moved_at: now }).where('moved_at', '>', now).execute()
  await tx.updateTable('onboardings').set({ finished_at: null }).where('finished_at', '>', now).execute()
  await tx.deleteFrom('step_progress').where('begun_at', '>', now).execute()
  await tx.updateTable('step_progress').set({ done_at: null }).where('done_at', '>', now).execute()
  await tx.deleteFrom('check_answers').where('at', '>', now).execute()
  await tx.deleteFrom('sample_marks').where('at', '>', now).execute()
}
