import { personalCalendar, publicCalendar } from '@cme-commons/app'
import type { CalendarEntry } from '@cme-commons/core'
import {
  CALENDAR_TOKEN,
  inTx,
  noteUse,
  noteworthy,
  openCalendars,
  type TokenTable,
  tokenByHash,
  type Version,
} from '@cme-commons/db'
import type { Context } from 'hono'
import { dataHeaders, problem } from '../problem.ts'
import { hashOfSecret } from '../secrets.ts'
import { type Answer, answerOf, send } from './answer.ts'
import { type CalendarQuery, type CalendarQuerySchema, readCalendarQuery } from './calendar-query.ts'
import type { ApiHouse } from './house.ts'
import { addressOf, type Kept, keepAnswers } from './kept.ts'

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'
type Which = 'all' | 'deadlines'

/** Calendars change with the data, and with the day: what is over leaves them, and so does what has long been cancelled. */
export function keepCalendars(house: ApiHouse, version: () => Version | Promise<Version>): Kept {
  const told = (version: Version): Version => `${house.now().slice(0, 10)} ${version}`
  return keepAnswers(() => {
    const current = version()
    return current instanceof Promise ? current.then(told) : told(current)
  })
}

/** `GET /v1/conferences.ics` and `GET /v1/deadlines.ics` */
export function openCalendar(house: ApiHouse, which: Which, schema: CalendarQuerySchema, kept: Kept) {
  const make = async (c: Context): Promise<Answer | Response> => {
    const read = readCalendarQuery(schema, searchOf(c), which)
    if ('wrong' in read) return unanswerable(c, read.wrong)
    const { filter, alarms, allDay, space } = read.query
    const open = await openCalendars(house.db.read)
    if (space !== undefined && !open.includes(space))
      return problem(
        c,
        404,
        'No community of this id has an open calendar: its moderators open it with `/cme calendar`.',
      )
    const wish = { alarms: alarms === 'own' ? [] : alarms, allDay }
    const entries = await publicCalendar(
      house.db.read,
      house.content,
      space ? [space] : open,
      filter,
      wish,
      house.now(),
    )
    const address = `${house.site}${addressOf(c)}`
    const cache = 'public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400'
    return calendarAnswer(
      house,
      { name: NAMES[which], about: ABOUT[which], address, entries },
      { 'Cache-Control': cache },
    )
  }
  return (c: Context) => kept(c, () => make(c))
}

const NAMES = { all: 'CME conferences', deadlines: 'CME deadlines' } as const
const ABOUT = {
  all: 'Conferences of continuing medical education and their deadlines. For information: confirm with the organiser.',
  deadlines: 'Deadlines of continuing medical education. For information: confirm with whoever set them.',
} as const

/**
 * `GET /v1/calendar/{token}.ics`: what a member follows. The token in the address is all that is asked for, so that calendar programs can
 * read it; the answer names nobody.
 */
export const ownCalendar = (house: ApiHouse, schema: CalendarQuerySchema) => async (c: Context) => {
  const token = await tokenIn(c, house)
  if (token instanceof Response) return token
  const read = readCalendarQuery(schema, searchOf(c), 'all')
  if ('wrong' in read) return unanswerable(c, read.wrong)
  return send(c, await ownAnswer(house, token.member!, read.query))
}

async function ownAnswer(house: ApiHouse, member: string, { filter, alarms, allDay }: CalendarQuery): Promise<Answer> {
  const entries = await personalCalendar(house.db.read, house.content, member, filter, { alarms, allDay }, house.now())
  const about = 'What you follow in CME Commons. For information: confirm with the organiser.'
  return calendarAnswer(
    house,
    { name: 'My CME dates', about, entries },
    { 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex, nofollow' },
  )
}

type Told = { name: string; about: string; address?: string; entries: readonly CalendarEntry[] }

async function calendarAnswer(house: ApiHouse, told: Told, headers: Record<string, string>): Promise<Answer> {
  // The library that writes calendars is loaded by the first who wants one.
  const { writeCalendar } = await import('../calendar/write.ts')
  const changed = told.entries
    .map((entry) => entry.changed)
    .sort()
    .at(-1)
  return answerOf(writeCalendar({ ...told, page: `${house.site}/` }), CALENDAR_TYPE, {
    ...dataHeaders,
    ...headers,
    ...(changed ? { 'Last-Modified': new Date(changed).toUTCString() } : {}),
  })
}

async function tokenIn(c: Context, house: ApiHouse): Promise<TokenTable | Response> {
  const [, secret] = /^([a-z]{48})\.ics$/.exec(c.req.param('token') ?? '') ?? []
  const token = secret && (await tokenByHash(house.db.read, hashOfSecret(secret)))
  if (!token || token.scopes !== CALENDAR_TOKEN || token.member === null)
    return problem(c, 404, 'There is no calendar at this address: `/cme calendar` in the chat makes one.')
  const now = house.now()
  if (token.revoked_at !== null || token.expires_at <= now)
    return problem(c, 410, 'This address was ended by its owner: take the calendar out, and add the new one.')
  if (noteworthy(token, now))
    await inTx(house.db, (tx) => noteUse(tx, token.id, now)).catch((error) =>
      house.log.error({ err: error, token: token.id }, 'the use of a token could not be noted'),
    )
  return token
}

const unanswerable = (c: Context, errors: { pointer: string; detail: string }[]): Response =>
  problem(c, 422, 'The query cannot be answered: correct what `errors` points at.', { errors })

function searchOf(c: Context): URLSearchParams {
  const address = addressOf(c)
  return new URLSearchParams(address.includes('?') ? address.slice(address.indexOf('?') + 1) : '')
}
