import { DAY, plus } from '@cme-commons/core'
import { findWebhook, listWebhooks, type Read, redeliver, type WebhookTable, webhookDeliveries } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import type { Caller } from '../api/caller.ts'
import type { ApiHouse } from '../api/house.ts'
import { isId } from '../api/news.ts'
import { type Operation, ok, reading, type Written, writing } from '../api/operation.ts'
import { paged, pageOf, pageParameters } from '../api/paging.ts'
import { refused, type Told, told, UNUSABLE } from '../api/told.ts'
import { sentJson, webhookJson } from './json.ts'
import {
  alterWebhook,
  type Made,
  type Managing,
  makeWebhook,
  pingWebhook,
  removeWebhook,
  rotateWebhook,
} from './manage.ts'
import { addedWebhook, again, counted, newWebhookSchema, sent, webhook, webhookChange } from './schemas.ts'

const tag = 'webhooks'
const params = { id: 'wh1' }
const NOTHING = refused(404, 'This community has no such webhook: GET /v1/webhooks lists them.')
const STOPPED = refused(409, 'It is stopped: set its `state` to `on` first.')
const list = z.strictObject({ webhooks: z.array(webhook) })

async function find(db: Read, { space }: Caller, id: string): Promise<WebhookTable | undefined> {
  const row = isId(id) ? await findWebhook(db, id) : undefined
  return row?.space === space ? row : undefined
}
const current = async (db: Read, caller: Caller, id: string) => {
  const row = await find(db, caller, id)
  return row && webhookJson(row)
}
const keyOf = (id: string): string => Buffer.from(id, 'base64url').toString()

/** What is wrong, with a pointer to where it is. */
const wrong = ({ wrong: detail, field }: Extract<Made, { wrong: string }>): Told =>
  field ? refused(422, UNUSABLE, [{ pointer: `#/${field}`, detail }]) : refused(409, detail)

/** Programs that are told what happens in a community, for its moderators. */
export function webhookOperations(house: ApiHouse): Operation[] {
  const managing = ({ tx, caller }: Pick<Written<unknown>, 'tx' | 'caller'>): Managing => ({
    tx,
    now: house.now(),
    actor: caller.member ?? caller.token.id,
    ...house.webhooks,
  })
  /** Runs `then` with the webhook of the path. */
  const withIt = async <T>(
    written: Written<T>,
    then: (m: Managing, row: WebhookTable) => Promise<Told>,
  ): Promise<Told> => {
    const row = await find(written.tx, written.caller, written.id)
    return row ? then(managing(written), row) : NOTHING
  }
  return [
    reading(house, {
      path: '/v1/webhooks',
      operationId: 'listWebhooks',
      summary: 'Which programs are told what happens in this community',
      access: 'moderator',
      answers: { 200: ok(list, 'All of them.') },
      tag,
      handle: async ({ caller, db }) => told({ webhooks: (await listWebhooks(db, caller!.space)).map(webhookJson) }),
    }),
    reading(house, {
      path: '/v1/webhooks/{id}',
      operationId: 'getWebhook',
      summary: 'One webhook',
      access: 'moderator',
      answers: { 200: ok(webhook, 'The webhook.') },
      ...{ tag, params },
      async handle({ caller, db, id }) {
        const found = await current(db, caller!, id)
        return found ? told(found) : NOTHING
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/webhooks',
      operationId: 'addWebhook',
      summary: 'Tell a program what happens',
      description:
        'Signed as Standard Webhooks has it, retried for three days, in order. `docs/webhooks.md` shows how to check it.',
      access: 'signed',
      answers: { 201: ok(newWebhookSchema, 'It is told from now on; the secret is shown only now.') },
      body: addedWebhook,
      tag,
      async handle(written) {
        const made = await makeWebhook(managing(written), { space: written.caller.space, ...written.body })
        if ('wrong' in made) return wrong(made)
        const headers = { Location: `/v1/webhooks/${made.webhook.id}` }
        return { status: 201, json: webhookJson(made.webhook), once: { secret: made.secret }, headers }
      },
    }),
    writing(house, {
      method: 'patch',
      path: '/v1/webhooks/{id}',
      operationId: 'changeWebhook',
      summary: 'Change its address or events, stop it or set it going again',
      description: 'A merge patch (RFC 7396): what is left out stays.',
      access: 'signed',
      answers: { 200: ok(webhook, 'As it is now.') },
      body: webhookChange,
      current,
      ...{ tag, params },
      handle: (written) =>
        withIt(written, async (m, row) => {
          const { state, ...rest } = written.body
          const done = await alterWebhook(m, row, { ...rest, ...(state ? { stopped: state === 'stopped' } : {}) })
          return 'wrong' in done ? wrong(done) : told(webhookJson(done.webhook))
        }),
    }),
    writing(house, {
      method: 'delete',
      path: '/v1/webhooks/{id}',
      operationId: 'removeWebhook',
      summary: 'End a webhook for good',
      access: 'signed',
      answers: { 204: { description: 'It is ended.' } },
      current,
      ...{ tag, params },
      handle: (written) =>
        withIt(written, async (m, row) => {
          await removeWebhook(m, row)
          return { status: 204 }
        }),
    }),
    writing(house, {
      method: 'post',
      path: '/v1/webhooks/{id}/rotate',
      operationId: 'rotateWebhook',
      summary: 'Give it a new secret; the old one signs beside it for a day',
      access: 'signed',
      answers: { 200: ok(newWebhookSchema, 'The new secret is shown only now.') },
      ...{ tag, params },
      handle: (written) =>
        withIt(written, async (m, row) => {
          const made = await rotateWebhook(m, row)
          if ('wrong' in made) return wrong(made)
          return { status: 200, json: webhookJson(made.webhook), once: { secret: made.secret } }
        }),
    }),
    writing(house, {
      method: 'post',
      path: '/v1/webhooks/{id}/ping',
      operationId: 'pingWebhook',
      summary: 'Send it a `ping`, to see whether it answers',
      access: 'signed',
      answers: { 200: ok(counted, 'It is on its way.') },
      ...{ tag, params },
      handle: (written) =>
        withIt(written, async (m, row) => {
          if (row.stopped_at !== null) return STOPPED
          await pingWebhook(m, row)
          return told({ deliveries: 1 })
        }),
    }),
    reading(house, {
      path: '/v1/webhooks/{id}/deliveries',
      operationId: 'listWebhookDeliveries',
      summary: 'What it was sent and what became of it; the latest first',
      access: 'moderator',
      answers: { 200: ok(pageOf('deliveries', sent), 'One page.') },
      query: z.strictObject(pageParameters),
      ...{ tag, params },
      async handle({ c, caller, db, id, query: { limit, cursor } }) {
        const row = await find(db, caller!, id)
        if (!row) return NOTHING
        const before = cursor && `${cursor[0]} ${cursor[1] ?? ''}`
        const { deliveries } = await webhookDeliveries(db, row, { limit: limit + 1, ...(before ? { before } : {}) })
        return paged(c, 'deliveries', deliveries, limit, ({ made, key }) => [made, key], sentJson)
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/webhooks/{id}/redeliver',
      operationId: 'redeliverWebhook',
      summary: 'Send again what did not arrive, or what you name',
      description: 'It keeps its `webhook-id`, by which the other side knows what it has.',
      access: 'signed',
      answers: { 200: ok(counted, 'How many are on the way again.') },
      body: again,
      ...{ tag, params },
      handle: (written) =>
        withIt(written, async ({ tx, now }, row) => {
          if (row.stopped_at !== null) return STOPPED
          const keys = written.body.deliveries?.map(keyOf).filter((key) => !key.includes('\0'))
          return told({ deliveries: await redeliver(tx, row.id, { now, expires: plus(now, 3 * DAY) }, keys) })
        }),
    }),
  ]
}
