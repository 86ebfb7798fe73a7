import { type PlanChange, planLogCard, type Reply, strong, type Text, t, whenInWords } from '@cme-commons/core'
import { changesOf, type DateHistoryTable, type DateTable, type EditionTable, namesOfMembers } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { asPlanner } from './plan-draft.ts'
import { dateOf } from './rows.ts'

const SHOWN = 12

/** Who changed what about a date, an edition, or everything of a space, the latest first. */
export const showLog = (ctx: Ctx, of?: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const [, what, subject] = /^(date|edition|conference)\/(.+)$/.exec(of ?? '') ?? []
    const about = what && subject ? { what: what as DateHistoryTable['what'], subject } : { space: ctx.actor.space }
    const lines = (await changesOf(ctx.tx, about, SHOWN)).filter(({ space }) => space === ctx.actor.space)
    const names = await namesOfMembers(
      ctx.tx,
      lines.flatMap(({ changed_by }) => (changed_by ? [changed_by] : [])),
    )
    const told = lines.map(
      (line): PlanChange => ({
        at: line.at,
        by: (line.changed_by && names.get(line.changed_by)) || line.said || 'a former member',
        says: inWords(line),
      }),
    )
    return { say: planLogCard(told), private: true }
  })

function inWords({ what, before, after }: DateHistoryTable): Text {
  const verb = before === null ? 'added' : 'changed'
  if (what !== 'date') {
    const row = JSON.parse(after ?? before ?? '{}') as Pick<EditionTable, 'name' | 'status'>
    return t`${row.status === 'cancelled' ? 'cancelled' : verb} ${strong(row.name ?? '')}`
  }
  const [from, to] = [before, after].map((json) => (json ? dateOf(JSON.parse(json) as DateTable) : undefined))
  if (!to) return t`${verb}`
  if (to.gone) return t`took out ${strong(to.title)}`
  if (from && from.status !== to.status) return t`${strong(to.title)}: ${from.status} → ${to.status}`
  if (from && JSON.stringify(from.when) !== JSON.stringify(to.when))
    return t`${strong(to.title)}: ${whenInWords(from.when)} → ${whenInWords(to.when)}`
  return t`${verb} ${strong(to.title)}, ${whenInWords(to.when)}`
}
