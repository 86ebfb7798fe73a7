import type { CalendarFilter } from '@cme-commons/app'
import {
  DATE_KINDS,
  type DateKind,
  isDeadline,
  type Knowledge,
  MOST_ALARM,
  MOST_ALARMS,
  nearest,
} from '@cme-commons/core'
import { z } from '@hono/zod-openapi'
import type { Wrong } from './query.ts'

/** What a calendar is asked for. `own` alarms are those of the member whose it is. */
export type CalendarQuery = {
  filter: CalendarFilter
  alarms: readonly number[] | 'own'
  allDay: boolean
  space?: string
}

const MOST_WRONG = 10
const DEADLINES = DATE_KINDS.filter(isDeadline)

/** The query of a calendar: of the dates of `which` sort, of one space or all that are open (`spaces`), or of one member (`own`). */
export function calendarQuerySchema(content: Knowledge, which: 'all' | 'deadlines', own = false) {
  const kinds: readonly DateKind[] = which === 'all' ? DATE_KINDS : DEADLINES
  const list = (name: string, known: readonly string[], description: string, example: readonly string[]) =>
    z
      .preprocess(listed, z.array(z.enum(known as [string, ...string[]])))
      .optional()
      .openapi({ param: { name, in: 'query', style: 'form', explode: false, description }, example: [...example] })
  const minutes = z.coerce.number().int().min(0).max(MOST_ALARM)
  const alarms = z.preprocess(listed, z.array(own ? z.union([z.literal('own'), minutes]) : minutes).max(MOST_ALARMS))
  return z.strictObject({
    kinds: list(
      'kinds',
      kinds,
      'Of any of these kinds.',
      kinds.includes('event') ? ['event', 'abstracts'] : ['abstracts'],
    ),
    tracks: list(
      'tracks',
      content.tracks.map(({ id }) => id),
      'For any of these professional tracks.',
      ['academic'],
    ),
    regions: list(
      'regions',
      content.regions.map(({ id }) => id),
      'Of conferences in any of these regions.',
      ['us', 'eu'],
    ),
    alarms: alarms.optional().openapi({
      param: {
        name: 'alarms',
        in: 'query',
        style: 'form',
        explode: false,
        description: `Minutes before each date at which the calendar rings, ${MOST_ALARMS} at most; all day counts from 00:00. Without it nothing rings; many programs ignore the alarms of a subscribed calendar.${own ? ' `own` rings when its owner is reminded.' : ''}`,
      },
      type: 'array',
      items: own ? { type: 'string', example: 'own' } : { type: 'integer', minimum: 0, maximum: MOST_ALARM },
      example: own ? ['own'] : [1440],
    }),
    allday: z
      .enum(['0', '1'])
      .optional()
      .openapi({
        param: { name: 'allday', in: 'query', description: 'With `1` a time of day is told as its whole day.' },
        example: '1',
      }),
    ...(own
      ? {}
      : {
          space: z
            .string()
            .min(1)
            .max(200)
            .optional()
            .openapi({
              param: {
                name: 'space',
                in: 'query',
                description: 'The dates of this community alone, and the standing deadlines.',
              },
              example: 'try',
            }),
        }),
  })
}
export type CalendarQuerySchema = ReturnType<typeof calendarQuerySchema>

/** The query that an address asks, or what is wrong with it, ten things at most. A parameter that is given twice counts as a list. */
export function readCalendarQuery(
  schema: CalendarQuerySchema,
  said: URLSearchParams,
  which: 'all' | 'deadlines',
): { query: CalendarQuery } | { wrong: Wrong[] } {
  const given = Object.fromEntries([...new Set(said.keys())].map((name) => [name, said.getAll(name).join(',')]))
  const read = schema.safeParse(given)
  if (!read.success)
    return {
      wrong: read.error.issues.slice(0, MOST_WRONG).flatMap((issue) => wrongs(issue, given, Object.keys(schema.shape))),
    }
  const { kinds, tracks = [], regions = [], alarms = [], allday } = read.data
  const space = 'space' in read.data ? (read.data.space as string | undefined) : undefined
  return {
    query: {
      filter: { kinds: (kinds as DateKind[] | undefined) ?? (which === 'deadlines' ? DEADLINES : []), tracks, regions },
      alarms: alarms.some((one) => one === 'own') ? 'own' : (alarms as number[]),
      allDay: allday === '1',
      ...(space === undefined ? {} : { space }),
    },
  }
}

const listed = (said: unknown): unknown =>
  typeof said === 'string' ? [...new Set(said.split(',').map((part) => part.trim()))].filter(Boolean) : said

function wrongs(issue: z.core.$ZodIssue, given: Record<string, string>, names: readonly string[]): Wrong[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MOST_WRONG).map((key) => ({
      pointer: `#/query/${key.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: `This is no parameter of a calendar${meant(key, names)}; there are ${names.join(', ')}.`,
    }))
  const name = String(issue.path[0])
  return [{ pointer: `#/query/${name}`, detail: detailOf(name, issue, given) }]
}

function detailOf(name: string, issue: z.core.$ZodIssue, given: Record<string, string>): string {
  if (name === 'alarms')
    return `Give minutes before a date between commas, ${MOST_ALARMS} at most, each from 0 to ${MOST_ALARM}, as in 60,1440.`
  if (name === 'allday') return 'Give 1 for whole days, or 0.'
  if (name === 'space') return 'Give the id of one community.'
  const known = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const asked = (listed(given[name]) as string[])[Number(issue.path[1])] ?? ''
  return `"${asked.slice(0, 60)}" is none of the ${name}${meant(asked, known)}; known are ${known.join(', ')}.`
}

function meant(asked: string, known: readonly string[]): string {
  const found = nearest(
    asked.toLowerCase(),
    known.map((id) => [id, id] as const),
  )
  return found ? ` (did you mean ${found}?)` : ''
}
