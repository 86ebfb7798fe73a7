import {
  type ConferenceDate,
  DEFAULT_DAYS,
  DEFAULT_MINUTES,
  type FormReply,
  planPreviewCard,
  type Reply,
  type Text,
} from '@cme-commons/core'
import { type DateTable, findDate, policiesOf, putDraft } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { previewOf } from './preview.ts'
import type { Proposed } from './proposed.ts'
import { plannersOnly } from './refusals.ts'
import { policyOf } from './rows.ts'

const KIND = 'plan'

export const asPlanner = async <R extends Reply>(ctx: Ctx, then: () => Promise<R>): Promise<R | FormReply> =>
  ctx.actor.moderator ? then() : plannersOnly

export type Subject = { kind: string; id: string }
export const subjectOf = (of = ''): Subject => ({
  kind: of.slice(0, of.indexOf('/')),
  id: of.slice(of.indexOf('/') + 1),
})

/** A date of this space that was not taken out, with its row. */
export async function dateHere(ctx: Ctx, id: string): Promise<DateTable | undefined> {
  const row = await findDate(ctx.tx, id)
  return row && row.space === ctx.actor.space && row.gone_at === null ? row : undefined
}

export async function leadsHere(ctx: Ctx, kind: ConferenceDate['kind']): Promise<readonly number[]> {
  const own = (await policiesOf(ctx.tx, ctx.actor.space)).map(policyOf).find((policy) => policy.kind === kind)
  return own?.leads ?? (kind === 'session' ? DEFAULT_MINUTES : DEFAULT_DAYS)
}

export const draftName = async (ctx: Ctx, id: string) => ({
  space: ctx.actor.space,
  member: (await memberOf(ctx)).id,
  kind: KIND,
  id,
})

export async function preview(
  ctx: Ctx,
  proposed: Proposed,
  again?: { form: string; of?: string },
  said?: Text,
): Promise<FormReply> {
  const { id: member } = await memberOf(ctx)
  const body = JSON.stringify(proposed)
  const draft = await putDraft(ctx.tx, { space: ctx.actor.space, member, kind: KIND, body, at: ctx.now })
  const lines = await previewOf(ctx, proposed)
  return {
    say: planPreviewCard(lines, draft, again?.form === 'import' ? undefined : again, said),
    private: true,
    ...(said ? { update: true } : {}),
  }
}
