import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { type Delivery, toDelivery } from './outbox.ts'
import type { SubscriptionRow } from './subscriptions.ts'
import type { DeliveryState } from './tables/delivery.ts'
import type { Read } from './tx.ts'

/** How much of what was promised in a space from one instant to another came to which state. */
export async function countDeliveries(
  read: Read,
  space: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<Partial<Record<DeliveryState, number>>> {
  const rows = await read
    .selectFrom('deliveries')
    .select((e) => ['state', e.fn.countAll<number | string>().as('count')])
    .where('space', '=', space)
    .where('made_at', '>=', from)
    .where('made_at', '<', to)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

/** Written into the statement, so that the indexes of what did not arrive, and of what is on its way, are found by it. */
const ended = sql<boolean>`state in ('dead', 'expired', 'skipped', 'withdrawn')`
const ENDED: readonly DeliveryState[] = ['dead', 'expired', 'skipped', 'withdrawn']

/** How many deliveries of a space failed for good since then; what only came too late is left out. */
export async function countFailed(read: Read, space: string, since: Instant): Promise<number> {
  const { count } = await read
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('space', '=', space)
    .where('made_at', '>=', since)
    .where(ended)
    .where('state', '=', 'dead')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What a moderator looks for: how a key begins, or whatever goes to one of these addresses. */
export type DeliveryQuery = {
  space: string
  /** The lane of the space. */
  lane: string
  state?: DeliveryState
  words?: string
  addresses?: readonly string[]
  before?: { made: Instant; key: string }
  limit: number
}

/** The deliveries of a space that are looked for, the latest promised first. */
export async function findDeliveries(read: Read, query: DeliveryQuery): Promise<Delivery[]> {
  const { space, lane, state, words, addresses = [], before, limit } = query
  let found = read.selectFrom('deliveries').selectAll()
  if (state) found = found.where('state', '=', sql.lit(state))
  if (state && ENDED.includes(state)) found = found.where(ended)
  // Nearly all have arrived: what waits is found by its lane, not by walking through the space.
  if (state === 'waiting') found = found.where('lane', '=', lane).where(sql<boolean>`space || '' = ${space}`)
  else found = found.where('space', '=', space)
  if (words)
    found = found.where((e) =>
      e.or([
        e.and([e('key', '>=', words), e('key', '<', `${words}\u{10ffff}`)]),
        ...(addresses.length > 0 ? [e('address', 'in', addresses)] : []),
      ]),
    )
  if (before)
    found = found.where((w) =>
      w.and([w('made_at', '<=', before.made), w.or([w('made_at', '<', before.made), w('key', '<', before.key)])]),
    )
  const rows = await found.orderBy('made_at', 'desc').orderBy('key', 'desc').limit(limit).execute()
  return rows.map(toDelivery)
}

/** The latest messages of a space under keys that begin so, and were promised since then. */
export async function deliveriesUnder(read: Read, space: string, prefix: string, since: Instant): Promise<Delivery[]> {
  const rows = await read
    .selectFrom('deliveries')
    .selectAll()
    .where('space', '=', space)
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('made_at', '>=', since)
    .orderBy('made_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(toDelivery)
}

/** The digests that channels of a space have. */
export const channelDigests = (read: Read, space: string): Promise<SubscriptionRow[]> =>
  read
    .selectFrom('subscriptions')
    .innerJoin('audiences', 'audiences.id', 'subscriptions.audience')
    .selectAll('subscriptions')
    .select(['audiences.filter', 'audiences.schedule', 'audiences.next_at'])
    .where('subscriptions.space', '=', space)
    .where('subscriptions.address', '>=', 'channel:')
    .where('subscriptions.address', '<', 'channel;')
    .orderBy('subscriptions.address')
    .execute()

/** How many members of a space have a digest of their own. */
export async function countReaders(read: Read, space: string): Promise<number> {
  const { count } = await read
    .selectFrom('subscriptions')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('space', '=', space)
    .where('member', 'is not', null)
    .where('paused', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many items for a space came since then, by topic, the most first; what is off topic is left out. */
export async function itemsByTopic(
  read: Read,
  space: string,
  since: Instant,
): Promise<{ topic: string; count: number }[]> {
  const rows = await read
    .selectFrom('items')
    .select((e) => ['topic', e.fn.countAll<number | string>().as('count')])
    .where('seen', '>=', since)
    .where('topic', '!=', 'off-topic')
    .where((e) => e.or([e('space', 'is', null), e('space', '=', space)]))
    .groupBy('topic')
    .orderBy('count', 'desc')
    .orderBy('topic')
    .execute()
  return rows.map(({ topic, count }) => ({ topic, count: Number(count) }))
}

/** How many newcomers of a space were nudged, and how many of them did something afterwards, or stopped the nudges. */
export async function nudgeAnswers(
  read: Read,
  space: string,
): Promise<{ nudged: number; did: number; stopped: number }> {
  const row = await read
    .selectFrom('company')
    .select([
      sql<number | string>`count(*)`.as('nudged'),
      sql<number | string>`sum(case when did_at is not null and did_at >= nudged_at then 1 else 0 end)`.as('did'),
      sql<
        number | string
      >`sum(case when stopped_at is not null and (did_at is null or did_at < nudged_at) then 1 else 0 end)`.as(
        'stopped',
      ),
    ])
    .where('space', '=', space)
    .where('nudged_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return { nudged: Number(row.nudged), did: Number(row.did ?? 0), stopped: Number(row.stopped ?? 0) }
}
