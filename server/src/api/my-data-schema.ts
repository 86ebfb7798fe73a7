import { type MyData, SCOPES } from '@cme-commons/core'
import { CALENDAR_TOKEN } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { review } from './member-schemas.ts'

const instant = z.iso.datetime()
const moment = instant.nullable()
const text = z.string()
const maybe = z.string().nullable()

/** The shape of `MyData`: everything that is kept about a member. */
export const myDataSchema = z
  .strictObject({
    shape: z.literal('cme-commons/my-data/1').describe('Changes when the shape does.'),
    at: instant.describe('When it was put together.'),
    member: z.strictObject({ id: text, name: maybe, track: maybe, region: maybe, zone: maybe, since: instant }),
    identities: z
      .array(z.strictObject({ space: text, name: text, platform: text, user: text }))
      .describe('Where she is known, and the platform’s id of her there.'),
    links: z
      .array(
        z.strictObject({
          space: text,
          user: text,
          since: instant,
          home: z.boolean(),
          before: z.record(z.string(), z.unknown()),
        }),
      )
      .describe('Which identities are one member since when, and what she had there before.'),
    roles: z.array(z.strictObject({ space: text, role: text, at: instant, takenAt: moment })),
    digests: z.array(
      z.strictObject({
        id: text,
        space: text,
        schedule: z.strictObject({
          cadence: z.enum(['daily', 'weekdays', 'weekly', 'monthly']),
          day: z.int().optional(),
          at: text,
          zone: text,
          quiet: z.strictObject({ from: text, to: text }).optional(),
        }),
        filter: z.strictObject({
          bodies: z.array(text),
          topics: z.array(text),
          regions: z.array(text),
          tracks: z.array(text),
          muted: z.array(text),
          max: z.int(),
        }),
        paused: z.boolean(),
        snoozedUntil: moment,
        since: instant,
      }),
    ),
    onboarding: z.strictObject({
      started: moment,
      finished: moment,
      steps: z.array(
        z.strictObject({
          step: text,
          begun: instant,
          done: moment,
          said: maybe,
          day: maybe,
          answers: maybe.describe('What she filled into the step’s own form, as JSON.'),
        }),
      ),
      answers: z.array(
        z.strictObject({
          step: text,
          question: text,
          chosen: z.int().describe('The place of the option, from 0.'),
          right: z.boolean(),
          at: instant,
        }),
      ),
      samples: z.array(z.strictObject({ sample: text, marked: z.array(text), at: instant })),
    }),
    reminders: z
      .strictObject({
        since: instant,
        welcomed: moment,
        answered: moment,
        nudged: moment,
        snoozedUntil: moment,
        stopped: moment,
      })
      .nullable(),
    documents: z.array(
      z.strictObject({
        id: text,
        space: text,
        kind: z.enum(['needs', 'activity']),
        state: text,
        made: instant,
        changed: instant,
        setAside: moment.describe('Since a link brought one of its kind that was further along.'),
        body: z.record(z.string(), z.unknown()),
        reviews: z.array(review),
      }),
    ),
    reviewsByMe: z
      .array(z.strictObject({ space: text, ...review.shape }))
      .describe('What she said of other members’ work.'),
    suggestions: z.array(
      z.strictObject({ id: text, space: text, href: text, title: text, why: text, state: text, at: instant }),
    ),
    conferences: z
      .array(
        z.strictObject({
          space: text,
          about: text,
          answer: maybe,
          kinds: z.array(text),
          days: z.array(z.int()).nullable(),
          minutes: z.array(z.int()).nullable(),
          zone: text,
          quiet: z.strictObject({ from: text, to: text }).nullable(),
          since: instant,
        }),
      )
      .describe('What she follows of conferences and dates.'),
    meetings: z
      .strictObject({
        introductions: z.array(
          z.strictObject({
            space: text,
            edition: text,
            name: text,
            interest: text,
            details: text,
            shows: z.array(text),
            since: instant,
          }),
        ),
        introduced: z.array(
          z.strictObject({
            space: text,
            edition: text,
            round: text,
            at: instant,
            answer: maybe,
            answeredAt: moment,
          }),
        ),
        here: z.array(z.strictObject({ space: text, edition: text, since: instant })),
        questions: z.array(
          z.strictObject({
            id: text,
            space: text,
            edition: text,
            text,
            withName: z.boolean(),
            state: text,
            reason: maybe,
            at: instant,
          }),
        ),
        votes: z.array(z.strictObject({ space: text, question: text, at: instant })),
        starred: z.array(z.strictObject({ space: text, edition: text, text, at: instant })),
        recaps: z.array(z.strictObject({ space: text, edition: text, at: instant })),
      })
      .describe('What she did at meetings of conferences; to whom she was introduced is not in it.'),
    drafts: z.array(z.strictObject({ space: text, kind: text, body: text, at: instant })),
    deliveries: z
      .array(
        z.strictObject({
          key: text,
          space: text,
          what: text,
          title: maybe,
          state: text,
          due: instant,
          settled: moment,
        }),
      )
      .describe('What was sent to her, or will be.'),
    tokens: z.array(
      z.strictObject({
        id: text,
        space: text,
        scopes: z.array(z.enum([...SCOPES, CALENDAR_TOKEN])),
        made: instant,
        expires: instant,
        used: moment,
        revoked: moment,
      }),
    ),
    signedIn: z
      .array(z.strictObject({ space: text, browser: text, since: instant, seen: instant }))
      .describe('The browsers in which she is signed in to the moderators’ console.'),
    botNotes: z
      .array(z.strictObject({ platform: text, name: text, value: text, at: instant }))
      .describe('What a bot remembers of her.'),
    chat: z
      .array(z.strictObject({ at: instant, kind: text, channel: maybe, said: maybe, title: maybe }))
      .describe('The try-out chat alone.'),
  })
  .openapi('MyData', { example: example() })

function example() {
  const at = '2026-11-23T08:00:00.000Z'
  return {
    shape: 'cme-commons/my-data/1' as const,
    at,
    member: { id: 'm1', name: 'Sara', track: 'program', region: 'us', zone: 'America/New_York', since: at },
    identities: [{ space: 'try', name: 'Try-out space', platform: 'try', user: 'sara' }],
    links: [],
    roles: [],
    digests: [],
    onboarding: { started: null, finished: null, steps: [], answers: [], samples: [] },
    reminders: null,
    documents: [],
    reviewsByMe: [],
    suggestions: [],
    conferences: [],
    meetings: { introductions: [], introduced: [], here: [], questions: [], votes: [], starred: [], recaps: [] },
    drafts: [],
    deliveries: [],
    tokens: [],
    signedIn: [],
    botNotes: [],
    chat: [],
  } satisfies MyData
}
