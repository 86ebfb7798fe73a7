import {
  findStep,
  lockedCard,
  offPathCard,
  onPath,
  otherTrackCard,
  type Path,
  type PathStep,
  pathOf,
  type Reply,
  type StepRecord,
} from '@cme-commons/core'
import {
  beginStep,
  finishStep,
  type ProgressRows,
  progressOfMember,
  type StepProgressTable,
  startOnboarding,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { artefactDone } from './documents.ts'

/** Where the one who acts stands on her pathway. */
export type Stand = { member: string; track?: string; rows: ProgressRows; records: StepRecord[]; path: Path }

/** Reads where she stands. A step that is open and whose document is made counts as done from the moment this is first seen. */
export async function standOf(ctx: Ctx): Promise<Stand> {
  const { id: member, track } = await memberOf(ctx)
  const rows = await progressOfMember(ctx.tx, member)
  const records = rows.steps.map(recordOf)
  for (;;) {
    const path = pathOf(ctx.content.onboarding, track ?? undefined, records)
    const made = await madeStep(ctx, member, path)
    if (!made) return { member, ...(track ? { track } : {}), rows, records, path }
    await doneNow(ctx, member, made)
    const at = records.findIndex(({ step }) => step === made)
    records.splice(at < 0 ? records.length : at, 1, { begun: ctx.now, ...records[at], step: made, done: ctx.now })
  }
}

/** The first open step that a document of hers shows to be done. */
async function madeStep({ tx }: Ctx, member: string, { parts }: Path): Promise<string | undefined> {
  for (const { step, state } of parts.flatMap(({ steps }) => steps)) {
    if (step.proof.kind !== 'artefact' || (state !== 'next' && state !== 'open')) continue
    if (await artefactDone(tx, member, step.proof.artefact)) return step.id
  }
  return undefined
}

/** Holds the step's row until the transaction ends, and notes that she is on her way. */
export async function begin(ctx: Ctx, member: string, step: string): Promise<StepProgressTable> {
  await startOnboarding(ctx.tx, member, ctx.now)
  return beginStep(ctx.tx, member, step, ctx.now)
}

/** Marks a step as done; true when it was not before. */
export async function doneNow(ctx: Ctx, member: string, step: string): Promise<boolean> {
  await begin(ctx, member, step)
  return finishStep(ctx.tx, member, step, ctx.now)
}

const recordOf = ({ step, begun_at, done_at, said, day }: StepProgressTable): StepRecord => ({
  step,
  begun: begun_at,
  ...(done_at ? { done: done_at } : {}),
  ...(said ? { said } : {}),
  ...(day ? { day } : {}),
})

export type Refusal = Extract<Reply, { refuse: unknown }>
export const offPath = (said: string): Refusal => ({ refuse: 'gone', say: offPathCard(said) })

/** The step on her own path, or the refusal that says where it is. */
export function stepOn({ content }: Ctx, { path }: Stand, id: string): { at: PathStep } | { refusal: Refusal } {
  const at = onPath(path, id)
  if (at) return { at }
  const found = findStep(content.onboarding, id)
  const track = found?.pathway.track
  if (!found || track === undefined) return { refusal: offPath('This step is not used any more.') }
  return { refusal: { refuse: 'locked', say: otherTrackCard(found.step, content, track) } }
}

/** As `stepOn`, for whoever wants to do the step: a locked one is refused with what comes first. */
export function openStepOn(ctx: Ctx, stand: Stand, id: string): { at: PathStep } | { refusal: Refusal } {
  const found = stepOn(ctx, stand, id)
  if ('refusal' in found || found.at.state !== 'locked') return found
  return { refusal: { refuse: 'locked', say: lockedCard(found.at) } }
}
