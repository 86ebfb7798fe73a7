import { conferenceOf, dateOf } from '@cme-commons/app'
import type { Conference, Knowledge } from '@cme-commons/core'
import {
  conferencesOfSpaces,
  type DateTable,
  type EditionTable,
  findDate,
  findEdition,
  openCalendars,
  type Read,
} from '@cme-commons/db'
import type { Caller } from '../caller.ts'

/** A conference as the API tells it; the shape is `conference` of the schemas. */
export const conferenceJson = (one: Conference) => ({
  id: one.id,
  space: one.space ?? null,
  name: one.name,
  short: one.short,
  organiser: one.organiser,
  href: one.href ?? null,
  tracks: one.tracks,
  region: one.region,
  month: one.month ?? null,
  format: one.format,
  about: one.about,
  source: one.source,
  checked: one.checked,
  confidence: one.confidence,
})

export const editionJson = ({
  id,
  space,
  conference,
  name,
  year,
  place,
  href,
  zone,
  status,
  changed_at,
}: EditionTable) => ({
  id,
  space,
  conference,
  name,
  year,
  place,
  href,
  zone,
  status,
  changed: changed_at,
})

export function dateJson(row: DateTable) {
  const { when, ...date } = dateOf(row)
  return {
    id: date.id,
    space: date.space ?? null,
    edition: date.edition ?? null,
    conference: date.conference,
    kind: date.kind,
    title: date.title,
    when,
    closes: row.closes_at,
    status: date.status,
    source: date.source,
    checked: date.checked,
    href: date.href ?? null,
    place: date.place ?? null,
    sequence: date.sequence,
    changed: date.changed,
  }
}

/** The spaces whose conferences somebody may read: those with an open calendar, and that of the token. */
export async function spacesFor(db: Read, caller: Caller | undefined, one?: string): Promise<string[]> {
  const open = await openCalendars(db)
  const all = caller && !open.includes(caller.space) ? [...open, caller.space] : open
  return one === undefined ? all : all.filter((space) => space === one)
}

/** Every conference that is known in some spaces: those of the content and their own. */
export async function conferencesFor(db: Read, content: Knowledge, spaces: readonly string[]): Promise<Conference[]> {
  const own = (await conferencesOfSpaces(db, spaces)).map(conferenceOf)
  return [...content.conferences.catalog, ...own].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function oneConference(db: Read, content: Knowledge, spaces: readonly string[], id: string) {
  const found = (await conferencesFor(db, content, spaces)).find((one) => one.id === id)
  return found && conferenceJson(found)
}

export async function oneEdition(db: Read, spaces: readonly string[], id: string) {
  const row = await findEdition(db, id)
  return row && spaces.includes(row.space) ? editionJson(row) : undefined
}

/** A date of some spaces, or a standing deadline; `session` tells whether it has to be one. */
export async function oneDate(db: Read, spaces: readonly string[], id: string, session = false) {
  const row = await findDate(db, id)
  const seen = row && row.gone_at === null && (row.space === '' || spaces.includes(row.space))
  return seen && (row.kind === 'session') === session ? dateJson(row) : undefined
}
