import { WEBHOOK_EVENTS } from '@cme-commons/core'
import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime()
const moment = instant.nullable()
const AT = '2026-11-23T08:00:00.000Z'
const URL_EXAMPLE = 'https://www.example.org/hooks/cme'

const url = z.string().min(1).max(2_000).describe('An encrypted address (`https:`) that is everybody’s to reach.')
const events = z.array(z.enum(WEBHOOK_EVENTS)).max(WEBHOOK_EVENTS.length).describe('What it is told of.')

const example = {
  id: 'wh1',
  space: 'T1',
  url: URL_EXAMPLE,
  events: ['item.added'],
  state: 'on',
  trouble: null,
  made: AT,
  changed: AT,
  stopped: null,
}
const shape = {
  id: z.string(),
  space: z.string(),
  url,
  events,
  state: z.enum(['on', 'stopped']),
  trouble: z.string().nullable().describe('What went wrong last, until it is changed.'),
  made: instant,
  changed: instant,
  stopped: moment.describe('Since when it is told nothing: by a moderator, or because its address is gone (410).'),
}
export const webhook = z.strictObject(shape).openapi('Webhook', { example })

/** As it is told once: an answer that is given again under an `Idempotency-Key` has no secret any more. */
export const newWebhookSchema = z
  .strictObject({
    ...shape,
    secret: z
      .string()
      .optional()
      .describe('What signs, as Standard Webhooks writes it. It is told once and kept sealed.'),
  })
  .openapi('WebhookWithSecret', {
    example: { ...example, secret: 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' },
  })

export const addedWebhook = z
  .strictObject({ url, events: events.min(1).optional().describe('All of them when left out.') })
  .openapi('NewWebhook', { example: { url: URL_EXAMPLE, events: ['item.added', 'date.moved'] } })

export const webhookChange = z
  .strictObject({
    url: url.optional(),
    events: events.min(1).optional(),
    state: z.enum(['on', 'stopped']).optional().describe('`stopped` takes back what waits.'),
  })
  .openapi('WebhookChange', { example: { events: ['item.added'] } })

export const sent = z
  .strictObject({
    id: z.string(),
    event: z.enum([...WEBHOOK_EVENTS, 'ping']),
    state: z.enum(['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']),
    attempts: z.int().nonnegative(),
    made: instant,
    due: instant,
    settled: moment,
    answer: z.int().nullable().describe('The status with which it was taken.'),
    trouble: z.string().nullable().describe('Why it was not taken yet.'),
  })
  .openapi('WebhookDelivery', {
    example: {
      id: 'd2ViaG9vay93aDEvaXRlbS5hZGRlZC94',
      event: 'item.added',
      state: 'done',
      attempts: 1,
      made: AT,
      due: AT,
      settled: AT,
      answer: 204,
      trouble: null,
    },
  })

export const again = z
  .strictObject({
    deliveries: z
      .array(z.string().max(800))
      .min(1)
      .max(100)
      .optional()
      .describe('By id; all that did not arrive when left out.'),
  })
  .openapi('Redelivery', { example: {} })
export const counted = z.strictObject({ deliveries: z.int().nonnegative() })
