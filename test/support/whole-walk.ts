import { type Action, type Actor, rubricForms } from '@cme-commons/core'
import type { Db } from '@cme-commons/db'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from './answers.ts'
import type { knowledge } from './world.ts'
import { moderator, sara } from './world.ts'

/** One press, or one form, of the walk. */
export type WalkStep = { who: Actor; action: Action }
type Onboarding = (typeof knowledge)['onboarding']

const she = (action: Action): WalkStep => ({ who: sara, action })
const mo = (action: Action): WalkStep => ({ who: moderator, action })
const submit = (form: string, answers: Extract<Action, { do: 'form.submit' }>['answers']): Action => ({
  do: 'form.submit',
  form,
  answers,
})
const said = 'Joined SACME; the discussion was on who reads outcome reports.'

/** The parts of the walk. Within one of them the order is the member's own affair. */
export function walkParts(onboarding: Onboarding) {
  const { finder, pathways, questions, samples, rubric } = onboarding
  const check = pathways.flatMap(({ steps }) => steps).find(({ id }) => id === 'fundamentals')!.proof
  const asked = check.kind === 'check' ? check.questions : []
  const option = (id: string, right: boolean) =>
    questions.find((one) => one.id === id)!.options.findIndex((one) => (one.right ?? false) === right)
  const answer = (question: string, right: boolean) =>
    she({ do: 'answer', step: 'fundamentals', question, option: option(question, right) })
  const speaks = finder.map(({ id, options }) => [id, String(options.findIndex((one) => one.speaks[0] === 'program'))])
  const sample = samples[0]!
  const parts = sample.parts.filter(({ flaw }) => flaw).map(({ id }) => id)
  const rated = (review: string, comment: string) =>
    rubricForms(rubric, review, { scores: {}, comments: {} }).map(({ id, fields }) =>
      mo(
        submit(
          id,
          Object.fromEntries(
            fields.map((field) => [field.name, 'options' in field ? field.options.at(-1)!.value : comment]),
          ),
        ),
      ),
    )
  const provider = activityAnswers(hypertensionActivity, hypertension).find(({ form }) => form === 'activity.provider')!
  return {
    arrival: [
      she({ do: 'home' }),
      she({ do: 'path.find' }),
      she(submit('path.find', Object.fromEntries(speaks))),
      she({ do: 'track.choose', track: 'program' }),
      she({ do: 'path.start' }),
      she({ do: 'activity.show' }),
    ],
    fundamentals: [
      she({ do: 'step', step: 'fundamentals' }),
      answer(asked[0]!, false),
      ...asked.map((id) => answer(id, true)),
    ],
    steps: [
      she(submit('step.tell:communities', { said })),
      she(submit('step.tell:planning-webinar', { said, day: '2026-11-20' })),
      she(submit(`sample.mark:${sample.id}`, { parts })),
    ],
    halfFilled: [
      she(submit('needs.practice', { learners: hypertension.learners!, currentDate: 'the other day' })),
      she({ do: 'activity.form', form: 'activity.basics' }),
    ],
    needs: needsAnswers(hypertension).map(({ form, answers }) => she(submit(form, answers))),
    draft: activityAnswers(hypertensionActivity, hypertension).map(({ form, answers }) => she(submit(form, answers))),
    handIn: [she({ do: 'activity.statements' }), she({ do: 'activity.submit' })],
    sentBack: [
      mo({ do: 'reviews' }),
      mo(submit('reviews.rate:rev1:2', { comment: 'Say who extracts the data.' })),
      mo({ do: 'reviews.return', review: 'rev1' }),
    ],
    mended: [
      she(submit(provider.form, { ...provider.answers, provider: 'Example Valley Health, quality department' })),
      she({ do: 'activity.submit' }),
    ],
    rated: rated('rev2', 'Well planned.'),
    approved: [mo({ do: 'reviews.approve', review: 'rev2' }), she({ do: 'activity.history' }), she({ do: 'progress' })],
  }
}

/** From the welcome to the approved mock activity. */
export const wholeWalk = (onboarding: Onboarding): WalkStep[] => Object.values(walkParts(onboarding)).flat()

/**
 * All that the walk leaves behind, without the ids and times that differ from run to run. A delivery counts once it is promised,
 * whether it has gone out or not.
 */
export async function whatIsKept({ read }: Pick<Db, 'read'>) {
  const identities = await read.selectFrom('identities').selectAll().execute()
  const userOf = (member: string | null) => identities.find((one) => one.member === member)?.user
  const documents = await read.selectFrom('documents').selectAll().execute()
  const kindOf = (id: string) => documents.find((one) => one.id === id)?.kind
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort()
  return {
    members: sorted(
      (await read.selectFrom('members').selectAll().execute()).map(({ id, name, track }) => [userOf(id), name, track]),
    ),
    documents: sorted(
      documents.map(({ member, kind, state, body }) => ({ user: userOf(member), kind, state, body: byName(body) })),
    ),
    reviews: sorted(
      (await read.selectFrom('reviews').selectAll().execute()).map((row) => ({
        id: row.id,
        of: kindOf(row.document),
        decision: row.decision,
        decided: row.decided_at !== null,
        reviewer: userOf(row.reviewer),
        scores: byName(row.scores),
        comments: byName(row.comments),
        body: byName(row.body),
      })),
    ),
    begun: (await read.selectFrom('onboardings').select('member').execute()).map(({ member }) => userOf(member)).sort(),
    steps: sorted(
      (await read.selectFrom('step_progress').selectAll().execute()).map(
        ({ member, step, done_at, said, day, wrong_run }) => ({
          ...{ step, user: userOf(member), done: done_at !== null },
          ...{ said, day, wrong_run },
        }),
      ),
    ),
    answers: sorted(
      (await read.selectFrom('check_answers').selectAll().execute()).map(
        ({ member, step, question, chosen, right }) => [userOf(member), step, question, chosen, right],
      ),
    ),
    marks: sorted(
      (await read.selectFrom('sample_marks').selectAll().execute()).map(({ member, sample, marked }) => [
        userOf(member),
        sample,
        marked,
      ]),
    ),
    deliveries: sorted(
      (await read.selectFrom('deliveries').selectAll().execute()).map(({ key, space, address, effect }) => ({
        ...{ key, space, address },
        effect: JSON.parse(effect),
      })),
    ),
  }
}

/** JSON with its names in order: which form came first does not matter. */
const byName = (json: string): unknown =>
  JSON.parse(json, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
