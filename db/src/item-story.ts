import { sql } from 'kysely'
import type { DeliveryState } from './tables/delivery.ts'
import type { AudienceTable } from './tables/news.ts'
import type { Read } from './tx.ts'

/** The kept digests that have an item, the latest first. */
export const digestsWith = (db: Read, item: string): Promise<{ id: string; at: string }[]> =>
  db
    .selectFrom('digests')
    .select(['id', 'at'])
    .where('items', 'like', `%"${item}"%`)
    .orderBy('at', 'desc')
    .limit(500)
    .execute()

/** What became of the digests of one subscription, the latest first. */
export async function digestsOf(
  db: Read,
  subscription: string,
): Promise<{ digest: string; due: string; state: DeliveryState }[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['effect', 'due_at', 'state'])
    .where('key', '>=', `digest/${subscription}/`)
    .where('key', '<', `digest/${subscription}0`)
    .where('effect', 'like', '{"kind":"digest"%')
    .orderBy('key', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ effect, due_at, state }) => ({ digest: JSON.parse(effect).digest as string, due: due_at, state }))
}

/** How many deliveries there are of some digests, by what became of them. Reads the whole ledger: for the command line. */
export async function countsOfDigests(db: Read, digests: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const digest of digests) {
    const rows = await db
      .selectFrom('deliveries')
      .select(['state', sql<number>`count(*)`.as('count')])
      .where('effect', 'like', `{"kind":"digest","digest":"${digest}",%`)
      .groupBy('state')
      .execute()
    for (const { state, count } of rows) counts[state] = (counts[state] ?? 0) + Number(count)
  }
  return counts
}

/** When a subscription was last told something before a slot, be it that there was nothing. */
export async function toldBefore(db: Read, subscription: string, slot: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select('due_at')
    .where('key', '>=', `digest/${subscription}/`)
    .where('key', '<', `digest/${subscription}/${slot}`)
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at
}

export const audienceById = (db: Read, id: string): Promise<AudienceTable | undefined> =>
  db.selectFrom('audiences').selectAll().where('id', '=', id).executeTakeFirst()
