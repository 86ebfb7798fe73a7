import type { Instant } from '@cme-commons/core'
import {
  addSubscription,
  changeSubscription,
  findDigest,
  findSpace,
  giveBack,
  type Person,
  type SubscriptionRow,
  standApart,
  subscriptionsOf,
  type Tx,
  waitingUnder,
  withdraw,
} from '@cme-commons/db'
import { laneOf } from '../lanes.ts'
import { subscriptionOf } from '../rows.ts'
import { joinAudience, quietOf } from '../subscriptions.ts'

const isAt = ({ space, address }: SubscriptionRow, home: Person): boolean =>
  space === home.space && address === `user:${home.user}`

/**
 * Lets one digest of a member come, to `home`, and pauses her others. Where there is none, or with `takeOver`, it takes filter and times
 * of the one that came until now. What any of them told her is not told again, and what waits to tell it is taken back. Answers
 * how far she was told.
 */
export async function oneDigest(
  tx: Tx,
  member: string,
  home: Person,
  now: Instant,
  takeOver = false,
): Promise<number | undefined> {
  const all = await subscriptionsOf(tx, member)
  if (all.length === 0) return undefined
  for (const { id } of all) await standApart(tx, id)
  for (const row of all) if (!isAt(row, home)) await takeBack(tx, row.id, now)
  const told = await toldTo(tx, member, (row) => !isAt(row, home))
  const own = all.find((row) => isAt(row, home))
  if (own) await takeBack(tx, own.id, now, told)
  const cursor = await toldTo(tx, member, () => true)
  const from = all.find((row) => row.paused === 0 && !isAt(row, home))
  if (from && (!own || takeOver)) {
    const { filter, schedule } = subscriptionOf(from)
    const audience = await joinAudience(tx, home.space, filter, schedule, now)
    const order = { audience, cursor, paused: 0, snoozed_until: from.snoozed_until, quiet: quietOf(schedule) }
    if (own) await changeSubscription(tx, own.id, order)
    else {
      const lane = laneOf((await findSpace(tx, home.space))!)
      const to = { space: home.space, address: `user:${home.user}`, member }
      await addSubscription(tx, { ...to, lane, ...order, even_empty: from.even_empty, made_at: now })
    }
  } else if (own) await changeSubscription(tx, own.id, { cursor, ...(from ? { paused: 0 } : {}) })
  for (const row of all) if (!isAt(row, home)) await changeSubscription(tx, row.id, { paused: 1 })
  return cursor
}

/** How far the farthest of these was told. */
async function toldTo(tx: Tx, member: string, which: (row: SubscriptionRow) => boolean): Promise<number> {
  const cursors = (await subscriptionsOf(tx, member)).filter(which).map(({ cursor }) => cursor ?? 0)
  return Math.max(0, ...cursors)
}

/** Takes back what waits of a digest, if it begins before `told`, and gives its items back. */
async function takeBack(tx: Tx, subscription: string, now: Instant, told = Number.POSITIVE_INFINITY): Promise<void> {
  for (const { key, effect } of await waitingUnder(tx, `digest/${subscription}/`)) {
    const digest = effect.kind === 'digest' ? await findDigest(tx, effect.digest) : undefined
    if (!digest || digest.since >= told) continue
    if ((await withdraw(tx, key, now)) > 0) await giveBack(tx, subscription, digest.since, digest.upto)
  }
}
