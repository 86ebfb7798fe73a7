import { type Delivery, deliveryOf, listDeliveries, type Read } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { actingFor, press } from '../acting.ts'
import type { Caller } from '../caller.ts'
import type { ApiHouse } from '../house.ts'
import { type Operation, ok, reading, writing } from '../operation.ts'
import { paged, pageOf, pageParameters } from '../paging.ts'
import { isRefused, refused, told } from '../told.ts'
import { delivery } from './schemas.ts'

/** A delivery as the API tells it: of what goes to a member its kind, not its words. */
const deliveryJson = ({ key, effect, to, state, attempts, made, due, expires, settled, trouble, doubt }: Delivery) => ({
  id: Buffer.from(key).toString('base64url'),
  key,
  kind: effect.kind,
  to: 'user' in to ? { user: to.user } : { channel: to.channel },
  state,
  attempts,
  made,
  due,
  expires: expires ?? null,
  settled: settled ?? null,
  trouble: trouble ?? null,
  doubt,
})

const STATES = ['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn'] as const
const query = z.strictObject({
  state: z
    .enum(STATES)
    .optional()
    .openapi({
      param: { name: 'state', in: 'query', description: 'In this state; `dead` are those that failed for good.' },
      example: 'dead',
    }),
  ...pageParameters,
})

async function find(db: Read, { space }: Caller, id: string): Promise<Delivery | undefined> {
  const key = Buffer.from(id, 'base64url').toString()
  if (id.length > 800 || key.includes('\0') || Buffer.from(key).toString('base64url') !== id) return undefined
  const found = await deliveryOf(db, key)
  return found?.to.space === space ? found : undefined
}

const NOTHING = refused(404, 'This community has no such delivery: GET /v1/deliveries lists them.')
const tag = 'deliveries'
const params = { id: 'cm9sZS9yMQ' }

/** What was promised to whom and what became of it; sending again and giving up. */
export function deliveryOperations(house: ApiHouse): Operation[] {
  const decide = (
    verb: 'retry' | 'drop',
    from: readonly Delivery['state'][],
    summary: string,
    not: string,
  ): Operation =>
    writing(house, {
      method: 'post',
      path: `/v1/deliveries/{id}/${verb}`,
      operationId: `${verb}Delivery`,
      access: 'signed',
      answers: { 200: ok(delivery, 'As it is now.') },
      ...{ tag, params, summary },
      async handle({ tx, caller, id }) {
        const found = await find(tx, caller, id)
        if (!found) return NOTHING
        if (!from.includes(found.state)) return refused(409, not)
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const done = await press(ctx, { do: `delivery.${verb}`, key: found.key })
        if (isRefused(done)) return done
        const now = (await find(tx, caller, id))!
        return now.state === found.state ? refused(409, not) : told(deliveryJson(now))
      },
    })
  return [
    reading(house, {
      path: '/v1/deliveries',
      operationId: 'listDeliveries',
      summary: 'What was promised to whom in this community, and what became of it; the latest first',
      access: 'moderator',
      answers: { 200: ok(pageOf('deliveries', delivery), 'One page.') },
      ...{ tag, query },
      async handle({ c, caller, db, query: { limit, cursor, state } }) {
        const asked = { space: caller!.space, limit: limit + 1, ...(state ? { state } : {}) }
        const before = cursor && `${cursor[0]} ${cursor[1] ?? ''}`
        const { deliveries } = await listDeliveries(db, { ...asked, ...(before ? { before } : {}) })
        return paged(c, 'deliveries', deliveries, limit, ({ made, key }) => [made, key], deliveryJson)
      },
    }),
    reading(house, {
      path: '/v1/deliveries/{id}',
      operationId: 'getDelivery',
      summary: 'One delivery',
      access: 'moderator',
      answers: { 200: ok(delivery, 'The delivery.') },
      ...{ tag, params },
      async handle({ caller, db, id }) {
        const found = await find(db, caller!, id)
        return found ? told(deliveryJson(found)) : NOTHING
      },
    }),
    decide(
      'retry',
      ['dead', 'expired'],
      'Send again what failed for good',
      'Only what failed for good or came too late is sent again, and a digest only while its items did not come with a later one.',
    ),
    decide('drop', ['waiting', 'dead', 'expired'], 'Give up a delivery', 'It has gone out, or was given up before.'),
  ]
}
