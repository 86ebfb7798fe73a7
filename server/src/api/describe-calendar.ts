import { type RouteConfig, z } from '@hono/zod-openapi'
import type { CalendarQuerySchema } from './calendar-query.ts'
import { wrong } from './describe.ts'

/** A calendar as OpenAPI tells it: text, with a small one as the example. */
export const CALENDAR_EXAMPLE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//CME Commons//Conferences//EN',
  'NAME:CME conferences',
  'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
  'BEGIN:VEVENT',
  'UID:date-cd7-try@cme-commons',
  'DTSTAMP:20261120T093000Z',
  'LAST-MODIFIED:20261120T093000Z',
  'SEQUENCE:1',
  'DTSTART;VALUE=DATE:20270322',
  'DTEND;VALUE=DATE:20270326',
  'SUMMARY:Annual meeting',
  'STATUS:TENTATIVE',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

const calendar = { 'text/calendar': { schema: z.string().openapi({ example: CALENDAR_EXAMPLE }) } }
const unknown = wrong('A parameter is unknown or wrong: `errors` says which, and what is known.')
const subscribed =
  'iCalendar (RFC 5545 and 7986). Entries keep their UID for good; SEQUENCE goes up with every change; what was cancelled stays for 30 days as ' +
  '`STATUS:CANCELLED`. A date that nobody confirmed is `TENTATIVE`; one that is only usual is left out.'

export const conferencesRoute = (query: CalendarQuerySchema): RouteConfig => ({
  method: 'get',
  path: '/v1/conferences.ics',
  operationId: 'getConferences',
  tags: ['calendars'],
  summary: 'Conferences with their deadlines and sessions, as a calendar to subscribe to',
  description: `${subscribed} The dates of the communities whose moderators opened their calendar, and the standing deadlines.`,
  request: { query },
  responses: {
    200: { description: 'The calendar.', content: calendar },
    404: wrong('No community of this id has an open calendar.'),
    422: unknown,
  },
})

export const deadlinesRoute = (query: CalendarQuerySchema): RouteConfig => ({
  ...conferencesRoute(query),
  path: '/v1/deadlines.ics',
  operationId: 'getDeadlines',
  summary: 'The deadlines alone, as a calendar to subscribe to',
  description: subscribed,
})

export const ownCalendarRoute = (query: CalendarQuerySchema): RouteConfig => ({
  method: 'get',
  path: '/v1/calendar/{token}',
  operationId: 'getOwnCalendar',
  tags: ['calendars'],
  summary: 'What a member follows, as a calendar to subscribe to',
  description: `${subscribed} \`/cme calendar\` in the chat shows the address once and ends it; whoever has it can read the calendar, which names nobody.`,
  request: {
    params: z.object({
      token: z
        .string()
        .regex(/^[a-z]{48}\.ics$/)
        .openapi({ param: { name: 'token', in: 'path' }, example: `${'bcdfgh'.repeat(8)}.ics` }),
    }),
    query,
  },
  responses: {
    200: { description: 'The calendar.', content: calendar },
    404: wrong('There is no calendar at this address.'),
    410: wrong('The address was ended by its owner.'),
    422: unknown,
  },
})
