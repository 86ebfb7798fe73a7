import {
  type Knowledge,
  type MilestoneState,
  milestonesOf,
  type Path,
  pathOf,
  type StepRecord,
} from '@cme-commons/core'
import { memberById, progressOfMember, type Read, type StepProgressTable } from '@cme-commons/db'
import { artefactDone } from './documents.ts'

/** Where a member stands, without anything being written: what the chat shows as her path and her milestones. */
export type Progress = {
  track?: string
  started?: string
  finished?: string
  path: Path
  milestones: readonly MilestoneState[]
  rows: readonly StepProgressTable[]
}

/** The progress of a member as it is at `now`; `within` a space, what she did there alone. Nothing when there is no such member. */
export async function progressOf(
  db: Read,
  content: Knowledge,
  id: string,
  now: string,
  within?: string,
): Promise<Progress | undefined> {
  const member = await memberById(db, id)
  if (!member) return undefined
  const { started, finished, steps } = await progressOfMember(db, id)
  const rows = steps.filter(({ space }) => within === undefined || space === within)
  const records = rows.map(
    ({ step, begun_at, done_at }): StepRecord => ({
      step,
      begun: begun_at,
      ...(done_at ? { done: done_at } : {}),
    }),
  )
  const track = member.track ?? undefined
  const path = await withMade(db, content, id, track, records, now)
  return {
    ...(track ? { track } : {}),
    ...(started ? { started } : {}),
    ...(finished ? { finished } : {}),
    path,
    milestones: milestonesOf(content.onboarding, track, records),
    rows,
  }
}

/** The path with those steps done that a document of hers shows to be done, as the chat will note when she looks next. */
async function withMade(
  db: Read,
  { onboarding }: Knowledge,
  member: string,
  track: string | undefined,
  records: StepRecord[],
  now: string,
): Promise<Path> {
  for (;;) {
    const path = pathOf(onboarding, track, records)
    const open = path.parts.flatMap(({ steps }) => steps).filter(({ state }) => state === 'next' || state === 'open')
    let made: string | undefined
    for (const { step } of open)
      if (!made && step.proof.kind === 'artefact' && (await artefactDone(db, member, step.proof.artefact)))
        made = step.id
    if (!made) return path
    const begun = records.find(({ step }) => step === made)
    if (begun) records.splice(records.indexOf(begun), 1)
    records.push({ begun: now, ...begun, step: made, done: now })
  }
}
