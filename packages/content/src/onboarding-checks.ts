import {
  ACTIVITY_RULE_IDS,
  type Criterion,
  type Milestone,
  type Pathway,
  type Provenance,
  type Question,
  type Resource,
  type ReviewRule,
  RULE_IDS,
  type SampleActivity,
  type Saying,
  type StatementTemplate,
  type TrackQuestion,
} from '@cme-commons/core'
import { type Blame, notADay } from './checks.ts'
import { ROOM } from './onboarding-schema.ts'
import { checkPathways, type Found, stepsOf } from './pathway-checks.ts'
import { checkStatements } from './statement-checks.ts'

export type Parts = {
  tracks: readonly string[]
  pathways: readonly Found<Pathway>[]
  milestones: readonly Found<Milestone>[]
  resources: readonly Found<Resource>[]
  questions: readonly Found<Question>[]
  finder: readonly Found<TrackQuestion>[]
  samples: readonly Found<SampleActivity>[]
  rules: readonly Found<ReviewRule>[]
  activityRules: readonly Found<ReviewRule>[]
  statements: readonly Found<StatementTemplate>[]
  rubric: readonly Found<Criterion>[]
  sayings: readonly Found<Saying>[]
}
const QUESTIONS = { all: 60, track: 10, trap: 2, traps: 16 }
const SAMPLES = { all: 6, flaws: [3, 5] } as const

/** Everything that a schema of one file cannot see: references, ways that lead nowhere, traps nobody asks about, texts too long for a card. */
export function checkOnboarding(parts: Parts, today: string | undefined, blame: Blame): void {
  const { pathways, milestones, resources, questions, finder, samples, rules, activityRules, statements } = parts
  const { rubric, sayings } = parts
  const steps = stepsOf(pathways)
  const dated = [pathways, steps, milestones, resources, questions, samples, rubric, sayings, statements]
  for (const list of [...dated, finder, [...rules, ...activityRules]]) unique(list, blame)
  const flaws = samples.flatMap(({ file, path, value }) =>
    value.parts.flatMap(({ flaw }, k) => (flaw ? [{ file, path: [...path, 'parts', k, 'flaw'], value: flaw }] : [])),
  )
  for (const list of [...dated, flaws, rules, activityRules]) days(list, today, blame)
  checkPathways(pathways, parts, blame)
  reached(parts, blame)
  asked(parts, blame)
  for (const question of questions) fair(question, parts, blame)
  for (const sample of samples) instructive(sample, blame)
  if (samples.length < SAMPLES.all)
    blame('onboarding/samples.yaml', [], `${samples.length} samples are too few; write at least ${SAMPLES.all}.`)
  conditioned('onboarding/rules.yaml', RULE_IDS, rules, blame)
  conditioned('onboarding/activity-rules.yaml', ACTIVITY_RULE_IDS, activityRules, blame)
  checkStatements(statements, blame)
  for (const { file, path, value } of rubric)
    if (value.levels.some(({ points }, k) => k > 0 && points <= value.levels[k - 1]!.points))
      blame(
        file,
        [...path, 'levels'],
        'the points of the levels must rise from the first to the last; put them in order.',
      )
  for (const track of parts.tracks)
    if (!finder.every(({ value }) => value.options.some(({ speaks }) => speaks.includes(track))))
      blame('onboarding/finder.yaml', [], `not every question has an option that speaks for \`${track}\`; add one.`)
  for (const { file, path, value } of finder)
    for (const id of value.options.flatMap(({ speaks }) => speaks)) known(parts.tracks, 'track', id, file, path, blame)
}

/** Every condition in the code has its words, and the other way round. */
function conditioned(in_: string, ids: readonly string[], rules: readonly Found<ReviewRule>[], blame: Blame): void {
  for (const { file, path, value } of rules) known(ids, 'condition in the code', value.id, file, [...path, 'id'], blame)
  for (const id of ids)
    if (!rules.some(({ value }) => value.id === id)) blame(in_, [], `the rule \`${id}\` has no words; write them.`)
}

function unique(list: readonly Found<{ id: string }>[], blame: Blame): void {
  const seen = new Set<string>()
  for (const { file, path, value } of list) {
    if (seen.has(value.id))
      blame(file, [...path, 'id'], `the id \`${value.id}\` is used twice; give this entry another one.`)
    seen.add(value.id)
  }
}

function days(list: readonly Found<Provenance>[], today: string | undefined, blame: Blame): void {
  for (const { file, path, value } of list) {
    const say = notADay(value.checked, today)
    if (say) blame(file, [...path, 'checked'], say)
  }
}

function known(
  ids: readonly string[],
  kind: string,
  id: string,
  file: string,
  path: readonly PropertyKey[],
  blame: Blame,
) {
  if (!ids.includes(id)) blame(file, path, `there is no ${kind} with the id \`${id}\`; correct it or add it.`)
}

/** Milestones and sayings name steps that exist, a milestone only such as one member can all do. */
function reached({ pathways, milestones, sayings, tracks }: Parts, blame: Blame): void {
  const idsOf = (track?: string) =>
    pathways.filter(({ value }) => value.track === track).flatMap(({ value }) => value.steps.map(({ id }) => id))
  const all = stepsOf(pathways).map(({ value }) => value.id)
  for (const { file, path, value } of sayings)
    value.steps?.forEach((id, k) => {
      known(all, 'step', id, file, [...path, 'steps', k], blame)
    })
  for (const { file, path, value } of milestones) {
    value.steps.forEach((id, k) => {
      if (!idsOf().includes(id))
        blame(
          file,
          [...path, 'steps', k],
          `\`${id}\` is not a step of the newcomer's pathway; name it under \`onTrack\`.`,
        )
    })
    for (const [track, ids] of Object.entries(value.onTrack ?? {})) {
      known(tracks, 'track', track, file, [...path, 'onTrack', track], blame)
      ids.forEach((id, k) => {
        if (!idsOf(track).includes(id))
          blame(file, [...path, 'onTrack', track, k], `\`${id}\` is not a step of the track \`${track}\`; correct it.`)
      })
    }
  }
}

/** Enough questions, for every track and every trap, and each of them in some check. */
function asked({ questions, pathways, tracks }: Parts, blame: Blame): void {
  const file = questions[0]?.file ?? 'onboarding/questions-fundamentals.yaml'
  const few = (count: number, least: number, of: string) => {
    if (count < least) blame(file, [], `${count} questions ${of} are too few; write at least ${least}.`)
  }
  few(questions.length, QUESTIONS.all, 'in all')
  for (const track of tracks)
    few(questions.filter(({ value }) => value.tracks.includes(track)).length, QUESTIONS.track, `for \`${track}\``)
  for (let trap = 1; trap <= QUESTIONS.traps; trap++)
    few(questions.filter(({ value }) => value.trap === trap).length, QUESTIONS.trap, `about trap ${trap}`)
  const used = new Set(
    stepsOf(pathways).flatMap(({ value }) => (value.proof.kind === 'check' ? value.proof.questions : [])),
  )
  for (const { file, path, value } of questions)
    if (!used.has(value.id)) blame(file, path, `no step asks \`${value.id}\`; name it in a step's check or remove it.`)
}

/** A question that can be answered, stands on something sure, and fits on a card. */
function fair({ file, path, value }: Found<Question>, { tracks, resources }: Parts, blame: Blame): void {
  value.tracks.forEach((id, k) => {
    known(tracks, 'track', id, file, [...path, 'tracks', k], blame)
  })
  if (value.resource !== undefined)
    known(
      resources.map((one) => one.value.id),
      'resource',
      value.resource,
      file,
      [...path, 'resource'],
      blame,
    )
  const right = value.options.filter((option) => option.right).length
  if (right === 0) blame(file, [...path, 'options'], 'no option is right; mark one with `right: true`.')
  if (right === value.options.length)
    blame(file, [...path, 'options'], 'every option is right; write one that is wrong.')
  if (new Set(value.options.map(({ text }) => text)).size < value.options.length)
    blame(file, [...path, 'options'], 'two options read the same; change one.')
  if (value.confidence === 'uncertain')
    blame(
      file,
      [...path, 'confidence'],
      'what is uncertain is not asked about; find a better source or remove the question.',
    )
  const long = [value.ask, value.explain, value.source, ...value.options.flatMap((o) => [o.text, o.because])]
  tooLong(long, file, path, blame)
}

/** A sample with enough flaws to find, enough sound parts to leave alone, and room on a card for both. */
function instructive({ file, path, value }: Found<SampleActivity>, blame: Blame): void {
  unique(
    value.parts.map((part, k) => ({ file, path: [...path, 'parts', k], value: part })),
    blame,
  )
  const flawed = value.parts.flatMap(({ name, flaw }) => (flaw ? [{ name, flaw }] : []))
  const [least, most] = SAMPLES.flaws
  if (flawed.length < least || flawed.length > most)
    blame(file, path, `\`${value.id}\` has ${flawed.length} flaws; plant ${least} to ${most}.`)
  if (value.parts.length - flawed.length < 2)
    blame(file, path, `\`${value.id}\` has fewer than two sound parts; add some, so that marking all is no way out.`)
  tooLong([value.title, ...value.parts.flatMap(({ name, text }) => [name, text])], file, path, blame)
  tooLong(
    flawed.flatMap(({ name, flaw }) => [name, flaw.wrong, flaw.rule, flaw.source]),
    file,
    path,
    blame,
  )
}

function tooLong(texts: readonly string[], file: string, path: readonly PropertyKey[], blame: Blame): void {
  const long = texts.join('\n').length
  if (long > ROOM) blame(file, path, `this has ${long} characters, ${ROOM} fit on a card; shorten it.`)
}
