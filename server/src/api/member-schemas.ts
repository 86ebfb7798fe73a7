import { SCOPES } from '@cme-commons/core'
import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime()
const moment = instant.nullable()
const state = z.enum(['done', 'next', 'open', 'locked'])
const AT = '2026-11-23T08:00:00.000Z'

export const access = z
  .strictObject({
    token: z.string().describe('The name of the token, not its secret.'),
    space: z.string(),
    member: z.string().nullable().describe('Whose own it is; null for a moderator’s or an operator’s.'),
    scopes: z.array(z.enum(SCOPES)),
    expires: instant,
  })
  .openapi('Access', {
    example: { token: 'tok1', space: 'try', member: 'm1', scopes: ['progress'], expires: '2027-02-21T08:00:00.000Z' },
  })

export const memberProgress = z
  .strictObject({
    member: z.string(),
    track: z.string().nullable(),
    started: moment.describe('When she began; null before that.'),
    finished: moment.describe('Since when nothing is left of her pathway.'),
    next: z.string().nullable().describe('The step that comes next.'),
    minutesLeft: z.int().nonnegative().describe('How long what is left takes.'),
    pathways: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        done: z.int().nonnegative(),
        total: z.int().nonnegative(),
        steps: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            state,
            waitsFor: z.array(z.string()).describe('The steps that come first, while it is locked.'),
            begun: moment,
            done: moment,
            said: z.string().nullable().describe('Her line on it; told to herself alone.'),
            day: z.iso.date().nullable().describe('The day she attended.'),
          }),
        ),
      }),
    ),
    milestones: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        done: z.int().nonnegative(),
        total: z.int().nonnegative(),
        reached: z.boolean(),
      }),
    ),
  })
  .openapi('MemberProgress', {
    example: {
      member: 'm1',
      track: 'program',
      started: AT,
      finished: null,
      next: 'fundamentals',
      minutesLeft: 540,
      pathways: [
        {
          id: 'newcomer',
          name: 'First steps in CME',
          done: 0,
          total: 5,
          steps: [
            {
              id: 'fundamentals',
              name: 'Understand CME Fundamentals',
              state: 'next' as const,
              waitsFor: [],
              begun: AT,
              done: null,
              said: null,
              day: null,
            },
          ],
        },
      ],
      milestones: [{ id: 'practice', name: 'Designed to change practice', done: 0, total: 2, reached: false }],
    },
  })

const summary = {
  id: z.string(),
  member: z.string(),
  space: z.string().describe('Where it was begun; its moderators alone see it.'),
  kind: z.enum(['needs', 'activity']).describe('A needs assessment, or a mock activity.'),
  state: z.enum(['draft', 'ready', 'submitted', 'returned', 'approved']),
  made: instant,
  changed: instant,
}
const needs = {
  id: 'doc1',
  member: 'm1',
  space: 'try',
  kind: 'needs' as const,
  state: 'draft' as const,
  made: AT,
  changed: AT,
}
export const review = z.strictObject({
  id: z.string(),
  at: instant.describe('When it was handed in.'),
  decision: z.enum(['approved', 'returned', 'withdrawn']).nullable().describe('Null while it waits.'),
  decidedAt: moment,
  scores: z.record(z.string(), z.number()).describe('Points by criterion, once it is decided.'),
  comments: z.record(z.string(), z.string()),
})
export const documentSummary = z.strictObject(summary)

export const documentList = z
  .strictObject({ documents: z.array(documentSummary) })
  .openapi('DocumentList', { example: { documents: [needs] } })

export const memberDocument = z
  .strictObject({
    ...summary,
    body: z.record(z.string(), z.unknown()).describe('What she filled in, by field; half-filled or not.'),
    reviews: z.array(review).describe('Each handing in, the latest first.'),
  })
  .openapi('Document', {
    example: { ...needs, body: { learners: 'Forty family physicians of a made-up clinic' }, reviews: [] },
  })
