import {
  allRightCard,
  answeredCard,
  type CheckAnswer,
  type CheckState,
  checkOf,
  type PathStep,
  questionAfter,
  questionCard,
  type Reply,
  resourceFor,
  WRONG_IN_A_ROW,
} from '@cme-commons/core'
import { changeStep, noteDeed, type ProgressRows, putAnswer } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { begin, doneNow, offPath, openStepOn, type Refusal, type Stand, standOf, wayOn } from './stand.ts'

/** What she answered so far in the check of a step. */
export const answersOf = ({ rows }: { rows: ProgressRows }, step: string): CheckAnswer[] =>
  rows.answers
    .filter((answer) => answer.step === step)
    .map(({ question, chosen, right }) => ({ question, chosen, right: right === 1 }))

type Asked = { stand: Stand; at: PathStep; state: CheckState }

/** The check of an open step, held for this transaction. */
async function checkIn(ctx: Ctx, id: string): Promise<Asked | { refusal: Refusal }> {
  const before = await standOf(ctx)
  const found = openStepOn(ctx, before, id)
  if ('refusal' in found) return found
  if (found.at.step.proof.kind !== 'check') return { refusal: offPath('This step has no questions now.') }
  await begin(ctx, before.member, id)
  // Read again: another press may have answered while this one waited for the row.
  const stand = await standOf(ctx)
  const state = checkOf(found.at.step, ctx.content.onboarding, answersOf(stand, id))!
  return { stand, at: found.at, state }
}

/** Asks a question: the one that was named, else the next in line. */
export async function askQuestion(ctx: Ctx, id: string, question?: string): Promise<Reply> {
  const asked = await checkIn(ctx, id)
  if ('refusal' in asked) return asked.refusal
  const { at, state } = asked
  const wanted = state.questions.find((one) => one.id === question) ?? state.next
  const say = wanted ? questionCard(at.step, wanted, state) : allRightCard(at.step, state)
  return { say, private: true }
}

/**
 * Tells whether an answer is right, and why. A right answer stays; the same answer twice is one; the step is done when enough are
 * right, whatever is answered afterwards.
 */
export async function answerQuestion(ctx: Ctx, id: string, question: string, option: number): Promise<Reply> {
  const asked = await checkIn(ctx, id)
  if ('refusal' in asked) return asked.refusal
  const { stand, at, state } = asked
  const found = state.questions.find((one) => one.id === question)
  const chosen = found?.options[option]
  if (!found || !chosen) return offPath('This question is not asked any more.')
  const right = chosen.right === true
  let answers = answersOf(stand, id)
  const before = answers.find((answer) => answer.question === question)
  const row = stand.rows.steps.find(({ step }) => step === id)
  let run = row?.wrong_run ?? 0
  if (!before?.right && before?.chosen !== option) {
    run = right ? 0 : run + 1
    await noteDeed(ctx.tx, stand.member, ctx.now)
    await putAnswer(ctx.tx, {
      member: stand.member,
      step: id,
      question,
      chosen: option,
      right: right ? 1 : 0,
      at: ctx.now,
    })
    await changeStep(ctx.tx, stand.member, id, { wrong_run: run })
    answers = [...answers.filter((one) => one.question !== question), { question, chosen: option, right }]
  }
  const now = checkOf(at.step, ctx.content.onboarding, answers)!
  if (now.passed) await doneNow(ctx, stand.member, id)
  const after = questionAfter(now, question)
  const again = !right && run >= WRONG_IN_A_ROW ? resourceFor(found, at.step, ctx.content.onboarding) : undefined
  const { path } = now.passed ? await standOf(ctx) : stand
  const told = { chosen: option, right, state: now, ...(after ? { after } : {}), ...(again ? { again } : {}) }
  return { say: answeredCard(at.step, found, { ...told, ...wayOn(path, id) }), private: true, update: true }
}
