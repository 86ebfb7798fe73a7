import { nextValues } from './counters.ts'
import type { SourceOfferTable } from './tables/editing.ts'
import type { Read, Tx } from './tx.ts'

/** Keeps an address that a moderator wants looked at; the one of before is forgotten. Answers its id. */
export async function addOffer(
  tx: Tx,
  offer: Pick<SourceOfferTable, 'space' | 'member' | 'address' | 'url' | 'at'>,
): Promise<string> {
  const id = `of${await nextValues(tx, 'source-offers')}`
  await tx.deleteFrom('source_offers').where('space', '=', offer.space).where('member', '=', offer.member).execute()
  await tx
    .insertInto('source_offers')
    .values({ id, ...offer, looked_at: null, found: null, trouble: null })
    .execute()
  return id
}

/** Addresses at which nobody has looked yet, the longest waiting first. */
export const openOffers = (db: Read, limit: number): Promise<SourceOfferTable[]> =>
  db.selectFrom('source_offers').selectAll().where('looked_at', 'is', null).orderBy('at').limit(limit).execute()

export const offerById = (db: Read, id: string): Promise<SourceOfferTable | undefined> =>
  db.selectFrom('source_offers').selectAll().where('id', '=', id).executeTakeFirst()

/** Notes what is at an address; false when somebody did already, or the offer was taken back. */
export async function lookedAt(
  tx: Tx,
  id: string,
  seen: Pick<SourceOfferTable, 'looked_at' | 'found' | 'trouble'>,
): Promise<boolean> {
  const query = tx.updateTable('source_offers').set(seen).where('id', '=', id).where('looked_at', 'is', null)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

export async function dropOffer(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('source_offers').where('id', '=', id).execute()
}

/** Undoes what a clock that was ahead brought. */
export async function forgetOffersAfter(tx: Tx, now: string): Promise<void> {
  await tx.deleteFrom('source_offers').where('at', '>', now).execute()
}

/** What a member asked for of late. */
export const offersOf = (db: Read, member: string): Promise<SourceOfferTable[]> =>
  db.selectFrom('source_offers').selectAll().where('member', '=', member).orderBy('at').execute()
