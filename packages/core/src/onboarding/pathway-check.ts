import type { Onboarding, Question, Resource, Step } from '../knowledge/onboarding.ts'

/** The last answer to a question of a check; `chosen` is the option's place, from 0. */
export type CheckAnswer = { question: string; chosen: number; right: boolean }

/** So many wrong answers in a row offer the resource again. */
export const WRONG_IN_A_ROW = 3

/** How a check stands. `next` is the question to ask: the first that was not asked yet, else the first that was answered wrong. */
export type CheckState = {
  questions: readonly Question[]
  asked: number
  right: number
  pass: number
  passed: boolean
  /** The ids of those answered wrong last. */
  wrong: readonly string[]
  next?: Question
}

/** Scores a check: it is passed when every question was answered and `pass` of them are right by now. Undefined when the step has none. */
export function checkOf(step: Step, onboarding: Onboarding, answers: readonly CheckAnswer[]): CheckState | undefined {
  const { proof } = step
  if (proof.kind !== 'check') return undefined
  const questions = proof.questions.flatMap((id) => onboarding.questions.find((one) => one.id === id) ?? [])
  const answerTo = (question: Question) => answers.find((answer) => answer.question === question.id)
  const asked = questions.filter(answerTo).length
  const right = questions.filter((question) => answerTo(question)?.right).length
  const next = questions.find((one) => !answerTo(one)) ?? questions.find((one) => !answerTo(one)!.right)
  const passed = asked === questions.length && right >= proof.pass
  const wrong = questions.filter((one) => answerTo(one)?.right === false).map(({ id }) => id)
  return { questions, asked, right, pass: proof.pass, passed, wrong, ...(next ? { next } : {}) }
}

/** What comes after an answer to `question`: the next one in line that is not right yet, so that a wrong one does not come twice running. */
export function questionAfter(state: CheckState, question: string): Question | undefined {
  const { next, questions, asked } = state
  if (!next || asked < questions.length || next.id !== question) return next
  const at = questions.findIndex(({ id }) => id === question)
  return [...questions.slice(at + 1), ...questions.slice(0, at)].find(({ id }) => state.wrong.includes(id)) ?? next
}

/** What a question or its step names to read again. */
export const resourceFor = (question: Question, step: Step, { resources }: Onboarding): Resource | undefined =>
  resources.find(({ id }) => id === (question.resource ?? step.resources[0]))
