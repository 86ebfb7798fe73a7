import type { Button, Card } from '../card.ts'
import type { Question, Resource, Step } from '../knowledge/onboarding.ts'
import type { PathPart } from '../onboarding/pathway.ts'
import type { CheckState } from '../onboarding/pathway-check.ts'
import { cut, em, strong, t } from '../text.ts'
import { marked } from './glossary.ts'
import { dayInWords } from './item.ts'
import { completeText, myPath, mySummary, resourceLine } from './pathway.ts'

const LETTERS = 'ABCDEF'

/** One question with its options. */
export function questionCard(step: Step, question: Question, { questions, right, pass }: CheckState): Card {
  const place = questions.findIndex(({ id }) => id === question.id) + 1
  return {
    title: cut(`Question ${place} of ${questions.length}: ${step.name}`, 150),
    blocks: [
      { kind: 'text', text: t`${strong(question.ask)}` },
      { kind: 'list', items: question.options.map(({ text }, i) => t`${LETTERS[i]!}: ${marked(text)}`) },
      { kind: 'text', text: t`${right} right so far; ${pass} of ${questions.length} are needed.`, keep: 1 },
    ],
    buttons: [
      ...question.options.map(
        (_, i): Button => ({
          label: LETTERS[i]!,
          act: { do: 'answer', step: step.id, question: question.id, option: i },
        }),
      ),
      { label: 'Later', act: { do: 'step', step: step.id } },
    ],
  }
}

/** What is told after an answer; `after` is the question that comes next, `again` the resource after three wrong in a row. */
export type AnsweredQuestion = {
  chosen: number
  right: boolean
  state: CheckState
  after?: Question
  again?: Resource
  next?: Step
  /** The pathway that is complete with it. */
  complete?: PathPart
}

/** Why the answer is right or wrong, the rule with its source, and the way on. */
export function answeredCard(step: Step, question: Question, answered: AnsweredQuestion): Card {
  const { chosen, right, state, after, again, next, complete } = answered
  const option = question.options[chosen]!
  const same = after?.id === question.id
  return {
    title: right ? 'Right' : 'Not quite',
    blocks: [
      { kind: 'text', text: t`${strong(question.ask)}` },
      { kind: 'text', text: t`You chose “${marked(option.text)}”. ${marked(option.because)}` },
      { kind: 'text', text: t`${marked(question.explain)}` },
      ...(again
        ? [
            { kind: 'text' as const, text: t`Three in a row were not right. Reading this again saves time:` },
            { kind: 'list' as const, items: [resourceLine(again)] },
          ]
        : []),
      { kind: 'progress', done: state.right, total: state.questions.length, label: 'Right answers' },
      { kind: 'text', text: t`${standing(step, state)}` },
      ...(complete ? [{ kind: 'text' as const, text: completeText(complete) }] : []),
    ],
    buttons: [
      ...(right ? [] : [tryAgain(step, question, !after || same)]),
      ...(after && !same
        ? [
            {
              label: state.asked < state.questions.length ? 'Next question' : 'Another one to mend',
              ...(state.passed ? {} : { style: 'primary' as const }),
              act: { do: 'check' as const, step: step.id, question: after.id },
            },
          ]
        : []),
      ...(state.passed && next
        ? [{ label: cut(next.name, 75), style: 'primary' as const, act: { do: 'step' as const, step: next.id } }]
        : []),
      ...(complete ? [mySummary] : []),
      myPath,
    ],
    footer: t`${em(`Source: ${cut(question.source, 300)}, checked ${dayInWords(question.checked)}.`)}`,
  }
}

const tryAgain = (step: Step, question: Question, primary: boolean): Button => ({
  label: 'Try it again',
  ...(primary ? { style: 'primary' as const } : {}),
  act: { do: 'check', step: step.id, question: question.id },
})

function standing({ name }: Step, { passed, asked, right, pass, questions }: CheckState): string {
  if (passed && right === questions.length) return `All answers are right. “${name}” is done.`
  if (passed) return `${right} of ${questions.length} are right, and ${pass} are enough. “${name}” is done.`
  if (asked < questions.length) return `${questions.length - asked} still to come; ${pass} right ones are needed.`
  return `All are answered, ${right} are right and ${pass} are needed. Go back to the ones that were not.`
}

/** A check in which everything is right has nothing left to ask. */
export const allRightCard = (step: Step, { questions }: CheckState): Card => ({
  title: 'All answers are right',
  blocks: [
    {
      kind: 'text',
      text: t`You answered all ${questions.length} questions of “${step.name}”. Nothing is left to ask.`,
    },
  ],
  buttons: [{ ...myPath, style: 'primary' }],
})
