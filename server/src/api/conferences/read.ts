import { DATE_KINDS, type Instant } from '@cme-commons/core'
import { datesPage, editionsPage } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import type { ApiHouse } from '../house.ts'
import type { Kept } from '../kept.ts'
import { isId } from '../news.ts'
import { type Asked, type Operation, ok, reading } from '../operation.ts'
import { paged, pageOf, pageParameters } from '../paging.ts'
import { refused, told } from '../told.ts'
import {
  conferenceJson,
  conferencesFor,
  dateJson,
  editionJson,
  oneConference,
  oneDate,
  oneEdition,
  spacesFor,
} from './json.ts'
import { conference, conferenceDate, edition } from './schemas.ts'

const parameter = <S extends z.ZodType>(schema: S, name: string, description: string, example: unknown) =>
  schema.optional().openapi({ param: { name, in: 'query', description }, example })
const id = z.string().regex(/^[\w-]{1,80}$/, 'Give one id, as lists tell it.')
const space = parameter(id, 'space', 'Of this community alone.', 'try')
const inSpace = { space, ...pageParameters }
/** As our instants are written, for text order is time order. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((said) => new Date(said).toISOString())
const NOT_SESSIONS = DATE_KINDS.filter((kind) => kind !== 'session')
const kinds = z
  .preprocess(
    (said) => (typeof said === 'string' ? said.split(',') : said),
    z.array(z.enum(NOT_SESSIONS as [string, ...string[]])).max(20),
  )
  .optional()
  .openapi({
    param: { name: 'kind', in: 'query', style: 'form', explode: false, description: 'Of any of these kinds.' },
    example: ['abstracts', 'early-bird'],
  })
const time = {
  from: parameter(moment, 'from', 'Not over at this day or moment; today when nothing is said.', '2026-11-01').openapi({
    type: 'string',
  }),
  to: parameter(moment, 'to', 'Closing before this day or moment.', '2027-12-31').openapi({ type: 'string' }),
}
const of = {
  edition: parameter(id, 'edition', 'Of this edition.', 'e1'),
  conference: parameter(id, 'conference', 'Of this conference.', 'sacme'),
}
const sessionsQuery = z.strictObject({ ...of, ...time, ...inSpace })
const datesQuery = z.strictObject({ kind: kinds, ...of, ...time, ...inSpace })
const editionsQuery = z.strictObject({
  conference: of.conference,
  year: parameter(z.coerce.number().int().min(1990).max(2100), 'year', 'Of this year.', 2027),
  ...inSpace,
})
const conferencesQuery = z.strictObject(inSpace)

const NOBODY = 'There is nothing of this id that you may read: a token of its community opens what is not public.'
const tag = 'conferences'
const access = 'wider'
const PUBLIC = 'Without a token, of the communities whose moderators opened their calendar.'

/** Reading conferences, editions, dates and sessions. */
export function conferenceReads(house: ApiHouse, kept: Kept): Operation[] {
  const { content } = house
  const today = (): Instant => `${house.now().slice(0, 10)}T00:00:00.000Z`
  type Dates = {
    edition?: string
    conference?: string
    from?: string
    to?: string
    space?: string
    limit: number
    cursor?: readonly string[]
  }
  const dates = async ({ c, caller, db, query }: Asked<Dates>, kinds: readonly string[], name: string) => {
    const { limit, cursor, space, from = today(), ...rest } = query
    const spaces = await spacesFor(db, caller, space)
    const rows = await datesPage(db, {
      ...rest,
      ...{ spaces, kinds, from, standing: space === undefined, limit: limit + 1 },
      ...(cursor ? { after: cursor } : {}),
    })
    return paged(c, name, rows, limit, ({ closes_at, id }) => [closes_at, id], dateJson)
  }
  const one =
    <T>(find: (asked: Asked<unknown>, spaces: string[]) => Promise<T | undefined>) =>
    async (asked: Asked<unknown>) => {
      const found = isId(asked.id) ? await find(asked, await spacesFor(asked.db, asked.caller)) : undefined
      return found === undefined ? refused(404, NOBODY) : told(found)
    }
  return [
    reading(house, {
      path: '/v1/conferences',
      operationId: 'listConferences',
      summary: 'The meetings of the field that come back, and those that communities added',
      description: PUBLIC,
      answers: { 200: ok(pageOf('conferences', conference), 'One page, by id.') },
      query: conferencesQuery,
      ...{ tag, access, kept },
      async handle({ c, caller, db, query: { limit, cursor, space } }) {
        const all = await conferencesFor(db, content, await spacesFor(db, caller, space))
        const after = cursor?.[0] ?? ''
        const rows = all.filter((one) => one.id > after && (space === undefined || one.space === space))
        return paged(c, 'conferences', rows.slice(0, limit + 1), limit, ({ id }) => [id], conferenceJson)
      },
    }),
    reading(house, {
      path: '/v1/conferences/{id}',
      operationId: 'getConference',
      summary: 'One conference',
      params: { id: 'sacme' },
      answers: { 200: ok(conference, 'The conference.') },
      ...{ tag, access, kept },
      handle: one(({ db, id }, spaces) => oneConference(db, content, spaces, id)),
    }),
    reading(house, {
      path: '/v1/editions',
      operationId: 'listEditions',
      summary: 'Editions of conferences, the latest year first',
      description: PUBLIC,
      answers: { 200: ok(pageOf('editions', edition), 'One page.') },
      query: editionsQuery,
      ...{ tag, access, kept },
      async handle({ c, caller, db, query: { limit, cursor, space, ...rest } }) {
        const spaces = await spacesFor(db, caller, space)
        const rows = await editionsPage(db, { ...rest, spaces, ...(cursor ? { after: cursor } : {}), limit: limit + 1 })
        return paged(c, 'editions', rows, limit, ({ year, id }) => [String(year), id], editionJson)
      },
    }),
    reading(house, {
      path: '/v1/editions/{id}',
      operationId: 'getEdition',
      summary: 'One edition of a conference',
      params: { id: 'e1' },
      answers: { 200: ok(edition, 'The edition.') },
      ...{ tag, access, kept },
      handle: one(({ db, id }, spaces) => oneEdition(db, spaces, id)),
    }),
    reading(house, {
      path: '/v1/dates',
      operationId: 'listDates',
      summary: 'Deadlines and meetings, in the order of time',
      description: `${PUBLIC} The standing deadlines are everybody’s. \`/v1/conferences.ics\` tells the same as a calendar.`,
      answers: { 200: ok(pageOf('dates', conferenceDate), 'One page.') },
      query: datesQuery,
      ...{ tag, access, kept },
      handle: ({ query: { kind, ...query }, ...asked }) => dates({ ...asked, query }, kind ?? NOT_SESSIONS, 'dates'),
    }),
    reading(house, {
      path: '/v1/dates/{id}',
      operationId: 'getDate',
      summary: 'One date',
      params: { id: 'cd1' },
      answers: { 200: ok(conferenceDate, 'The date.') },
      ...{ tag, access, kept },
      handle: one(({ db, id }, spaces) => oneDate(db, spaces, id)),
    }),
    reading(house, {
      path: '/v1/sessions',
      operationId: 'listSessions',
      summary: 'Sessions of conferences, in the order of time',
      description: PUBLIC,
      answers: { 200: ok(pageOf('sessions', conferenceDate), 'One page.') },
      query: sessionsQuery,
      ...{ tag, access, kept },
      handle: (asked) => dates(asked, ['session'], 'sessions'),
    }),
    reading(house, {
      path: '/v1/sessions/{id}',
      operationId: 'getSession',
      summary: 'One session',
      params: { id: 'cd2' },
      answers: { 200: ok(conferenceDate, 'The session.') },
      ...{ tag, access, kept },
      handle: one(({ db, id }, spaces) => oneDate(db, spaces, id, true)),
    }),
  ]
}
