import {
  type Answers,
  artefactStep,
  type FormReply,
  lockedCard,
  markSample,
  type Reply,
  reviewCounts,
  SAMPLE_FORM,
  type SampleActivity,
  sampleCard,
  sampleForm,
  samplesCard,
  t,
  toldCard,
} from '@cme-commons/core'
import { putMarks } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { begin, doneNow, offPath, type Refusal, type Stand, standOf, wayOn } from './stand.ts'

/** The samples with where she stands, once the step that asks for a review is open. */
async function reviewing(ctx: Ctx): Promise<{ stand: Stand; step: string } | { refusal: Refusal }> {
  const stand = await standOf(ctx)
  const at = artefactStep(stand.path, 'sample-review')
  if (!at) return { refusal: offPath('No step asks for a sample now.') }
  if (at.state === 'locked') return { refusal: { refuse: 'locked', say: lockedCard(at) } }
  await begin(ctx, stand.member, at.step.id)
  return { stand, step: at.step.id }
}

const sampleNamed = ({ content }: Ctx, id: string): SampleActivity | undefined =>
  content.onboarding.samples.find((sample) => sample.id === id)
const noSample = offPath('This sample is not used any more.')

export async function showSamples(ctx: Ctx): Promise<Reply> {
  const found = await reviewing(ctx)
  if ('refusal' in found) return found.refusal
  const seen = found.stand.rows.marks.map(({ sample }) => sample)
  return { say: samplesCard(ctx.content.onboarding.samples, seen), private: true }
}

export async function showSample(ctx: Ctx, id: string): Promise<Reply> {
  const found = await reviewing(ctx)
  if ('refusal' in found) return found.refusal
  const sample = sampleNamed(ctx, id)
  return sample ? { say: sampleCard(sample), private: true } : noSample
}

/** Asks which parts are wrong, filled with what she marked before. */
export async function askMarks(ctx: Ctx, id: string): Promise<Reply> {
  const found = await reviewing(ctx)
  if ('refusal' in found) return found.refusal
  const sample = sampleNamed(ctx, id)
  if (!sample) return noSample
  const marks = found.stand.rows.marks.find((one) => one.sample === id)
  return { ask: sampleForm(sample, marks?.marked.split(',') ?? []) }
}

/**
 * Tells her item by item. The step is done once the flaws were found, or were explained and marked anew; until then the card asks her to
 * try again.
 */
export async function submitMarks(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const found = await reviewing(ctx)
  if ('refusal' in found) return found.refusal
  const sample = sampleNamed(ctx, form.slice(SAMPLE_FORM.length + 1))
  if (!sample) return noSample
  const said = [answers.parts ?? []].flat()
  const marked = sample.parts.map(({ id }) => id).filter((id) => said.includes(id))
  if (marked.length === 0) return nothingMarked(sample)
  const { member, rows, records } = found.stand
  const before = rows.marks.find((one) => one.sample === sample.id)?.marked.split(',')
  await putMarks(ctx.tx, { member, sample: sample.id, marked: marked.join(','), at: ctx.now })
  const told = markSample(sample, marked)
  const done = records.some(({ step, done }) => step === found.step && done !== undefined)
  const counts = done || reviewCounts(told, before)
  if (counts) await doneNow(ctx, member, found.step)
  const { path } = await standOf(ctx)
  return { say: toldCard(sample, told, { counts, ...wayOn(path, found.step) }), private: true, update: true }
}

const nothingMarked = ({ id, parts }: SampleActivity): Refusal => ({
  refuse: 'bad-answer',
  fields: { parts: 'Mark at least one part: something is wrong in every sample.' },
  say: {
    title: 'Nothing is marked yet',
    blocks: [
      {
        kind: 'text',
        text: t`Something is wrong in every sample. Mark at least one of the ${parts.length} parts, and you are told about all.`,
      },
    ],
    buttons: [
      { label: 'Mark what is wrong', style: 'primary', act: { do: 'sample.mark', sample: id } },
      { label: 'Read it again', act: { do: 'sample', sample: id } },
    ],
  },
})
