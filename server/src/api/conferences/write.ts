import type { Ctx } from '@cme-commons/app'
import { type Answers, type DateTime, writtenWhen } from '@cme-commons/core'
import { lastChanged, type Read } from '@cme-commons/db'
import type { z } from '@hono/zod-openapi'
import { actingFor, confirmed, saved } from '../acting.ts'
import type { Caller } from '../caller.ts'
import type { ApiHouse } from '../house.ts'
import { isId } from '../news.ts'
import { type Operation, ok, type Written, writing } from '../operation.ts'
import { isRefused, type Refused, refused, strangers, type Told, told, UNUSABLE } from '../told.ts'
import { oneConference, oneDate, oneEdition } from './json.ts'
import {
  conference,
  conferenceChange,
  conferenceDate,
  dateChange,
  edition,
  editionChange,
  newConference,
  newDate,
  newEdition,
  newSession,
  sessionChange,
} from './schemas.ts'

const tag = 'conferences'
const access = 'signed'
const created = (schema: z.ZodType, what: string) => ({
  201: ok(schema, `${what}; \`Location\` is where it is from now on.`),
})
const CHANGE = 'A merge patch (RFC 7396): what is left out stays, `null` empties.'
const NOT_TWICE = 'As in the chat, whoever follows is told of what moved or was called off, once.'

type WhenSaid = string | { kind: 'day'; day: string; to?: string; zone?: string } | Exclude<DateTime, { kind: 'day' }>
const written = (when: WhenSaid): string =>
  typeof when === 'string' ? when : writtenWhen({ zone: 'UTC', ...when } as DateTime)
type ConferenceJson = NonNullable<Awaited<ReturnType<typeof oneConference>>>
type EditionJson = NonNullable<Awaited<ReturnType<typeof oneEdition>>>
type DateJson = NonNullable<Awaited<ReturnType<typeof oneDate>>>

/** Adding and changing conferences, editions, dates and sessions, by the forms that moderators fill in in the chat. */
export function conferenceWrites(house: ApiHouse): Operation[] {
  const ours = ({ space }: Caller) => [space]
  const find = {
    conference: (db: Read, caller: Caller, id: string) => oneConference(db, house.content, ours(caller), id),
    edition: (db: Read, caller: Caller, id: string) => oneEdition(db, ours(caller), id),
    date: (db: Read, caller: Caller, id: string) => oneDate(db, ours(caller), id),
    session: (db: Read, caller: Caller, id: string) => oneDate(db, ours(caller), id, true),
  }
  type What = keyof typeof find
  const owned = (what: What) => async (db: Read, caller: Caller, id: string) => {
    const found = isId(id) ? await find[what](db, caller, id) : undefined
    return found?.space === caller.space ? found : undefined
  }
  /** Does something as the caller, and tells what was made or changed by it. */
  const does = async (
    asked: Written<unknown>,
    what: What,
    act: (ctx: Ctx) => Promise<object>,
    id?: string,
  ): Promise<Told> => {
    const { tx, caller } = asked
    const ctx = await actingFor(house, caller, tx)
    if (isRefused(ctx)) return ctx
    const done = await act(ctx)
    if (isRefused(done)) return done
    const table = what === 'session' ? 'date' : what
    const made = id ?? (await lastChanged(tx, caller.space, table)) ?? ''
    const json = await find[what](tx, caller, made)
    return id === undefined ? { status: 201, json, headers: { Location: `/v1/${what}s/${made}` } } : told(json)
  }
  const plan = (ctx: Ctx, form: string, answers: Answers) => saved(ctx, `plan.${form}`, answers, 'plan.save')
  const change = (ctx: Ctx, of: string, to: string) => confirmed(ctx, { do: 'plan.change', of, to }, 'plan.save')

  const unknown = (tracks: readonly string[]) => strangers('#/tracks', tracks, house.content.tracks)

  const datesOf = (what: 'date' | 'session', schema: typeof newDate | typeof newSession): Operation[] => {
    const name = what === 'date' ? 'Date' : 'Session'
    const example = what === 'date' ? 'cd1' : 'cd2'
    return [
      writing(house, {
        method: 'post',
        path: `/v1/${what}s`,
        operationId: `add${name}`,
        summary: what === 'date' ? 'Add a date to an edition' : 'Add a session to an edition',
        answers: created(conferenceDate, `The ${what}`),
        body: schema,
        ...{ tag, access },
        handle: (asked) => {
          const { edition, when, place = '', title = '', ...rest } = asked.body
          return does(asked, what, async (ctx) => {
            if (!(await owned('edition')(asked.tx, asked.caller, edition))) return nothing('edition', 'edition')
            return plan(ctx, `${what}:${edition}`, { ...rest, title, place, when: written(when) })
          })
        },
      }),
      writing(house, {
        method: 'patch',
        path: `/v1/${what}s/{id}`,
        operationId: `change${name}`,
        summary: what === 'date' ? 'Change, cancel or bring back a date' : 'Change, cancel or bring back a session',
        description: `${CHANGE} ${NOT_TWICE}`,
        params: { id: example },
        answers: { 200: ok(conferenceDate, 'As it is now.') },
        body: what === 'date' ? dateChange : sessionChange,
        current: owned(what),
        ...{ tag, access },
        handle: (asked) => {
          const { when, ...rest } = { ...(asked.current as DateJson), ...asked.body }
          const answers = {
            kind: rest.kind,
            title: rest.title,
            place: rest.place ?? '',
            status: rest.status,
            source: rest.source,
          }
          return does(
            asked,
            what,
            (ctx) => plan(ctx, `${what}:${asked.id}`, { ...answers, when: written(when) }),
            asked.id,
          )
        },
      }),
      writing(house, {
        method: 'delete',
        path: `/v1/${what}s/{id}`,
        operationId: `remove${name}`,
        summary:
          what === 'date'
            ? 'Take out a date that was entered by mistake'
            : 'Take out a session that was entered by mistake',
        description: 'What is called off is better cancelled: then those who follow hear of it.',
        params: { id: example },
        answers: { 204: { description: 'It is taken out.' } },
        current: owned(what),
        ...{ tag, access },
        async handle(asked) {
          const done = await does(asked, what, (ctx) => change(ctx, `date/${asked.id}`, 'remove'), asked.id)
          return isRefused(done) ? done : { status: 204 }
        },
      }),
    ]
  }

  return [
    writing(house, {
      method: 'post',
      path: '/v1/conferences',
      operationId: 'addConference',
      summary: 'Add a conference that the catalogue does not have',
      answers: created(conference, 'The conference'),
      body: newConference,
      ...{ tag, access },
      handle: (asked) =>
        does(asked, 'conference', async (ctx) => unknown(asked.body.tracks) ?? plan(ctx, 'conference', asked.body)),
    }),
    writing(house, {
      method: 'patch',
      path: '/v1/conferences/{id}',
      operationId: 'changeConference',
      summary: 'Change a conference that this community added',
      description: CHANGE,
      params: { id: 'own-1' },
      answers: { 200: ok(conference, 'As it is now.') },
      body: conferenceChange,
      current: owned('conference'),
      ...{ tag, access },
      handle: (asked) => {
        const { name, organiser, href, tracks, region } = { ...(asked.current as ConferenceJson), ...asked.body }
        const answers = { name, organiser, href: href ?? '', tracks, region }
        return does(
          asked,
          'conference',
          async (ctx) => unknown(tracks) ?? plan(ctx, `conference:${asked.id}`, answers),
          asked.id,
        )
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/editions',
      operationId: 'addEdition',
      summary: 'Add an edition of a conference',
      answers: created(edition, 'The edition'),
      body: newEdition,
      ...{ tag, access },
      handle: (asked) => {
        const { conference, days, place = '', href = '', ...rest } = asked.body
        const answers = { ...rest, place, href, days: days === undefined ? '' : written(days) }
        return does(asked, 'edition', async (ctx) => {
          if (!isId(conference) || !(await find.conference(asked.tx, asked.caller, conference)))
            return nothing('conference', 'conference')
          return plan(ctx, `edition:${conference}`, answers)
        })
      },
    }),
    writing(house, {
      method: 'patch',
      path: '/v1/editions/{id}',
      operationId: 'changeEdition',
      summary: 'Change an edition, call it off or bring it back',
      description: `${CHANGE} ${NOT_TWICE}`,
      params: { id: 'e1' },
      answers: { 200: ok(edition, 'As it is now.') },
      body: editionChange,
      current: owned('edition'),
      ...{ tag, access },
      handle: (asked) => {
        const { status, ...rest } = asked.body
        const current = asked.current as EditionJson
        const { name, zone, place, href } = { ...current, ...rest }
        return does(
          asked,
          'edition',
          async (ctx) => {
            const answers = { name, zone, place: place ?? '', href: href ?? '' }
            const done = Object.keys(rest).length > 0 ? await plan(ctx, `edition:${asked.id}`, answers) : {}
            if (isRefused(done) || status === undefined || status === current.status) return done
            return change(ctx, `edition/${asked.id}`, status === 'cancelled' ? 'cancel' : 'restore')
          },
          asked.id,
        )
      },
    }),
    ...datesOf('date', newDate),
    ...datesOf('session', newSession),
  ]
}

const nothing = (field: string, what: string): Refused =>
  refused(422, UNUSABLE, [{ pointer: `#/${field}`, detail: `This community has no such ${what}: give the id of one.` }])
