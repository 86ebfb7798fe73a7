import { type Address, type Instant, stoppedCard, type Text, t } from '@cme-commons/core'
import {
  changeSubscription,
  type Delivery,
  findSpace,
  findSubscription,
  post,
  standApart,
  type Tx,
} from '@cme-commons/db'
import { whoMends } from './amiss.ts'
import { laneOf } from './lanes.ts'

/**
 * A platform takes nothing more for an address until a person mends it: its digest pauses, and whoever can mend it hears of it once.
 * A person whose own digest stopped finds it paused when she looks; a channel's is told to the moderators.
 */
export async function stopAt(
  tx: Tx,
  subscription: string,
  { to, trouble, key }: Delivery,
  now: Instant,
): Promise<void> {
  const row = await findSubscription(tx, subscription)
  if (!row || row.paused === 1) return
  await standApart(tx, row.id)
  await changeSubscription(tx, row.id, { paused: 1 })
  const space = await findSpace(tx, to.space)
  const moderators = space && 'channel' in to ? await whoMends(tx, space.id, to.channel) : undefined
  if (!space || !moderators) return
  const card = stoppedCard(whereOf(to), trouble ?? 'the platform refused it', row.id)
  await post(tx, now, [
    { key: `stopped/${key}`, lane: laneOf(space), to: moderators, effect: { kind: 'message', card }, due: now },
  ])
}

const whereOf = (to: Address): Text => ('channel' in to ? [{ channel: to.channel }] : t`a member`)
