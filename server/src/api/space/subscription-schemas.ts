import { z } from '@hono/zod-openapi'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day as in 08:00.')
const ids = z.array(z.string().max(60)).max(100)
const AT = '2026-11-30T14:00:00.000Z'

const schedule = z
  .strictObject({
    cadence: z.enum(['daily', 'weekdays', 'weekly', 'monthly']),
    day: z
      .int()
      .min(1)
      .max(31)
      .optional()
      .describe('Weekly: 1 (Monday) to 7. Monthly: the day; 31 is the last one of every month.'),
    at: time,
    zone: z.string().max(60),
    quiet: z
      .strictObject({ from: time, to: time })
      .optional()
      .describe('Hours in which nothing is sent; they may span midnight.'),
  })
  .openapi('Schedule')
const filter = z
  .strictObject({
    bodies: ids,
    topics: ids.describe('Empty: all that are not muted.'),
    regions: ids,
    tracks: ids,
    muted: ids.describe('Topics that never come.'),
    max: z.int().min(1).max(20).describe('Items that one digest shows.'),
  })
  .openapi('Filter')

export const subscription = z
  .strictObject({
    id: z.string(),
    space: z.string(),
    to: z
      .strictObject({ user: z.string() })
      .or(z.strictObject({ channel: z.string() }))
      .describe('By the platform’s id.'),
    schedule,
    filter,
    paused: z.boolean(),
    snoozedUntil: z.iso.datetime().nullable(),
    next: z.iso.datetime().describe('Its next time, if there is news by then.'),
  })
  .openapi('Subscription', {
    example: {
      id: 's1',
      space: 'try',
      to: { channel: 'standards-news' },
      schedule: { cadence: 'weekly', day: 1, at: '08:00', zone: 'America/Chicago' },
      filter: { bodies: [], topics: [], regions: [], tracks: ['program'], muted: ['credit-system'], max: 8 },
      paused: false,
      snoozedUntil: null,
      next: AT,
    },
  })

export const newSubscription = z
  .strictObject({
    channel: z
      .string()
      .regex(/^[\w-]{1,80}$/, 'Give the platform’s id of a channel.')
      .optional()
      .describe('The channel that gets it (moderators); without it, it is one’s own.'),
  })
  .openapi('NewSubscription', { example: { channel: 'another-channel' } })

export const subscriptionChange = z
  .strictObject({
    schedule: z
      .strictObject({
        cadence: z.enum(['daily', 'weekdays', 'weekly', 'monthly']),
        day: z.int().min(1).max(31).nullable(),
        at: time,
        zone: z.string().max(60),
        quiet: z.strictObject({ from: time, to: time }).nullable(),
      })
      .partial(),
    filter: z
      .strictObject({ bodies: ids, regions: ids, tracks: ids, muted: ids, max: z.int().min(1).max(20) })
      .partial(),
    paused: z.boolean(),
    snoozedUntil: z.iso.date().nullable().describe('The day from whose start it comes again, within a year.'),
  })
  .partial()
  .openapi('SubscriptionChange', {
    example: { schedule: { cadence: 'weekly', day: 2, at: '07:30' }, filter: { max: 5 } },
  })
