import {
  type Pathway,
  type Question,
  type Resource,
  type SampleActivity,
  STEP_ANSWER_SHOWN,
  type Step,
  type StepField,
} from '@cme-commons/core'
import type { Blame } from './checks.ts'
import { ROOM } from './onboarding-schema.ts'

/** An entry and where it stands. */
export type Found<T> = { file: string; path: readonly PropertyKey[]; value: T }
type Placed = Found<Step> & { pathway: Pathway }
type Beside = {
  tracks: readonly string[]
  resources: readonly Found<Resource>[]
  questions: readonly Found<Question>[]
  samples: readonly Found<SampleActivity>[]
}

/** The steps of all pathways, each with its place. */
export const stepsOf = (pathways: readonly Found<Pathway>[]): Placed[] =>
  pathways.flatMap(({ file, path, value }) =>
    value.steps.map((step, i) => ({ file, path: [...path, 'steps', i], value: step, pathway: value })),
  )

/** Whether a member can walk every pathway to its end: what comes first exists, lies on the way, forms no circle, and every proof can be given. */
export function checkPathways(pathways: readonly Found<Pathway>[], beside: Beside, blame: Blame): void {
  owners(pathways, beside.tracks, blame)
  const steps = stepsOf(pathways)
  const byId = new Map(steps.map((step) => [step.value.id, step]))
  for (const step of steps) {
    prerequisites(step, byId, blame)
    proofPossible(step, byId, beside, blame)
    fits(step, beside, blame)
  }
  circles(steps, byId, blame)
}

function owners(pathways: readonly Found<Pathway>[], tracks: readonly string[], blame: Blame): void {
  const seen = new Map<string | undefined, string>()
  for (const { file, path, value } of pathways) {
    const { track } = value
    if (track !== undefined && !tracks.includes(track))
      blame(file, [...path, 'track'], `there is no track with the id \`${track}\`; correct it or add the track.`)
    if (seen.has(track))
      blame(file, path, `${whose(track)} already has the pathway \`${seen.get(track)}\`; keep one of the two.`)
    seen.set(track, value.id)
  }
  const first = pathways[0]?.file ?? 'onboarding/pathway-newcomer.yaml'
  for (const track of [undefined, ...tracks])
    if (!seen.has(track)) blame(first, [], `${whose(track)} has no pathway; add a file pathway-….yaml for it.`)
}
const whose = (track: string | undefined) => (track === undefined ? 'the newcomer' : `the track \`${track}\``)

function prerequisites({ file, path, value, pathway }: Placed, byId: Map<string, Placed>, blame: Blame): void {
  value.after.forEach((id, k) => {
    const before = byId.get(id)
    if (!before) blame(file, [...path, 'after', k], `there is no step with the id \`${id}\`; correct it.`)
    else if (before.pathway.track !== undefined && before.pathway.id !== pathway.id)
      blame(
        file,
        [...path, 'after', k],
        `\`${id}\` belongs to another track, so nobody on this way could do it; name a step of this pathway or of the newcomer's.`,
      )
  })
  if (pathway.track !== undefined && value.after.length === 0)
    blame(
      file,
      [...path, 'after'],
      `\`${value.id}\` comes after nothing, but a track begins after the newcomer's steps; name one of them.`,
    )
  if (value.partOf === undefined) return
  const whole = byId.get(value.partOf)
  if (whole?.pathway.id !== pathway.id)
    blame(file, [...path, 'partOf'], `this pathway has no step \`${value.partOf}\`; correct it.`)
  else if (!ancestors(whole, byId).has(value.id))
    blame(
      file,
      [...path, 'partOf'],
      `\`${value.partOf}\` does not come after \`${value.id}\`; name it there in \`after\`.`,
    )
}

function proofPossible(
  { file, path, value, pathway }: Placed,
  byId: Map<string, Placed>,
  beside: Beside,
  blame: Blame,
): void {
  const { proof } = value
  const at = [...path, 'proof']
  if (proof.kind === 'check') {
    if (proof.pass > proof.questions.length)
      blame(
        file,
        [...at, 'pass'],
        `${proof.pass} right answers of ${proof.questions.length} cannot be given; lower \`pass\`.`,
      )
    const takers = pathway.track === undefined ? beside.tracks : [pathway.track]
    proof.questions.forEach((id, k) => {
      const question = beside.questions.find((one) => one.value.id === id)?.value
      const place = [...at, 'questions', k]
      if (!question) blame(file, place, `there is no question with the id \`${id}\`; correct it or write the question.`)
      else if (proof.questions.indexOf(id) !== k) blame(file, place, `\`${id}\` is asked twice; remove one.`)
      else if (!takers.every((track) => question.tracks.includes(track)))
        blame(file, place, `\`${id}\` is not a question for ${takers.join(', ')}; add them to its \`tracks\`.`)
    })
  }
  if (proof.kind === 'form') formPossible(proof.fields, file, at, blame)
  if (proof.kind !== 'artefact') return
  if (proof.artefact === 'sample-review' && beside.samples.length === 0)
    blame(file, at, 'there is no sample activity to review; write one.')
  const gated = [...ancestors({ value }, byId)].some((id) => made(byId.get(id)?.value) === 'needs-assessment')
  if (proof.artefact === 'activity-draft' && !gated)
    blame(file, at, 'a draft comes only after the needs assessment; name its step in `after`.')
}
/** Fields that can be told apart, of which at least one has to be filled in. */
function formPossible(fields: readonly StepField[], file: string, at: readonly PropertyKey[], blame: Blame): void {
  fields.forEach((field, k) => {
    if (fields.findIndex(({ name }) => name === field.name) !== k)
      blame(file, [...at, 'fields', k, 'name'], `two fields are called \`${field.name}\`; give this one another name.`)
    const options = 'options' in field ? field.options : []
    for (const same of ['value', 'label'] as const)
      if (new Set(options.map((option) => option[same])).size < options.length)
        blame(file, [...at, 'fields', k, 'options'], `two options have the same ${same}; change one.`)
  })
  if (!fields.some(({ required }) => required))
    blame(
      file,
      [...at, 'fields'],
      'nothing in this form is required, so it shows nothing; set required: true somewhere.',
    )
}

const made = (step: Step | undefined) => (step?.proof.kind === 'artefact' ? step.proof.artefact : undefined)

function fits({ file, path, value }: Placed, { resources }: Beside, blame: Blame): void {
  value.resources.forEach((id, k) => {
    if (!resources.some((one) => one.value.id === id))
      blame(
        file,
        [...path, 'resources', k],
        `there is no resource with the id \`${id}\`; correct it or add the resource.`,
      )
  })
  const told = value.proof.kind === 'form' ? value.proof.fields : []
  const long =
    [value.name, value.purpose, ...value.todo, value.unlocks ?? '', value.source].join('\n').length +
    told.reduce((sum, { label }) => sum + label.length + STEP_ANSWER_SHOWN, 0)
  if (long > ROOM) blame(file, path, `this step has ${long} characters, ${ROOM} fit on a card; shorten it.`)
}

/** Every step that comes before one, near or far. */
function ancestors(of: { value: Step }, byId: Map<string, Placed>, seen = new Set<string>()): Set<string> {
  for (const id of of.value.after) {
    const step = byId.get(id)
    if (!step || seen.has(id)) continue
    seen.add(id)
    ancestors(step, byId, seen)
  }
  return seen
}

function circles(steps: readonly Placed[], byId: Map<string, Placed>, blame: Blame): void {
  for (const step of steps)
    if (ancestors(step, byId).has(step.value.id))
      blame(
        step.file,
        [...step.path, 'after'],
        `\`${step.value.id}\` comes after itself, so nobody could begin it; break the circle.`,
      )
}
