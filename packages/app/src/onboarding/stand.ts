import {
  artefactStep,
  completePart,
  findStep,
  lockedCard,
  offPathCard,
  onPath,
  otherTrackCard,
  type Path,
  type PathPart,
  type PathStep,
  pathOf,
  type Reply,
  type Step,
  type StepRecord,
} from '@cme-commons/core'
import {
  beginCompany,
  beginStep,
  finishStep,
  noteDeed,
  type ProgressRows,
  progressOfMember,
  type StepProgressTable,
  startOnboarding,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { keepFinished, memberOf } from '../people.ts'
import { tellOfStep } from '../webhook-events.ts'
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
    if (!made) {
      await keepFinished(ctx, member, rows, path)
      return { member, ...(track ? { track } : {}), rows, records, path }
    }
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

/** Notes that she is on her way, and that she is kept company from the first time on. */
export async function onHerWay({ tx, now, actor: { space, user } }: Ctx, member: string): Promise<void> {
  await startOnboarding(tx, { member, space }, now)
  await beginCompany(tx, { member, space, user }, now)
}

/** Holds the step's row until the transaction ends, and notes that she is on her way. */
export async function begin(ctx: Ctx, member: string, step: string): Promise<StepProgressTable> {
  await onHerWay(ctx, member)
  return beginStep(ctx.tx, { member, space: ctx.actor.space }, step, ctx.now)
}

/** Marks a step as done; true when it was not before. */
export async function doneNow(ctx: Ctx, member: string, step: string): Promise<boolean> {
  const { space } = await begin(ctx, member, step)
  await noteDeed(ctx.tx, member, ctx.now)
  const done = await finishStep(ctx.tx, member, step, ctx.now)
  if (done) await tellOfStep(ctx, { space, member, step })
  return done
}

/** Notes that she works on what a step asks her to make: an open one is begun, and done once it is made. */
export async function workedOn(ctx: Ctx, artefact: string): Promise<Stand> {
  const stand = await standOf(ctx)
  const at = artefactStep(stand.path, artefact)
  if (at && (at.state === 'next' || at.state === 'open')) await begin(ctx, stand.member, at.step.id)
  else if (stand.rows.started) await onHerWay(ctx, stand.member)
  return stand
}

export const recordOf = ({ step, begun_at, done_at, said, day, answers }: StepProgressTable): StepRecord => ({
  step,
  begun: begun_at,
  ...(done_at ? { done: done_at } : {}),
  ...(said ? { said } : {}),
  ...(day ? { day } : {}),
  ...(answers ? { answers: JSON.parse(answers) } : {}),
})

/** Where a path goes on after a step, and the pathway that is complete with it. */
export function wayOn(path: Path, step: string): { next?: Step; complete?: PathPart } {
  const complete = completePart(path, step)
  return { ...(path.next ? { next: path.next } : {}), ...(complete ? { complete } : {}) }
}

export type Refusal = Extract<Reply, { refuse: unknown }>
export const offPath = (said: string): Refusal => ({ refuse: 'gone', say: offPathCard(said) })

/** The step on her own path, or the refusal that says where it is. */
export function stepOn({ content }: Ctx, { path }: Stand, id: string): { at: PathStep } | { refusal: Refusal } {
  const at = onPath(path, id)
  if (at) return { at }
  const found = findStep(content.onboarding, id)
  const track = found?.pathway.track
  if (!found || track === undefined) return { refusal: offPath('No step of this name is in use now.') }
  return { refusal: { refuse: 'locked', say: otherTrackCard(found.step, content, track) } }
}

/** As `stepOn`, for whoever wants to do the step: a locked one is refused with what comes first. */
export function openStepOn(ctx: Ctx, stand: Stand, id: string): { at: PathStep } | { refusal: Refusal } {
  const found = stepOn(ctx, stand, id)
  if ('refusal' in found || found.at.state !== 'locked') return found
  return { refusal: { refuse: 'locked', say: lockedCard(found.at) } }
}
