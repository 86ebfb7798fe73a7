import { promiseWebhook } from '@cme-commons/app'
import { DAY, type Instant, isWebhookEvent, plus, WEBHOOK_EVENTS } from '@cme-commons/core'
import {
  addWebhook,
  audit,
  changeWebhook,
  dropWebhook,
  findSpace,
  listWebhooks,
  nextWebhook,
  type Tx,
  type WebhookTable,
  withdrawAt,
} from '@cme-commons/db'
import type { Poster } from '@cme-commons/feeds'
import type { Seal } from '../bots/seal.ts'
import { isOwn, sealedName } from './deliver.ts'
import { newWebhookSecret } from './sign.ts'

/** Who changes a webhook, when, and with what it takes. */
export type Managing = { tx: Tx; now: Instant; actor: string; seal: Seal | undefined; poster: Poster; own: string }

/** A webhook with its secret, which is shown once, or what is wrong with what was asked for; `field` says with which part. */
export type Made = { webhook: WebhookTable; secret: string } | { wrong: string; field?: 'url' | 'events' | 'space' }

const MOST_IN_A_SPACE = 20
/** So long a secret that was replaced signs as well. */
const OLD_SECRET_HOLDS = DAY

export const NO_KEY =
  'Webhooks need SECRET_KEY, which seals what they are signed with: ask the operator to set it (`openssl rand -base64 32`).'

/** What a webhook is to be told of as it is stored; all events when none are named. */
const eventsText = (events: readonly string[]): string =>
  `,${(events.length > 0 ? [...new Set(events)] : WEBHOOK_EVENTS).join(',')},`
export const eventsOf = ({ events }: Pick<WebhookTable, 'events'>): string[] => events.split(',').filter(Boolean)

/** What is wrong with an address or with the names of events. */
function wrongWith(
  { poster, own }: Pick<Managing, 'poster' | 'own'>,
  { url, events = [] }: { url?: string; events?: readonly string[] },
): Extract<Made, { wrong: string }> | undefined {
  const refused = url === undefined ? undefined : poster.refused(url)
  if (refused) return { wrong: refused, field: 'url' }
  if (url !== undefined && isOwn(url, own))
    return { wrong: 'This address is our own: it would tell us what we told it.', field: 'url' }
  const stranger = events.find((event) => !isWebhookEvent(event))
  if (stranger !== undefined)
    return { wrong: `"${stranger}" is not one of the events: ${WEBHOOK_EVENTS.join(', ')}.`, field: 'events' }
  return undefined
}

/** Adds a webhook to a space. */
export async function makeWebhook(
  managing: Managing,
  { space, url, events = [] }: { space: string; url: string; events?: readonly string[] },
): Promise<Made> {
  const { tx, now, actor, seal } = managing
  if (!seal) return { wrong: NO_KEY }
  const found = await findSpace(tx, space)
  if (!found || found.left_at !== null) return { wrong: `There is no space "${space}".`, field: 'space' }
  const wrong = wrongWith(managing, { url, events })
  if (wrong) return wrong
  if ((await listWebhooks(tx, space)).length >= MOST_IN_A_SPACE)
    return { wrong: `A space has ${MOST_IN_A_SPACE} webhooks at most: remove one first.` }
  const id = await nextWebhook(tx)
  const secret = newWebhookSecret()
  const webhook = await addWebhook(tx, {
    id,
    space,
    url: new URL(url).href,
    events: eventsText(events),
    secret: seal.close(sealedName(id), secret),
    made_at: now,
  })
  await audit(tx, { at: now, space, actor, what: 'webhook.added', detail: `${id}, ${eventsOf(webhook).join(' ')}` })
  return { webhook, secret }
}

/** Gives a webhook another address or other events, or sets a stopped one going again. */
export async function alterWebhook(
  managing: Managing,
  webhook: WebhookTable,
  change: { url?: string; events?: readonly string[]; stopped?: boolean },
): Promise<{ webhook: WebhookTable } | Extract<Made, { wrong: string }>> {
  const { tx, now, actor } = managing
  const wrong = wrongWith(managing, change)
  if (wrong) return wrong
  const { url, events, stopped } = change
  const after = await changeWebhook(tx, webhook.id, {
    ...(url === undefined ? {} : { url: new URL(url).href }),
    ...(events === undefined ? {} : { events: eventsText(events) }),
    ...(stopped === undefined ? {} : { stopped_at: stopped ? (webhook.stopped_at ?? now) : null, trouble: null }),
    changed_at: now,
  })
  if (stopped) await withdrawAt(tx, { space: webhook.space, channel: webhook.id }, now)
  const detail = `${webhook.id}, ${Object.keys(change).join(' ')}`
  await audit(tx, { at: now, space: webhook.space, actor, what: 'webhook.changed', detail })
  return { webhook: after ?? webhook }
}

/** Gives a webhook a new secret; the old one signs beside it for a day. */
export async function rotateWebhook({ tx, now, actor, seal }: Managing, webhook: WebhookTable): Promise<Made> {
  if (!seal) return { wrong: NO_KEY }
  const secret = newWebhookSecret()
  const after = await changeWebhook(tx, webhook.id, {
    secret: seal.close(sealedName(webhook.id), secret),
    old_secret: webhook.secret,
    old_until: plus(now, OLD_SECRET_HOLDS),
    changed_at: now,
  })
  await audit(tx, { at: now, space: webhook.space, actor, what: 'webhook.rotated', detail: webhook.id })
  return { webhook: after ?? webhook, secret }
}

/** Removes a webhook and takes back what waits for it; what was sent stays in the ledger. */
export async function removeWebhook({ tx, now, actor }: Managing, { id, space }: WebhookTable): Promise<void> {
  await withdrawAt(tx, { space, channel: id }, now)
  await dropWebhook(tx, id)
  await audit(tx, { at: now, space, actor, what: 'webhook.removed', detail: id })
}

/** Promises a `ping`, to see whether the other side answers; answers the key to look it up by. */
export async function pingWebhook({ tx, now }: Managing, webhook: WebhookTable): Promise<string | undefined> {
  return (await promiseWebhook(tx, webhook, now, 'ping', [{ webhook: webhook.id }]))[0]
}
