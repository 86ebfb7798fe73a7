import type { ExpressionBuilder } from 'kysely'
import { nextValues } from './counters.ts'
import type { AudienceTable, SubscriptionTable } from './tables/news.ts'
import type { Tables } from './tables.ts'
import type { Read, Tx } from './tx.ts'

/** A subscription with its audience's filter and schedule. */
export type SubscriptionRow = SubscriptionTable & Pick<AudienceTable, 'filter' | 'schedule' | 'next_at'>

const whole = (db: Read) =>
  db
    .selectFrom('subscriptions')
    .innerJoin('audiences', 'audiences.id', 'subscriptions.audience')
    .selectAll('subscriptions')
    .select(['audiences.filter', 'audiences.schedule', 'audiences.next_at'])

export const findSubscription = (db: Read, id: string): Promise<SubscriptionRow | undefined> =>
  whole(db).where('subscriptions.id', '=', id).executeTakeFirst()

/** The standing order of a member (`user:U1`) or a channel (`channel:C1`), of which there is at most one. */
export const subscriptionAt = (db: Read, space: string, address: string): Promise<SubscriptionRow | undefined> =>
  whole(db).where('subscriptions.space', '=', space).where('subscriptions.address', '=', address).executeTakeFirst()

/** Every standing order of a member's own. */
export const subscriptionsOf = (db: Read, member: string): Promise<SubscriptionRow[]> =>
  whole(db).where('subscriptions.member', '=', member).orderBy('subscriptions.made_at').execute()

/** The channels of a space that get a digest, by the platform's ids. */
export async function channelsSubscribed(db: Read, space: string): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .select('address')
    .where('space', '=', space)
    .where('address', '>=', 'channel:')
    .where('address', '<', 'channel;')
    .execute()
  return rows.map(({ address }) => address.slice('channel:'.length))
}

/** Adds a subscription; nothing when its address has one already (two presses at once). */
export async function addSubscription(tx: Tx, row: Omit<SubscriptionTable, 'id'>): Promise<void> {
  const id = `s${await nextValues(tx, 'subscriptions')}`
  await tx
    .insertInto('subscriptions')
    .values({ id, ...row })
    .onConflict((c) => c.columns(['space', 'address']).doNothing())
    .execute()
}

export async function changeSubscription(
  tx: Tx,
  id: string,
  change: Partial<Omit<SubscriptionTable, 'id'>>,
): Promise<void> {
  await tx.updateTable('subscriptions').set(change).where('id', '=', id).execute()
}

export async function dropSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('subscriptions').where('id', '=', id).execute()
}

/** Waits until nobody plans the audience of a subscription; what is read afterwards is what the planner left. */
async function holdAudienceOf(tx: Tx, subscription: string): Promise<void> {
  await tx
    .updateTable('audiences')
    .set((eb) => ({ after: eb.ref('after') }))
    .where('id', '=', (eb) =>
      eb.selectFrom('subscriptions').select('audience').where('subscriptions.id', '=', subscription),
    )
    .execute()
}

/** The last item number a subscription without a cursor of its own was told: further when the slot being planned has passed it. */
const toldWithAll = (eb: ExpressionBuilder<Tables, 'subscriptions'>) =>
  eb
    .selectFrom('audiences')
    .select((a) =>
      a
        .case()
        .when(a.and([a('audiences.upto', 'is not', null), a('subscriptions.id', '<=', a.ref('audiences.after'))]))
        .then(a.ref('audiences.upto'))
        .else(a.ref('audiences.cursor'))
        .end()
        .as('told'),
    )
    .whereRef('audiences.id', '=', 'subscriptions.audience')

/** Notes what a subscription was told so far as its own, before it leaves its audience or misses a digest of it. */
export async function standApart(tx: Tx, id: string): Promise<void> {
  await holdAudienceOf(tx, id)
  await tx
    .updateTable('subscriptions')
    .set((eb) => ({ cursor: toldWithAll(eb) }))
    .where('id', '=', id)
    .where('cursor', 'is', null)
    .execute()
}

/**
 * Gives the items of a digest that never arrived back: the next one starts before them. False when a later one was planned already, so
 * that starting before them would tell its items twice.
 */
export async function giveBack(tx: Tx, subscription: string, since: number, upto: number): Promise<boolean> {
  await holdAudienceOf(tx, subscription)
  const { numUpdatedRows } = await tx
    .updateTable('subscriptions')
    .set({ cursor: since })
    .where('id', '=', subscription)
    .where((eb) => eb(eb.fn.coalesce('cursor', toldWithAll(eb)), '<=', upto))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
