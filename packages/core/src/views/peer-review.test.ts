import { expect, test } from 'vitest'
import type { Press } from '../action.ts'
import { encodeAction } from '../action-codec.ts'
import type { Card } from '../card.ts'
import type { Criterion } from '../knowledge/onboarding.ts'
import { overCard, overForm } from '../limits.ts'
import { hypertension } from '../onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../onboarding/fixtures/mock-activity.ts'
import { madeUpStatements } from '../onboarding/fixtures/statements.ts'
import type { HandedIn } from '../onboarding/handed-in.ts'
import { NEEDS_FIELDS } from '../onboarding/needs-fields.ts'
import { planningFile } from '../onboarding/planning-file.ts'
import { answerRubric, commentsOf, rubricForms, unrated } from '../onboarding/rubric.ts'
import { handedInCard, historyCard, ownActivityCard, queueCard } from './peer-review.ts'
import { plain } from './plain.ts'
import { fileCard } from './planning-file.ts'

const words = 'Words upon words of an author who has much to say about all of it. '
const level = (points: number) => ({ points, name: words.slice(0, 66), says: words })
const rubric: Criterion[] = Array.from({ length: 8 }, (_, i) => ({
  id: `criterion-${i}`,
  name: words.slice(0, 45),
  levels: [level(0), level(1), level(2)],
  source: 'a source',
  checked: '2026-11-23',
  confidence: 'well-known',
}))
const empty = { scores: {}, comments: {} }
const fits = (card: Card) => expect(overCard(card, (act) => encodeAction(act as Press))).toEqual([])

/** The largest documents that the forms let through. */
const needs = {
  ...hypertension,
  ...Object.fromEntries(
    Object.entries(NEEDS_FIELDS).flatMap(([name, { kind }]) =>
      kind === 'paragraph' || kind === 'text' ? [[name, words.repeat(23).slice(0, kind === 'text' ? 300 : 1500)]] : [],
    ),
  ),
  objectives: Array.from({ length: 6 }, () => ({ text: words.repeat(5).slice(0, 300), serves: 'system' as const })),
}
const activity = {
  ...hypertensionActivity,
  title: words.repeat(2).slice(0, 120),
  audience: needs.learners,
  place: words.repeat(2).slice(0, 120),
  measure: needs.measure,
  baseline: needs.baseline,
  objectives: needs.objectives.map(({ text }) => text),
  schedule: Array.from({ length: 60 }, () => ({
    day: 1,
    minutes: 10,
    kind: 'education' as const,
    title: words.slice(0, 40),
  })),
}
const comment = words.repeat(23).slice(0, 1500)
const rating = { scores: Object.fromEntries(rubric.map(({ id }) => [id, 2])), comments: { 1: comment, 2: comment } }
const handed = (n: number, decision?: HandedIn['decision']): HandedIn => ({
  id: `rev${n}`,
  author: words.slice(0, 60),
  needs,
  activity,
  at: '2026-11-23T14:00:00.000Z',
  rating,
  ...(decision ? { decision } : {}),
})
const history = Array.from({ length: 20 }, (_, i) => handed(i, 'returned'))

test('the largest documents fit every platform on every view, and every section of the file is reached', () => {
  for (const state of ['draft', 'submitted', 'returned', 'approved'] as const)
    fits(ownActivityCard(activity, state, [], [], history[0]))
  fits(handedInCard(handed(1), rubric))
  fits(queueCard(history))
  fits(historyCard(history, rubric))
  const file = planningFile(needs, activity, { statements: madeUpStatements(true), rubric }, history)
  const turn = (from: number): Press => ({ do: 'activity.file', from })
  const back = { label: 'The mock activity', act: { do: 'activity.show' } as const }
  const seen: string[] = []
  for (let from: number | undefined = 0; from !== undefined; ) {
    const card: Card = fileCard(file, from, turn, back)
    fits(card)
    expect(plain(card)).toContain('MOCK')
    seen.push(...card.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : [])))
    const [next] = card.buttons ?? []
    from =
      next?.label.startsWith('Next') && 'act' in next && next.act.do === 'activity.file' ? next.act.from : undefined
  }
  expect(seen).toEqual(expect.arrayContaining(file.sections.map(({ title }) => title)))
})

test('the rubric is asked in two forms, in any order, and an answer that is none of the levels is told at its field', () => {
  const forms = rubricForms(rubric, 'rev1', empty)
  expect(forms.map(({ title }) => title)).toEqual(['Review, part 1 of 2', 'Review, part 2 of 2'])
  expect(forms.flatMap(overForm)).toEqual([])
  const second = answerRubric(rubric, 2, empty, { 'criterion-4': '2', 'criterion-5': '7', comment: ' Second. ' })!
  expect(second.doc).toEqual({ scores: { 'criterion-4': 2 }, comments: { 2: 'Second.' } })
  expect(Object.keys(second.fields)).toEqual(['criterion-5'])
  const both = answerRubric(rubric, 1, second.doc, { 'criterion-0': '0', comment: 'First.' })!
  expect(commentsOf(both.doc)).toEqual(['First.', 'Second.'])
  expect(unrated(rubric, both.doc).map(({ id }) => id)).not.toContain('criterion-0')
  expect(answerRubric(rubric, 3, empty, {})).toBeUndefined()
})
