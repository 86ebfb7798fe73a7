import type { Answers } from '../form.ts'
import type { Milestone, Onboarding, Pathway, Step } from '../knowledge/onboarding.ts'
import type { Day, Instant } from '../time.ts'

/** What a member has of a step: when she began it, when it was done, and what she told of it. */
export type StepRecord = { step: string; begun: Instant; done?: Instant; said?: string; day?: Day; answers?: Answers }

/** `next` is the first of the open ones; a locked step waits for others. */
export type StepState = 'done' | 'next' | 'open' | 'locked'
export type PathStep = { step: Step; state: StepState; waitsFor: readonly Step[] }
/** One pathway as a member stands on it. `done` and `total` are of the steps that count. */
export type PathPart = { pathway: Pathway; steps: readonly PathStep[]; done: number; total: number }
/** The newcomer's pathway and, once she is on a track, that of the track. `minutes` is how long what is left takes. */
export type Path = { parts: readonly PathPart[]; next?: Step; minutes: number }

const doneOf = (records: readonly StepRecord[]): ReadonlySet<string> =>
  new Set(records.filter(({ done }) => done).map(({ step }) => step))

/** The pathways that a member of this track walks, the newcomer's first. */
export const pathwaysFor = ({ pathways }: Onboarding, track?: string): readonly Pathway[] => [
  ...pathways.filter((pathway) => pathway.track === undefined),
  ...pathways.filter((pathway) => track !== undefined && pathway.track === track),
]

/** The steps that count: without those that are counted with another (`partOf`). */
export const countedSteps = ({ steps }: Pathway): readonly Step[] => steps.filter(({ partOf }) => partOf === undefined)

/** Where a member stands. What she did on another track is kept, and is shown when she comes back to it. */
export function pathOf(onboarding: Onboarding, track: string | undefined, records: readonly StepRecord[]): Path {
  const done = doneOf(records)
  const pathways = pathwaysFor(onboarding, track)
  const all = pathways.flatMap(({ steps }) => steps)
  const waits = (step: Step) => all.filter(({ id }) => step.after.includes(id) && !done.has(id))
  const next = all.find((step) => !done.has(step.id) && waits(step).length === 0)
  const stateOf = (step: Step): StepState => {
    if (done.has(step.id)) return 'done'
    if (step === next) return 'next'
    return waits(step).length === 0 ? 'open' : 'locked'
  }
  const parts = pathways.map((pathway): PathPart => {
    const counted = countedSteps(pathway)
    return {
      pathway,
      steps: pathway.steps.map((step) => ({ step, state: stateOf(step), waitsFor: waits(step) })),
      done: counted.filter(({ id }) => done.has(id)).length,
      total: counted.length,
    }
  })
  const minutes = all.reduce((sum, step) => (done.has(step.id) ? sum : sum + step.minutes), 0)
  return { parts, ...(next ? { next } : {}), minutes }
}

/** A step and its pathway by the step's id, on whatever track. */
export function findStep({ pathways }: Onboarding, id: string): { step: Step; pathway: Pathway } | undefined {
  for (const pathway of pathways) {
    const step = pathway.steps.find((one) => one.id === id)
    if (step) return { step, pathway }
  }
  return undefined
}

/** The step on the member's own path, with its state; nothing when it is on another track, or nowhere. */
export const onPath = ({ parts }: Path, id: string): PathStep | undefined =>
  parts.flatMap(({ steps }) => steps).find(({ step }) => step.id === id)

/** The pathway that this step belongs to, once every step of it is done. */
export const completePart = ({ parts }: Path, id: string): PathPart | undefined =>
  parts.find(({ steps }) => steps.some(({ step }) => step.id === id) && isComplete(steps))

export const isComplete = (steps: readonly PathStep[]): boolean => steps.every(({ state }) => state === 'done')

/** The first step of the member's path that is shown to be done by this artefact. */
export const artefactStep = ({ parts }: Path, artefact: string): PathStep | undefined =>
  parts
    .flatMap(({ steps }) => steps)
    .find(({ step: { proof } }) => proof.kind === 'artefact' && proof.artefact === artefact)

export type MilestoneState = { milestone: Milestone; done: number; total: number; reached: boolean }

/** How far each milestone is: its steps of the newcomer's pathway and those that the member's track adds. */
export function milestonesOf(
  { milestones }: Onboarding,
  track: string | undefined,
  records: readonly StepRecord[],
): MilestoneState[] {
  const done = doneOf(records)
  return milestones.map((milestone) => {
    const steps = [...milestone.steps, ...((track !== undefined && milestone.onTrack?.[track]) || [])]
    const count = steps.filter((step) => done.has(step)).length
    return { milestone, done: count, total: steps.length, reached: count === steps.length }
  })
}

/** How many steps were done on tracks that are not the member's today. */
export const doneElsewhere = ({ parts }: Path, onboarding: Onboarding, records: readonly StepRecord[]): number => {
  const done = doneOf(records)
  const own = new Set(parts.map(({ pathway }) => pathway.id))
  return onboarding.pathways
    .filter(({ id }) => !own.has(id))
    .flatMap(({ steps }) => steps)
    .filter(({ id }) => done.has(id)).length
}
