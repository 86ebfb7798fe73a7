import {
  type Button,
  counted,
  findStep,
  funnelCard,
  funnelOf,
  goneCard,
  type Listed,
  MEMBERS_AT_A_GLANCE,
  MEMBERS_ON_PAGE,
  type Pathway,
  type Reply,
  type Since,
  type StalledMember,
  stalledBefore,
  stalledCard,
  stepListCard,
  stepMembersCard,
  unknownNameCard,
} from '@cme-commons/core'
import {
  countForList,
  erasedCounts,
  findSpace,
  type ListOf,
  type MemberAtStep,
  membersAtStep,
  stalledMembers,
  stepCounts,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { findNamed } from '../names.ts'
import { nextOf } from './company-card.ts'

/** How a pathway goes in this space: the newcomer's, or the one that an id, a name or a track speaks of. */
export async function showFunnel(ctx: Ctx, said?: string): Promise<Reply> {
  const pathway = pathwayNamed(ctx, said)
  if (!pathway) return { refuse: 'unknown-name', say: unknownNameCard(said ?? '', 'pathway', { do: 'funnel' }) }
  const { tx, actor, content } = ctx
  const counts = await stepCounts(
    tx,
    actor.space,
    pathway.steps.map(({ id }) => id),
  )
  const { begun, done } = counted(await stepCounts(tx, actor.space, ['']))
  const erased = await erasedAt(ctx, '')
  const whole = {
    begun,
    finished: done,
    stalled: await countForList(tx, actor.space, await stalledToday(ctx), COUNTED),
    most: COUNTED,
    erased: erased.begun,
  }
  const others = content.onboarding.pathways.filter(({ id }) => id !== pathway.id)
  return { say: funnelCard(pathway, funnelOf(pathway, counts), whole, others, await saves(ctx)), private: true }
}

function pathwayNamed({ content }: Ctx, said?: string): Pathway | undefined {
  const { pathways } = content.onboarding
  if (said === undefined) return pathways.find(({ track }) => track === undefined)
  const track = findNamed(content.tracks, said)
  return (
    pathways.find(({ id }) => id === said.toLowerCase()) ??
    pathways.find((one) => track !== undefined && one.track === track.id) ??
    findNamed(pathways, said)
  )
}

/** How many who began a step, or did it, erased their data since; step '' is the onboarding as a whole. */
async function erasedAt({ tx, actor }: Ctx, step: string): Promise<{ begun: number; done: number }> {
  const rows = (await erasedCounts(tx, actor.space)).filter((row) => row.step === step)
  const of = (what: 'begun' | 'done') => rows.find((row) => row.what === what)?.count ?? 0
  return { begun: of('begun'), done: of('done') }
}

/** The export as a file: on the try-out page only, whose address tells who asks. */
async function saves({ tx, actor }: Ctx): Promise<Button[]> {
  if ((await findSpace(tx, actor.space))?.platform !== 'try') return []
  return [{ label: 'Export (CSV)', href: `/documents/members.csv?as=${encodeURIComponent(actor.user)}` }]
}

const sinceOf = ({ name, at }: MemberAtStep): Since => ({ at, ...(name ? { name } : {}) })

/** The members behind the numbers of a step: both lists at a glance, or one of them page by page. */
export async function showStepMembers(ctx: Ctx, id: string, state?: string, from = 0): Promise<Reply> {
  const found = findStep(ctx.content.onboarding, id)
  if (!found) return { refuse: 'gone', say: goneCard('This step is not used any more.') }
  const { step, pathway } = found
  const [funnel] = funnelOf({ ...pathway, steps: [step] }, await stepCounts(ctx.tx, ctx.actor.space, [id]))
  const gone = await erasedAt(ctx, id)
  const erased = { open: gone.begun - gone.done, done: gone.done }
  const { begun, done } = funnel!
  const totals = { open: begun - done - erased.open, done: done - erased.done }
  const list = async (state: 'open' | 'done', from: number, limit: number): Promise<Listed<Since>> => {
    const rows = await membersAtStep(ctx.tx, { space: ctx.actor.space, step: id, state }, from, limit)
    return { members: rows.map(sinceOf), from, total: totals[state] }
  }
  if (state === 'open' || state === 'done')
    return {
      say: stepListCard(step, state, await list(state, from, MEMBERS_ON_PAGE), erased[state]),
      private: true,
    }
  const [open, did] = [await list('open', 0, MEMBERS_AT_A_GLANCE), await list('done', 0, MEMBERS_AT_A_GLANCE)]
  return { say: stepMembersCard(funnel!, open, did, erased, pathway), private: true }
}

/** How far those who stalled are counted. */
const COUNTED = 1000

/** Of whom the moderators’ list would tell today, so that both tell the same. */
async function stalledToday({ tx, actor, now }: Ctx): Promise<ListOf> {
  const zone = (await findSpace(tx, actor.space))?.zone ?? 'UTC'
  return { slot: now, before: stalledBefore(now, zone).before }
}

/** Who did nothing on her pathway for a week though something is left of it: on which step, since when, longest first. */
export async function showStalled(ctx: Ctx, from = 0): Promise<Reply> {
  const { tx, now, content } = ctx
  const { space } = ctx.actor
  const list = await stalledToday(ctx)
  const total = await countForList(tx, space, list, COUNTED)
  const rows = await stalledMembers(tx, space, list, from, MEMBERS_ON_PAGE)
  const next = await nextOf(tx, content, rows, space)
  const members = rows.map(({ member, moved_at, name }): StalledMember => {
    const step = next.get(member)?.name
    return { at: moved_at, ...(name ? { name } : {}), ...(step ? { step } : {}) }
  })
  return { say: stalledCard({ members, from, total, most: COUNTED }, now), private: true }
}
