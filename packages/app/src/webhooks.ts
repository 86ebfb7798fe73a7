import {
  DAY,
  type Instant,
  plus,
  type WebhookCall,
  type WebhookEvent,
  type WebhookEventType,
  webhookStoppedCard,
  webhookTroubleCard,
} from '@cme-commons/core'
import {
  changeWebhook,
  type Delivery,
  endTrouble,
  type FinalState,
  findItem,
  findSpace,
  findWebhook,
  isShown,
  laneOfWebhook,
  memberById,
  nextTurn,
  post,
  type Tx,
  webhooksFor,
  withdrawAt,
} from '@cme-commons/db'
import { whoMends } from './amiss.ts'
import { hashOf } from './digest-maker.ts'
import { laneOf } from './lanes.ts'

/** So long an event is worth telling; then it expires and can still be sent by hand. */
const WORTH = 3 * DAY

type Of<T extends WebhookEventType> = Extract<WebhookEvent, { type: T }>['data']

/**
 * Promises events of one type to whoever wants to be told, in the transaction that caused them: the webhooks of a space, or (without one)
 * of all. Each is promised once, by its content. Answers the lanes that have something to do.
 */
export async function tellWebhooks<T extends WebhookEventType>(
  tx: Tx,
  at: Instant,
  type: T,
  events: readonly Of<T>[],
  space?: string,
): Promise<string[]> {
  const hooks = events.length > 0 ? await webhooksFor(tx, type, space) : []
  for (const { id, space } of hooks) await promise(tx, { id, space }, at, type, events)
  return hooks.map(({ id }) => laneOfWebhook(id))
}

/** Promises events to one webhook, whatever events it chose. The key tells nobody whose event it is. */
export async function promise<T extends WebhookEventType>(
  tx: Tx,
  { id, space }: { id: string; space: string },
  at: Instant,
  type: T,
  events: readonly Of<T>[],
): Promise<string[]> {
  const turn = await nextTurn(tx, id, at)
  const rows = events.map((data, n) => {
    const event = { at, type, data } as WebhookEvent
    const key = `webhook/${id}/${type}/${hashOf(JSON.stringify([data, ONCE.has(type) ? '' : at]))}`
    const effect = { kind: 'webhook' as const, webhook: id, event }
    return {
      key,
      lane: laneOfWebhook(id),
      to: { space, channel: id },
      effect,
      due: plus(turn, n),
      expires: plus(at, WORTH),
    }
  })
  await post(tx, at, rows)
  return rows.map(({ key }) => key)
}

/** What can happen to its subject once only, whoever notices it again. */
const ONCE: ReadonlySet<WebhookEventType> = new Set(['item.added', 'digest.made'])

type Promised = Extract<Delivery['effect'], { kind: 'webhook' }>

/** What is sent to a webhook, or why nobody wants it any more: whoever erased her data is told of to nobody. */
export async function webhookCall(
  tx: Tx,
  { webhook, event }: Promised,
  site?: string,
): Promise<{ call: WebhookCall } | { skip: string }> {
  const row = await findWebhook(tx, webhook)
  if (!row) return { skip: 'The webhook was removed.' }
  if (row.stopped_at !== null) return { skip: 'The webhook is stopped.' }
  if ('member' in event.data && !(await memberById(tx, event.data.member)))
    return { skip: 'What was kept of the member is erased.' }
  const unseen = event.type === 'item.added' ? await unseenIn(tx, row.space, event.data.item) : undefined
  if (unseen) return { skip: unseen }
  const { type, at, data } = event
  return { call: { type, timestamp: at, data: { space: row.space, ...data, ...(await linkTo(tx, event, site)) } } }
}

/** Why a space does not show an item by itself, if so. */
async function unseenIn(tx: Tx, space: string, id: string): Promise<string | undefined> {
  const item = await findItem(tx, id, space)
  if (!item) return 'The item is not in the archive any more.'
  if (item.edit?.hidden === 1) return 'The moderators hid the item.'
  if (!isShown(item)) return 'The moderators show the item as the same story as another one.'
  return item.topic === 'off-topic' ? 'The item is off topic.' : undefined
}

/** Where everybody can read about it. What a space has for itself, or brought into its news, is on no page. */
async function linkTo(tx: Tx, { type, data }: WebhookEvent, site?: string): Promise<{ href?: string }> {
  if (!site) return {}
  if (type === 'item.added') {
    const item = await findItem(tx, data.item)
    return item && item.topic !== 'off-topic' ? { href: `${site}/news/${data.item}` } : {}
  }
  if (type === 'digest.made') return { href: `${site}/digests/${data.digest}` }
  return {}
}

/** What follows from an end: an address that is gone ends the webhook; moderators hear of that, and once a day of one that fails. */
export async function webhookSettled(tx: Tx, delivery: Delivery, state: FinalState, now: Instant): Promise<void> {
  const { webhook } = delivery.effect as Promised
  if (state === 'done') return endTrouble(tx, webhook)
  if (state === 'skipped') return
  const row = await findWebhook(tx, webhook)
  if (!row || row.stopped_at !== null) return
  const why = delivery.trouble ?? 'It did not answer in time.'
  const gone = delivery.gone !== undefined
  await changeWebhook(tx, row.id, { trouble: why, ...(gone ? { stopped_at: now, changed_at: now } : {}) })
  if (gone) await withdrawAt(tx, delivery.to, now)
  const space = await findSpace(tx, row.space)
  const to = space && space.left_at === null ? await whoMends(tx, row.space) : undefined
  if (!space || !to) return
  const card = (gone ? webhookStoppedCard : webhookTroubleCard)({ id: row.id, host: new URL(row.url).host, why })
  const key = `webhook-trouble/${row.id}/${gone ? now : now.slice(0, 10)}`
  await post(tx, now, [{ key, lane: laneOf(space), to, effect: { kind: 'message', card }, due: now }])
}
