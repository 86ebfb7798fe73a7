import { calendarDays, chainEntries, chainFor, dayIn } from '@cme-commons/core'
import { type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { dataHeaders, problem } from '../problem.ts'
import { answerOf, send } from './answer.ts'
import { CALENDAR_TYPE } from './calendar.ts'
import { wrong } from './describe.ts'
import { CALENDAR_EXAMPLE } from './describe-calendar.ts'
import type { ApiHouse } from './house.ts'

const day = (about: string, example: string) =>
  z.iso.date().openapi({ param: { in: 'query', description: about }, example })
const query = z
  .strictObject({
    activity: day('The (first) day of the activity.', '2027-06-14'),
    to: day('Its last day, where it takes several.', '2027-06-16').optional(),
  })
  .refine(({ activity, to }) => !to || to >= activity, { path: ['to'], error: 'The last day is before the first.' })

export const chainRoute: RouteConfig = {
  method: 'get',
  path: '/v1/deadlines/chain.ics',
  operationId: 'getChain',
  tags: ['calendars'],
  summary: 'What hangs on the date of an activity, as a calendar',
  description:
    'The deadlines that are worked out from the date of an activity, each `TENTATIVE` because it follows from a rule and not from an announcement.',
  request: { query },
  responses: {
    200: {
      description: 'The calendar.',
      content: { 'text/calendar': { schema: z.string().openapi({ example: CALENDAR_EXAMPLE }) } },
    },
    422: wrong('A day is missing or wrong: `errors` says which.'),
  },
}

/** `GET /v1/deadlines/chain.ics`: needs no data of anybody, so it is the same for all who ask on one day. */
export const chainCalendar =
  ({ content, site, now }: ApiHouse) =>
  async (c: Context) => {
    const read = query.safeParse(c.req.query())
    if (!read.success)
      return problem(c, 422, 'The query cannot be answered: correct what `errors` points at.', {
        errors: read.error.issues.map((issue) =>
          issue.code === 'unrecognized_keys'
            ? { pointer: `#/query/${issue.keys[0]?.slice(0, 60)}`, detail: 'There are only `activity` and `to`.' }
            : {
                pointer: `#/query/${String(issue.path[0])}`,
                detail: 'Write a day, as in 2027-06-14, not before the first one.',
              },
        ),
      })
    const { activity, to } = read.data
    const event = { day: activity, ...(to ? { to } : {}) }
    const entries = chainEntries(event, chainFor(event, dayIn(now(), 'UTC'), content.conferences))
    const { writeCalendar } = await import('../calendar/write.ts')
    const name = `Deadlines for an activity on ${calendarDays(activity, to)}`
    const about = 'Worked out from rules of the field. For information: confirm with your accreditor.'
    return send(
      c,
      answerOf(writeCalendar({ name, about, page: `${site}/`, entries }), CALENDAR_TYPE, {
        ...dataHeaders,
        'Cache-Control': 'public, max-age=3600',
        'Content-Disposition': `attachment; filename="deadlines-${activity}.ics"`,
      }),
    )
  }
