import { type Instant, plus, type WebhookEventType } from '@cme-commons/core'
import { sql } from 'kysely'
import type { Stretch } from './audiences.ts'
import { nextValues } from './counters.ts'
import { type Delivery, noteLane, toDelivery } from './outbox.ts'
import type { DeliveryState } from './tables/delivery.ts'
import type { WebhookTable } from './tables/webhooks.ts'
import type { Read, Tx } from './tx.ts'

/** The lane of a webhook: each has its own, so that one slow address delays no other. */
export const laneOfWebhook = (id: string): string => `webhook/${id}`

/** The id of a new webhook; its secret is sealed under that name. */
export const nextWebhook = async (tx: Tx): Promise<string> => `wh${await nextValues(tx, 'webhooks')}`

export async function addWebhook(
  tx: Tx,
  webhook: Pick<WebhookTable, 'id' | 'space' | 'url' | 'events' | 'secret' | 'made_at'>,
): Promise<WebhookTable> {
  const rest = { old_secret: null, old_until: null, changed_at: webhook.made_at, stopped_at: null, trouble: null }
  return tx
    .insertInto('webhooks')
    .values({ ...webhook, ...rest })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const findWebhook = (read: Read, id: string): Promise<WebhookTable | undefined> =>
  read.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()

/** The webhooks of a space, or all, in the order they were made. */
export function listWebhooks(read: Read, space?: string): Promise<WebhookTable[]> {
  let query = read.selectFrom('webhooks').selectAll()
  if (space !== undefined) query = query.where('space', '=', space)
  return query.orderBy('made_at').orderBy('id').limit(1000).execute()
}

export async function changeWebhook(
  tx: Tx,
  id: string,
  change: Partial<Omit<WebhookTable, 'id' | 'space' | 'made_at'>>,
): Promise<WebhookTable | undefined> {
  return tx.updateTable('webhooks').set(change).where('id', '=', id).returningAll().executeTakeFirst()
}

/** It got through again; nothing is written where there was no trouble. */
export async function endTrouble(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({ trouble: null })
    .where('id', '=', id)
    .where('stopped_at', 'is', null)
    .where('trouble', 'is not', null)
    .execute()
}

export async function dropWebhook(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('webhooks').where('id', '=', id).execute()
}

/** Who wants to be told of such an event, in a space or (without one) in all that the program is in. */
export function webhooksFor(
  tx: Read,
  event: WebhookEventType,
  space?: string,
): Promise<Pick<WebhookTable, 'id' | 'space'>[]> {
  let query = tx
    .selectFrom('webhooks')
    .innerJoin('spaces', 'spaces.id', 'webhooks.space')
    .select(['webhooks.id', 'webhooks.space'])
    .where('webhooks.stopped_at', 'is', null)
    .where('spaces.left_at', 'is', null)
    .where('webhooks.events', 'like', `%,${event},%`)
  if (space !== undefined) query = query.where('webhooks.space', '=', space)
  return query.orderBy('webhooks.id').execute()
}

/** The channels of some spaces to which a digest was promised for a slot, among those of a stretch. */
export function channelsInStretch(
  tx: Read,
  { audience, after, last, slot }: Stretch,
  digest: string,
  spaces: readonly string[],
): Promise<{ space: string; address: string }[]> {
  return tx
    .selectFrom('subscriptions')
    .innerJoin('deliveries', (join) =>
      join.on((e) => e('deliveries.key', '=', sql<string>`'digest/' || subscriptions.id || ${sql.val(`/${slot}`)}`)),
    )
    .select(['subscriptions.space', 'subscriptions.address'])
    .where('subscriptions.audience', '=', audience)
    .where('subscriptions.id', '>', after)
    .where('subscriptions.id', '<=', last)
    .where('subscriptions.space', 'in', spaces)
    .where('subscriptions.address', 'like', 'channel:%')
    .where('deliveries.effect', 'like', `%"${digest}"%`)
    .execute()
}

export type WebhookPage = { state?: DeliveryState; before?: string; limit?: number }

/** What was sent to a webhook or is to be sent, the latest first; `before` is the `made key` of the last one seen. */
export async function webhookDeliveries(
  read: Read,
  { id, space }: Pick<WebhookTable, 'id' | 'space'>,
  { state, before, limit = 50 }: WebhookPage = {},
): Promise<{ deliveries: Delivery[]; before?: string }> {
  let query = read
    .selectFrom('deliveries')
    .selectAll()
    .where('space', '=', space)
    .where('address', '=', `channel:${id}`)
    .where('lane', '=', laneOfWebhook(id))
  if (state) query = query.where('state', '=', state)
  if (before) {
    const [made = '', key = ''] = before.split(' ')
    query = query.where((w) => w.or([w('made_at', '<', made), w.and([w('made_at', '=', made), w('key', '<', key)])]))
  }
  const rows = await query
    .orderBy('made_at', 'desc')
    .orderBy('key', 'desc')
    .limit(limit + 1)
    .execute()
  const deliveries = rows.slice(0, limit).map(toDelivery)
  const last = rows.length > limit ? deliveries.at(-1) : undefined
  return { deliveries, ...(last ? { before: `${last.made} ${last.key}` } : {}) }
}

/** When something new for a webhook is due: at `now`, or right behind what has just been promised to it, so that it goes in order. */
export async function nextTurn(tx: Read, id: string, now: Instant): Promise<Instant> {
  const row = await tx
    .selectFrom('deliveries')
    .select((e) => e.fn.max('due_at').as('due'))
    .where('state', '=', 'waiting')
    .where('lane', '=', laneOfWebhook(id))
    .where('due_at', '>=', now)
    .where('due_at', '<', plus(now, BURST))
    .executeTakeFirst()
  return row?.due ? plus(row.due, 1) : now
}

/** What happens at one instant is at most so much apart. */
const BURST = 10_000

const ENDED: readonly DeliveryState[] = ['done', 'dead', 'expired', 'skipped', 'withdrawn']

/**
 * Puts what was sent to a webhook, or could not be, in line once more, as if it had never been tried: one by its key, or with `keys`
 * left out all that did not arrive. It keeps its id, by which the other side tells that it has it. Answers how many.
 */
export async function redeliver(
  tx: Tx,
  id: string,
  times: { now: Instant; expires: Instant },
  keys?: readonly string[],
): Promise<number> {
  let update = tx
    .updateTable('deliveries')
    .set({
      state: 'waiting',
      attempts: 0,
      due_at: times.now,
      expires_at: times.expires,
      doubt: 0,
      settled_at: null,
      lease: null,
      lease_until: null,
    })
    .where('lane', '=', laneOfWebhook(id))
    .where('address', '=', `channel:${id}`)
    .where('state', 'in', keys ? ENDED : ['dead', 'expired'])
  if (keys) update = update.where('key', 'in', keys)
  const count = Number((await update.executeTakeFirst()).numUpdatedRows)
  if (count > 0) noteLane(tx, laneOfWebhook(id))
  return count
}
