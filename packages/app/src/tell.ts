import type { Card } from '@cme-commons/core'
import { findSpace, homeOf, identitiesOf, post, userIn } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { laneOf } from './lanes.ts'
import { toOf } from './rows.ts'

/** Posts a card to an address (`user:U1`, `channel:C1`) of a space, once under its key; nothing when the space was left. */
async function tell(ctx: Ctx, space: string, address: string, key: string, card: Card): Promise<void> {
  const found = await findSpace(ctx.tx, space)
  if (!found || found.left_at !== null) return
  const to = { space, ...toOf(address) }
  const effect = { kind: 'message' as const, card }
  await post(ctx.tx, ctx.now, [{ key, lane: laneOf(found), to, effect, due: ctx.now }])
}

/** Posts a card to the moderators of the space of who acts, if they named where. */
export async function tellModerators(ctx: Ctx, key: string, card: Card): Promise<void> {
  const { space } = ctx.actor
  const to = (await findSpace(ctx.tx, space))?.moderators
  if (to) await tell(ctx, space, to, key, card)
}

/** Posts a card to a member in private, in the space that it is about; where she is not in it any more, where she is. */
export async function tellMember(ctx: Ctx, space: string, member: string, key: string, card: Card): Promise<void> {
  const user = await userIn(ctx.tx, space, member)
  if (user) return tell(ctx, space, `user:${user}`, key, card)
  const [other] = await identitiesOf(ctx.tx, member)
  const home = other && (await homeOf(ctx.tx, other))
  if (home) await tell(ctx, home.space, `user:${home.user}`, key, card)
}
