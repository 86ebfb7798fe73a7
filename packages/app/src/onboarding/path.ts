import {
  type Answers,
  checkOf,
  doneElsewhere,
  type FormReply,
  finderForm,
  foundTrackCard,
  milestonesOf,
  type PathStep,
  pathCard,
  progressCard,
  type Reply,
  stepCard,
  tracksFor,
} from '@cme-commons/core'
import type { Ctx } from '../ctx.ts'
import { answersOf } from './check.ts'
import { begin, onHerWay, type Stand, standOf, stepOn } from './stand.ts'

/** All steps of her pathway, with where she stands. */
export async function showPath(ctx: Ctx): Promise<Reply> {
  const { path, track } = await standOf(ctx)
  return { say: pathCard(path, ctx.content.onboarding, track), private: true }
}

/** Begins the onboarding, or comes back to it. */
export async function startPath(ctx: Ctx): Promise<Reply> {
  const stand = await standOf(ctx)
  await onHerWay(ctx, stand.member)
  return { say: pathCard(stand.path, ctx.content.onboarding, stand.track), private: true }
}

export async function askTrack(ctx: Ctx): Promise<Reply> {
  return { ask: finderForm(ctx.content.onboarding.finder) }
}

/** Which track her answers speak for. She chooses it with a button: nothing is stored here. */
export async function foundTrack(ctx: Ctx, answers: Answers): Promise<FormReply> {
  return { say: foundTrackCard(tracksFor(ctx.content.onboarding.finder, answers), ctx.content), private: true }
}

/** One step, by its id or by what its name is called in passing; looking at an open one is its beginning. */
export async function showStep(ctx: Ctx, said: string): Promise<Reply> {
  const stand = await standOf(ctx)
  const id = stepNamed(stand, said)
  const found = stepOn(ctx, stand, id)
  if ('refusal' in found) return found.refusal
  if (found.at.state !== 'locked') await begin(ctx, stand.member, id)
  const record = stand.records.find(({ step }) => step === id)
  return { say: stepCard(found.at, ctx.content.onboarding, record, soFar(ctx, stand, found.at)), private: true }
}

/** The id of the step on her way that was meant: in `/cme step` part of a name will do, when no other step has it. */
function stepNamed({ path }: Stand, said: string): string {
  const steps = path.parts.flatMap(({ steps }) => steps.map(({ step }) => step))
  if (steps.some(({ id }) => id === said)) return said
  const words = said.replaceAll('-', ' ').trim().toLowerCase()
  const fit = steps.filter(({ id, name }) => `${id.replaceAll('-', ' ')} ${name.toLowerCase()}`.includes(words))
  return words.length >= 3 && fit.length === 1 ? fit[0]!.id : said
}

function soFar({ content }: Ctx, stand: Stand, { step }: PathStep): string | undefined {
  const state = checkOf(step, content.onboarding, answersOf(stand, step.id))
  return state && state.asked > 0
    ? `${state.right} of ${state.questions.length} answers are right, ${state.pass} are needed`
    : undefined
}

/** Where she is, what is next, and the milestones. */
export async function showProgress(ctx: Ctx): Promise<Reply> {
  const { path, records, rows, track } = await standOf(ctx)
  const standing = {
    milestones: milestonesOf(ctx.content.onboarding, track, records),
    elsewhere: doneElsewhere(path, ctx.content.onboarding, records),
    ...(rows.started ? { started: rows.started } : {}),
    ...(track ? { track } : {}),
  }
  return { say: progressCard(path, standing), private: true }
}
