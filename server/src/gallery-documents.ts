import {
  activityFindings,
  activityForms,
  answerRubric,
  blocking,
  decidedCard,
  fileCard,
  findingsCard,
  type HandedIn,
  handedInCard,
  handedInNote,
  historyCard,
  type Knowledge,
  type MockActivity,
  type NeedsAssessment,
  needsCard,
  needsFile,
  needsFirstCard,
  needsForms,
  notYetCard,
  ownActivityCard,
  planningFile,
  queueCard,
  review,
  rubricForms,
  statementsCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const TODAY = '2026-11-23'
const AT = '2026-11-23T14:00:00.000Z'

/** A made-up needs assessment of a made-up hospital. */
const needs: NeedsAssessment = {
  learners: 'Emergency physicians and nurses of a made-up teaching hospital',
  current: 'The three-hour sepsis bundle was complete in 47 of 100 consecutive cases of septic shock.',
  datum: '47 of 100 cases with the complete bundle',
  population: '100 consecutive adults with septic shock in the emergency department',
  currentDate: '2026-03',
  source: 'Audit of the sepsis committee, October 2025 to March 2026',
  sourceKinds: ['records', 'safety'],
  supporterSuggested: false,
  achievable: 'Hospitals of the same size complete the bundle in more than 75 % of cases.',
  guideline: 'Surviving Sepsis Campaign, international guidelines 2021',
  gap: 'The bundle is complete in 47 % of cases where more than 75 % is achievable; antibiotics are most often late.',
  causes: ['performance'],
  need: 'The teams need to rehearse who orders the antibiotic, with the order set that they use on shift.',
  change: 'Teams order and give antibiotics within one hour in at least 75 % of cases of septic shock.',
  measure: 'Share of cases with antibiotics within one hour, monthly chart audit for six months after the activity',
  level: '5',
  baseline: '47 % of 100 cases with the complete bundle, antibiotics within one hour in 31 %',
  baselineDate: '2026-03',
  baselineSource: 'Audit of the sepsis committee',
  baselineTiming: 'before',
  objectives: [{ text: 'Name within five minutes who orders the antibiotic', serves: 'performance' }],
  format: 'ama-live',
  formatReason: 'The gap lies in what teams do on shift, so they rehearse it in simulation with their own order set.',
  evaluation: 'The same audit, six months after, against the six months before; number of cases told.',
}
const started: NeedsAssessment = {
  learners: needs.learners!,
  current: needs.current!,
  gap: 'Sepsis',
  source: needs.source!,
}

const activity: MockActivity = {
  title: 'The first hour: who orders the antibiotic',
  audience: needs.learners!,
  format: 'ama-live',
  start: '2027-03-04',
  place: 'Simulation centre of a made-up teaching hospital',
  schedule: [
    { day: 1, minutes: 45, kind: 'education', title: 'Cases from the audit' },
    { day: 1, minutes: 15, kind: 'break', title: 'Coffee' },
    { day: 1, minutes: 70, kind: 'education', title: 'Simulation in teams' },
  ],
  objectives: needs.objectives!.map(({ text }) => text),
  level: '5',
  measure: needs.measure!,
  baseline: needs.baseline!,
  lookback: '24',
  amount: 'any',
  judge: 'provider',
  mitigate: 'before-role',
  tell: 'before',
  arrangement: 'direct',
  provider: 'Example Valley Health',
}
const begun: MockActivity = { title: activity.title!, format: 'ama-live', lookback: '12' }

/** Every view of the needs assessment, of the mock activity and of its peer review. */
export function documentViews({ onboarding }: Knowledge): Shown[] {
  const { rules, rubric, activityRules, statements } = onboarding
  const all = [...rules, ...activityRules]
  const found = (doc: NeedsAssessment) => review(doc, TODAY)
  const unsound = activityFindings(begun, needs)
  const empty = { scores: {}, comments: {} }
  const handed: HandedIn = { id: 'rev1', author: 'Sara', needs, activity, at: AT, rating: empty }
  const rating = rubricForms(rubric, 'rev1', empty).reduce((rating, { fields }, i) => {
    const best = fields.map((field) => [field.name, 'options' in field ? field.options.at(-1)!.value : COMMENT])
    return answerRubric(rubric, i + 1, rating, Object.fromEntries(best))!.doc
  }, empty)
  const approved: HandedIn = { ...handed, rating, decision: 'approved', decidedAt: AT }
  const returned: HandedIn = { ...handed, rating: { scores: {}, comments: { 1: COMMENT } }, decision: 'returned' }
  const file = planningFile(needs, activity, onboarding, [approved, returned])
  const back = { label: 'The mock activity', act: { do: 'activity.show' as const } }
  const turn = (from: number) => ({ do: 'activity.file' as const, from })
  const own = (state: Parameters<typeof ownActivityCard>[1], last?: HandedIn) =>
    ownActivityCard(activity, state, [], all, last)
  return [
    { view: 'needs/empty', card: needsCard({}, found({}), rules, (act) => act) },
    { view: 'needs/started', card: needsCard(started, found(started), rules, (act) => act) },
    { view: 'needs/ready', card: needsCard(needs, found(needs), rules, (act) => act) },
    { view: 'needs/review', card: findingsCard(started, found(started), rules, (act) => act) },
    { view: 'needs/review-sound', card: findingsCard(needs, found(needs), rules, (act) => act) },
    { view: 'needs/file', card: fileCard(needsFile(needs), 0, (from) => ({ do: 'needs.file', from }), back) },
    { view: 'needs-first', card: needsFirstCard(blocking(found(started), rules), rules, (act) => act) },
    { view: 'activity/empty', card: ownActivityCard({}, 'draft', activityFindings({}, needs), all) },
    { view: 'activity/begun', card: ownActivityCard(begun, 'draft', unsound, all) },
    { view: 'activity/not-yet', card: notYetCard(blocking(unsound, all), begun, all) },
    { view: 'activity/sound', card: own('draft') },
    { view: 'activity/submitted', card: own('submitted', handed) },
    { view: 'activity/returned', card: own('returned', returned) },
    { view: 'activity/approved', card: own('approved', approved) },
    { view: 'activity/statements', card: statementsCard(activity, statements, (act) => act) },
    { view: 'activity/statements-missing', card: statementsCard(begun, statements, (act) => act) },
    { view: 'activity/file', card: fileCard(file, 0, turn, back) },
    { view: 'activity/file-end', card: fileCard(file, file.sections.length - 3, turn, back) },
    { view: 'activity/history', card: historyCard([approved, returned], rubric) },
    { view: 'reviews', card: queueCard([handed, { ...handed, id: 'rev2', author: 'Mo' }]) },
    { view: 'reviews/none', card: queueCard([]) },
    { view: 'reviews/open', card: handedInCard(handed, rubric) },
    { view: 'reviews/rated', card: handedInCard({ ...handed, rating }, rubric) },
    { view: 'reviews/note', card: handedInNote(handed) },
    { view: 'reviews/approved', card: decidedCard(activity, 'approved') },
    { view: 'reviews/returned', card: decidedCard(activity, 'returned') },
    ...needsForms(started).map((form) => ({ view: `form/${form.id}`, form })),
    ...activityForms({}, needs).map((form) => ({ view: `form/${form.id}`, form })),
    ...rubricForms(rubric, 'rev1', empty).map((form, i) => ({ view: `form/reviews.rate-${i + 1}`, form })),
  ]
}

const COMMENT = 'The gap can be looked up, and the measure fits the level. Say who extracts the data, and when.'
