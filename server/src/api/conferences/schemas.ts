import { DATE_KINDS, DATE_STATUSES, isZone } from '@cme-commons/core'
import { z } from '@hono/zod-openapi'

const text = (most: number) => z.string().trim().min(1).max(most)
const address = z
  .string()
  .regex(/^https?:\/\/[^\s/]+\.[^\s]+$/, 'Write the address of a page, as in https://example.org/meeting.')
  .max(300)
const zone = z.string().max(60).refine(isZone, 'Write a time zone as in America/Chicago or Europe/Brussels.')
const day = z.iso.date()
const instant = z.iso.datetime()

export const when = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('day'), day, to: day.optional(), zone: z.string() }),
    z.strictObject({ kind: z.literal('at'), at: instant, until: instant.optional(), zone: z.string() }),
    z.strictObject({ kind: z.literal('aoe'), day }),
  ])
  .describe('Whole days in a zone, an instant (a session until another one), or 23:59 anywhere on earth (UTC-12).')
  .openapi('When', { example: { kind: 'at', at: '2027-01-15T22:00:00.000Z', zone: 'America/New_York' } })

/** As moderators write it in the chat, or as it is told: a day is one of the edition's zone. */
const whenSaid = z
  .union([
    text(80),
    z.strictObject({ kind: z.literal('day'), day, to: day.optional(), zone: z.string().optional() }),
    z.strictObject({ kind: z.literal('at'), at: instant, until: instant.optional(), zone }),
    z.strictObject({ kind: z.literal('aoe'), day }),
  ])
  .describe(
    'As it is told, or as people write it: `2027-01-15 17:00 ET`, `2027-03-14 to 2027-03-17`, `2027-02-23 AoE`.',
  )
  .openapi({ example: '2027-01-15 17:00 America/New_York' })

const AT = '2026-11-20T09:30:00.000Z'
const conferenceExample = {
  id: 'own-1',
  space: 'try',
  name: 'Simulation in Continuing Education Forum',
  short: 'Simulation in Continuing Education Forum',
  organiser: 'A society of this community',
  href: 'https://example.org/forum',
  tracks: ['academic'],
  region: 'us',
  month: null,
  format: 'varies' as const,
  about: 'Added by the moderators of this community.',
  source: 'https://example.org/forum',
  checked: '2026-11-20',
  confidence: 'verified' as const,
}

export const conference = z
  .strictObject({
    id: z.string(),
    space: z
      .string()
      .nullable()
      .describe('The community whose moderators added it; null for one that everybody knows.'),
    name: z.string(),
    short: z.string(),
    organiser: z.string(),
    href: z.string().nullable(),
    tracks: z.array(z.string()),
    region: z.string(),
    month: z.int().min(1).max(12).nullable().describe('Its usual month.'),
    format: z.enum(['in-person', 'online', 'hybrid', 'varies']),
    about: z.string(),
    source: z.string(),
    checked: day,
    confidence: z.enum(['verified', 'seen-in-code', 'well-known', 'inferred', 'uncertain', 'unproven']),
  })
  .openapi('Conference', { example: conferenceExample })

export const newConference = z
  .strictObject({
    name: text(200),
    organiser: text(200),
    href: address,
    tracks: z.array(z.string().max(60)).max(20).default([]),
    region: text(60),
  })
  .openapi('NewConference', {
    example: {
      name: conferenceExample.name,
      organiser: conferenceExample.organiser,
      href: conferenceExample.href,
      tracks: ['academic'],
      region: 'us',
    },
  })
export const conferenceChange = newConference
  .extend({ tracks: z.array(z.string().max(60)).max(20) })
  .partial()
  .openapi('ConferenceChange', { example: { organiser: 'Another society of this community' } })

export const edition = z
  .strictObject({
    id: z.string(),
    space: z.string(),
    conference: z.string(),
    name: z.string(),
    year: z.int(),
    place: z.string().nullable(),
    href: z.string().nullable(),
    zone: z.string().describe('Of the place: its days are days there.'),
    status: z.enum(['planned', 'cancelled']),
    changed: instant,
  })
  .openapi('Edition', {
    example: {
      id: 'e1',
      space: 'try',
      conference: 'sacme',
      name: 'SACME 2027',
      year: 2027,
      place: 'Lexington, KY',
      href: 'https://example.org/2027',
      zone: 'America/New_York',
      status: 'planned',
      changed: AT,
    },
  })
export const newEdition = z
  .strictObject({
    conference: text(80).describe('The id of its conference.'),
    name: text(80).describe('With the year in it.'),
    zone,
    place: text(200).optional(),
    href: address.optional(),
    days: whenSaid.optional().describe('The days of the meeting, when they are announced; then `href` is needed.'),
  })
  .openapi('NewEdition', {
    example: {
      conference: 'sacme',
      name: 'SACME 2028',
      zone: 'America/Chicago',
      place: 'Chicago, IL',
      href: 'https://example.org/2028',
      days: '2028-03-20 to 2028-03-23',
    },
  })
export const editionChange = z
  .strictObject({
    name: text(80),
    zone,
    place: text(200).nullable(),
    href: address.nullable(),
    status: z
      .enum(['planned', 'cancelled'])
      .describe('Called off, all its dates go with it, and one message tells of them.'),
  })
  .partial()
  .openapi('EditionChange', { example: { place: 'Lexington, KY, and online' } })

export const conferenceDate = z
  .strictObject({
    id: z.string(),
    space: z.string().nullable().describe('Null for a standing deadline, which is everybody’s.'),
    edition: z.string().nullable(),
    conference: z.string().describe('Of a standing deadline its own id.'),
    kind: z.enum(DATE_KINDS),
    title: z.string(),
    when,
    closes: instant.describe('The instant from which it is too late; lists are in this order.'),
    status: z.enum(DATE_STATUSES).describe('`typical` is from earlier years alone: nobody has announced it.'),
    source: z.string(),
    checked: day,
    href: z.string().nullable(),
    place: z.string().nullable(),
    sequence: z.int().nonnegative().describe('How often it was changed.'),
    changed: instant,
  })
  .openapi('ConferenceDate', {
    example: {
      id: 'cd1',
      space: 'try',
      edition: 'e1',
      conference: 'sacme',
      kind: 'abstracts',
      title: 'Abstracts',
      when: { kind: 'at', at: '2027-01-15T22:00:00.000Z', zone: 'America/New_York' },
      closes: '2027-01-15T22:00:00.000Z',
      status: 'confirmed',
      source: 'https://example.org/2027',
      checked: '2026-11-20',
      href: 'https://example.org/2027',
      place: null,
      sequence: 0,
      changed: AT,
    },
  })

const said = {
  title: text(120),
  when: whenSaid,
  status: z.enum(DATE_STATUSES),
  source: text(300).describe('Where it is announced: the address of the page, or who told.'),
  place: text(120),
}
const kind = z.enum(DATE_KINDS).exclude(['session'])
const rest = {
  when: said.when,
  status: said.status.default('confirmed'),
  source: said.source,
  place: said.place.optional(),
}
export const newDate = z
  .strictObject({
    edition: text(80),
    kind,
    title: said.title.optional().describe('Only if the kind does not say it.'),
    ...rest,
  })
  .openapi('NewDate', {
    example: { edition: 'e1', kind: 'early-bird', when: '2027-02-23 AoE', source: 'https://example.org/2027' },
  })
export const newSession = z.strictObject({ edition: text(80), title: said.title, ...rest }).openapi('NewSession', {
  example: {
    edition: 'e1',
    title: 'Assessing outcomes at scale',
    when: '2027-03-15 14:00 to 15:00',
    place: 'Room 2',
    source: 'https://example.org/2027/programme',
  },
})
const change = { ...said, place: said.place.nullable() }
export const dateChange = z
  .strictObject({ kind, ...change })
  .partial()
  .openapi('DateChange', { example: { when: '2027-01-22 17:00 America/New_York' } })
export const sessionChange = z
  .strictObject(change)
  .partial()
  .openapi('SessionChange', { example: { place: 'Room 3' } })
