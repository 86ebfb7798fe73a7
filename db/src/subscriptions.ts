import { nextValues } from './counters.ts'
import type { AudienceTable, SubscriptionTable } from './tables/news.ts'
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

export async function addSubscription(tx: Tx, row: Omit<SubscriptionTable, 'id'>): Promise<string> {
  const id = `s${await nextValues(tx, 'subscriptions')}`
  await tx
    .insertInto('subscriptions')
    .values({ id, ...row })
    .execute()
  return id
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

/** Notes what a subscription was told so far as its own, before it leaves its audience or misses a digest of it. */
export async function standApart(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set((eb) => ({
      cursor: eb
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
        .whereRef('audiences.id', '=', 'subscriptions.audience'),
    }))
    .where('id', '=', id)
    .where('cursor', 'is', null)
    .execute()
}

/** Gives the items of a digest that never arrived back: the next one starts before them, unless a later one was planned already. */
export async function giveBack(tx: Tx, subscription: string, since: number, upto: number): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ cursor: since })
    .where('id', '=', subscription)
    .where((eb) => {
      const audience = eb
        .selectFrom('audiences')
        .select('audiences.cursor')
        .whereRef('audiences.id', '=', 'subscriptions.audience')
      return eb.or([eb('cursor', '=', upto), eb.and([eb('cursor', 'is', null), eb(audience, '<=', upto)])])
    })
    .execute()
}
