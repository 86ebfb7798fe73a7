import type { Delivery, WebhookTable } from '@cme-commons/db'
import { eventsOf } from './manage.ts'

/** A webhook as programs are told of it: never with its secret. */
export const webhookJson = (row: WebhookTable) => ({
  id: row.id,
  space: row.space,
  url: row.url,
  events: eventsOf(row),
  state: row.stopped_at === null ? ('on' as const) : ('stopped' as const),
  trouble: row.trouble,
  made: row.made_at,
  changed: row.changed_at,
  stopped: row.stopped_at,
})

/** What was sent to a webhook, or will be, and what became of it. `id` is its key as addresses carry it; `answer` the status that took it. */
export const sentJson = ({ key, effect, state, attempts, made, due, settled, ref, trouble }: Delivery) => ({
  id: Buffer.from(key).toString('base64url'),
  event: effect.kind === 'webhook' ? effect.event.type : 'ping',
  state,
  attempts,
  made,
  due,
  settled: settled ?? null,
  answer: state === 'done' && ref ? Number(ref) : null,
  trouble: state === 'done' ? null : (trouble ?? null),
})
