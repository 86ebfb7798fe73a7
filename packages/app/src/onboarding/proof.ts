import {
  type Answers,
  dayIn,
  type FormReply,
  proofForm,
  type Reply,
  readProof,
  STEP_FORM,
  stepDoneCard,
  t,
} from '@cme-commons/core'
import { changeStep } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf, zoneOf } from '../people.ts'
import { begin, doneNow, offPath, openStepOn, standOf } from './stand.ts'

const OTHERWISE = 'This step is shown to be done in another way.'
const today = async (ctx: Ctx): Promise<string> => dayIn(ctx.now, await zoneOf(ctx, await memberOf(ctx)))

/** Asks for the line, the day of what she attended or the step's own form, filled with what she told before. */
export async function askProof(ctx: Ctx, id: string): Promise<Reply> {
  const stand = await standOf(ctx)
  const found = openStepOn(ctx, stand, id)
  if ('refusal' in found) return found.refusal
  const record = stand.records.find(({ step }) => step === id)
  const form = proofForm(found.at.step, await today(ctx), record)
  if (!form) return offPath(OTHERWISE)
  await begin(ctx, stand.member, id)
  return { ask: form }
}

/** Keeps what was told and marks the step as done; told again, it is changed and the day it was done stays. */
export async function submitProof(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const id = form.slice(STEP_FORM.length + 1)
  const stand = await standOf(ctx)
  const found = openStepOn(ctx, stand, id)
  if ('refusal' in found) return found.refusal
  const { step } = found.at
  if (!proofForm(step, await today(ctx))) return offPath(OTHERWISE)
  const read = readProof(step, answers, await today(ctx))
  if ('fields' in read)
    return {
      refuse: 'bad-answer',
      fields: read.fields,
      say: {
        title: 'Not saved yet',
        blocks: [{ kind: 'list', items: Object.values(read.fields).map((say) => t`${say}`) }],
        buttons: [{ label: 'Try again', style: 'primary', act: { do: 'step.tell', step: id } }],
      },
    }
  const first = await doneNow(ctx, stand.member, id)
  await changeStep(ctx.tx, stand.member, id, {
    said: read.told.said ?? null,
    day: read.told.day ?? null,
    answers: read.told.answers ? JSON.stringify(read.told.answers) : null,
  })
  return { say: stepDoneCard(step, (await standOf(ctx)).path, !first), private: true, update: true }
}
