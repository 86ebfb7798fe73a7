import {
  allRightCard,
  answeredCard,
  type CheckAnswer,
  checkOf,
  finderForm,
  findStep,
  foundTrackCard,
  type Knowledge,
  lockedCard,
  markSample,
  milestonesOf,
  offPathCard,
  onPath,
  otherTrackCard,
  pathCard,
  pathOf,
  progressCard,
  proofForm,
  questionCard,
  resourceFor,
  type StepRecord,
  sampleCard,
  sampleForm,
  samplesCard,
  stepCard,
  stepDoneCard,
  toldCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const NOW = '2026-11-23T14:00:00.000Z'
const done = (step: string): StepRecord => ({ step, begun: NOW, done: NOW })

/** Every view of the pathways: each step, question and sample would be too many, so one of each kind and the longest. */
export function pathwayViews(content: Knowledge): Shown[] {
  const { onboarding } = content
  const { samples, questions } = onboarding
  const [fresh, half] = [pathOf(onboarding, undefined, []), pathOf(onboarding, 'program', [done('fundamentals')])]
  const all = pathOf(
    onboarding,
    'program',
    onboarding.pathways.flatMap(({ steps }) => steps.map(({ id }) => done(id))),
  )
  const records = [done('fundamentals'), done('communities'), done('planning-webinar'), done('acc-standards')]
  const { step } = findStep(onboarding, 'fundamentals')!
  const told = { ...done('planning-webinar'), said: 'Ask for the baseline before the topic.', day: '2026-11-20' }
  const evaluation: StepRecord = {
    ...done('prog-evaluation'),
    answers: {
      measure: 'Antibiotics within one hour, monthly chart audit',
      baseline: '31 % of 100 cases, audit of the sepsis committee, March 2026',
      'follow-up': 'later',
      comparison: 'none',
      sentence:
        'Before, antibiotics came within one hour in __ % of __ cases, six months after in __ % of __; __ of __ answered.',
    },
  }
  const at = (id: string, path = half) => onPath(path, id)!
  const answers = (right: boolean): CheckAnswer[] =>
    step.proof.kind === 'check' ? step.proof.questions.map((question) => ({ question, chosen: 0, right })) : []
  const state = (answers: CheckAnswer[]) => checkOf(step, onboarding, answers)!
  const first = state([]).questions[0]!
  const right = first.options.findIndex((option) => option.right)
  const again = resourceFor(first, step, onboarding)!
  const [sample] = samples
  const flaws = sample!.parts.filter(({ flaw }) => flaw).map(({ id }) => id)
  const sound = sample!.parts.find(({ flaw }) => !flaw)!.id
  const card = (view: string, card: Shown['card'] & object): Shown => ({ view, card })
  const longest = [...questions].sort((a, b) => b.explain.length - a.explain.length)[0]!
  return [
    card('path/new', pathCard(fresh, onboarding)),
    card('path/on-track', pathCard(half, onboarding, 'program')),
    card('path/all-done', pathCard(all, onboarding, 'program')),
    { view: 'path/find', form: finderForm(onboarding.finder) },
    card('path/found', foundTrackCard(['program'], content)),
    card('path/found-two', foundTrackCard(['program', 'accreditation'], content)),
    card('path/found-none', foundTrackCard([], content)),
    ...half.parts
      .flatMap(({ steps }) => steps)
      .map((one) =>
        card(
          `step/${one.step.id}`,
          stepCard(one, onboarding, one.step.id === 'fundamentals' ? done(one.step.id) : undefined),
        ),
      ),
    card('step/told', stepCard({ ...at('planning-webinar'), state: 'done' }, onboarding, told)),
    card('step/told-in-form', stepCard({ ...at('prog-evaluation'), state: 'done' }, onboarding, evaluation)),
    card('step/locked', lockedCard(at('mock-activity'))),
    card('step/other-track', otherTrackCard(findStep(onboarding, 'tech-xapi')!.step, content, 'edtech')),
    card('step/gone', offPathCard('This step is not used any more.')),
    card('step/done', stepDoneCard(step, half)),
    card('step/saved', stepDoneCard(step, half, true)),
    { view: 'step/attest', form: proofForm(at('communities').step, '2026-11-23')! },
    { view: 'step/form', form: proofForm(findStep(onboarding, 'prog-evaluation')!.step, '2026-11-23')! },
    { view: 'step/attend', form: proofForm(at('planning-webinar').step, '2026-11-23', told)! },
    card('check/question', questionCard(step, first, state([]))),
    card(
      'check/right',
      answeredCard(step, first, {
        chosen: right,
        right: true,
        state: state(answers(true).slice(0, 1)),
        after: state([]).questions[1]!,
      }),
    ),
    card(
      'check/wrong',
      answeredCard(step, first, {
        chosen: right === 0 ? 1 : 0,
        right: false,
        state: state(answers(false).slice(0, 1)),
        after: state([]).questions[1]!,
      }),
    ),
    card(
      'check/three-wrong',
      answeredCard(step, longest, { chosen: 0, right: false, state: state(answers(false)), after: first, again }),
    ),
    card(
      'check/passed',
      answeredCard(step, first, { chosen: right, right: true, state: state(answers(true)), next: half.next! }),
    ),
    card('check/all-right', allRightCard(step, state(answers(true)))),
    card('samples', samplesCard(samples, [sample!.id])),
    ...samples.map((one) => card(`sample/${one.id}`, sampleCard(one))),
    { view: 'sample/form', form: sampleForm(sample!, []) },
    card('sample/told', toldCard(sample!, markSample(sample!, [...flaws.slice(1), sound]), { counts: false })),
    card(
      'sample/counts',
      toldCard(sample!, markSample(sample!, [...flaws, sound]), { counts: true, next: half.next! }),
    ),
    card('progress/new', progressCard(fresh, { milestones: milestonesOf(onboarding, undefined, []), elsewhere: 0 })),
    card(
      'progress/on-the-way',
      progressCard(pathOf(onboarding, 'program', records), {
        milestones: milestonesOf(onboarding, 'program', records),
        started: NOW,
        elsewhere: 1,
        track: 'program',
      }),
    ),
    card(
      'progress/all-done',
      progressCard(all, {
        milestones: milestonesOf(
          onboarding,
          'program',
          onboarding.pathways.flatMap(({ steps }) => steps.map(({ id }) => done(id))),
        ),
        started: NOW,
        elsewhere: 0,
        track: 'program',
      }),
    ),
  ]
}
