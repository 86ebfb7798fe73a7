import { type Delivery, toDelivery } from './outbox.ts'
import type { DeliveryState } from './tables/delivery.ts'
import type { Read } from './tx.ts'

/** How many deliveries are in each state, for a lane or for all; states without any are left out. */
export async function countByState(read: Read, lane?: string): Promise<Partial<Record<DeliveryState, number>>> {
  let query = read.selectFrom('deliveries').select((e) => ['state', e.fn.countAll<number>().as('count')])
  if (lane !== undefined) query = query.where('lane', '=', lane)
  const rows = await query.groupBy('state').execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** How often a message may have arrived twice, by what was done about it. */
export async function countTwice(read: Read): Promise<Record<'looked-up' | 'sent-blind', number>> {
  const rows = await read
    .selectFrom('deliveries')
    .select((e) => ['twice', e.fn.countAll<number>().as('count')])
    .where('twice', 'is not', null)
    .groupBy('twice')
    .execute()
  return { 'looked-up': 0, 'sent-blind': 0, ...Object.fromEntries(rows.map(({ twice, count }) => [twice, count])) }
}

export type Page = { deliveries: Delivery[]; before?: string }

/** What was promised in a space, newest first. `before` of one page asks for the next; it is absent on the last. */
export async function listDeliveries(
  read: Read,
  { space, state, before, limit = 50 }: { space: string; state?: DeliveryState; before?: string; limit?: number },
): Promise<Page> {
  let query = read.selectFrom('deliveries').selectAll().where('space', '=', space)
  if (state) query = query.where('state', '=', state)
  if (before) {
    const [made = '', key = ''] = split(before)
    query = query.where((w) => w.and([w('made_at', '<=', made), w.or([w('made_at', '<', made), w('key', '<', key)])]))
  }
  const rows = await query
    .orderBy('made_at', 'desc')
    .orderBy('key', 'desc')
    .limit(limit + 1)
    .execute()
  const deliveries = rows.slice(0, limit).map(toDelivery)
  const last = rows.length > limit ? deliveries.at(-1) : undefined
  return { deliveries, before: last && `${last.made} ${last.key}` }
}

const split = (cursor: string) => [cursor.slice(0, cursor.indexOf(' ')), cursor.slice(cursor.indexOf(' ') + 1)]

/** One delivery by its key. */
export async function deliveryOf(read: Read, key: string): Promise<Delivery | undefined> {
  const row = await read.selectFrom('deliveries').selectAll().where('key', '=', key).executeTakeFirst()
  return row && toDelivery(row)
}

/** The delivery that was promised last under keys with this prefix. */
export async function lastUnder(read: Read, keyPrefix: string): Promise<Delivery | undefined> {
  const row = await read
    .selectFrom('deliveries')
    .selectAll()
    .where('key', '>=', keyPrefix)
    .where('key', '<', `${keyPrefix}\u{10ffff}`)
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toDelivery(row)
}

/** What waits to go out until `until`, in all spaces or in one, soonest first. */
export async function listWaiting(read: Read, until: string, limit: number, space?: string): Promise<Delivery[]> {
  const rows = await read
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('due_at', '<=', until)
    .$if(space !== undefined, (query) => query.where('space', '=', space!))
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map(toDelivery)
}
