import {
  type Answers,
  type ConferenceDate,
  type DateKind,
  type DateTime,
  dayIn,
  type Edition,
  isDateKind,
  isDateStatus,
  isZone,
  KIND_TITLES,
  type Knowledge,
  MOST_DAYS,
  MOST_MINUTES,
  parseLeads,
  parseWhen,
} from '@cme-commons/core'
import { unknownZone } from '../schedule-form.ts'
import type { DateSaid } from './save.ts'

/** A conference as moderators describe it. */
export type ConferenceSaid = {
  name: string
  organiser: string
  href?: string
  tracks: readonly string[]
  region: string
}

/** What a moderator filled in and has not saved: kept as a draft, shown with what it will do. `sequence` is that of the date it was read from, `found` the day in the news that it was. */
export type Proposed =
  | { what: 'conference'; id?: string; said: ConferenceSaid }
  | { what: 'edition'; edition: Omit<Edition, 'id'> & { id?: string }; days?: DateTime }
  | { what: 'date'; date: DateSaid; sequence?: number; found?: string }
  | {
      what: 'dates'
      rows: readonly { edition: Omit<Edition, 'id'> & { id?: string }; date: DateSaid; sequence?: number }[]
    }
  | { what: 'policy'; kind: DateKind; leads: readonly number[] }

export type Checked<T> = { value: T } | { fields: Record<string, string> }

const one = (answers: Answers, name: string): string =>
  String(answers[name] ?? '')
    .replaceAll('\0', '')
    .trim()
const isAddress = (said: string): boolean => /^https?:\/\/[^\s/]+\.[^\s]+$/.test(said) && said.length <= 300
const ADDRESS = 'Write the address of a page, as in https://example.org/meeting.'

export function checkConference(answers: Answers, content: Knowledge): Checked<ConferenceSaid> {
  const fields: Record<string, string> = {}
  const [name, organiser, href, region] = ['name', 'organiser', 'href', 'region'].map((field) =>
    one(answers, field),
  ) as [string, string, string, string]
  const said = answers.tracks ?? []
  const tracks = (typeof said === 'string' ? said.split(',') : said).filter((id) =>
    content.tracks.some((track) => track.id === id),
  )
  if (!name) fields.name = 'Name the conference.'
  if (!organiser) fields.organiser = 'Say who organises it.'
  if (!isAddress(href)) fields.href = ADDRESS
  if (!content.regions.some(({ id }) => id === region)) fields.region = 'Choose one of the regions.'
  if (Object.keys(fields).length > 0) return { fields }
  return { value: { name, organiser, href, tracks, region } }
}

type EditionSaid = { edition: Omit<Edition, 'id'> & { id?: string }; days?: DateTime }

export function checkEdition(
  answers: Answers,
  conference: string,
  space: string,
  before?: Edition,
): Checked<EditionSaid> {
  const fields: Record<string, string> = {}
  const [name, zone, place, href] = ['name', 'zone', 'place', 'href'].map((field) => one(answers, field)) as [
    string,
    string,
    string,
    string,
  ]
  // The days of an edition that is there are a date of its own, which is changed as one.
  const days = before ? '' : one(answers, 'days')
  const year = Number(/\b(20\d\d)\b/.exec(name)?.[1] ?? /\b(20\d\d)\b/.exec(days)?.[1] ?? 0)
  if (!name) fields.name = 'Name the edition.'
  else if (!year) fields.name = 'Write the year into the name, as in SACME 2027.'
  if (!isZone(zone)) fields.zone = unknownZone(zone)
  if (href && !isAddress(href)) fields.href = ADDRESS
  const when = days && isZone(zone) ? parseWhen(days, zone) : undefined
  if (when && 'wrong' in when) fields.days = when.wrong
  if (days && !href) fields.href = 'Dates need the page that announces them: write its address.'
  if (Object.keys(fields).length > 0) return { fields }
  return {
    value: {
      edition: {
        ...(before ? { id: before.id } : {}),
        conference,
        space,
        name: name.slice(0, 80),
        year,
        zone,
        ...(place ? { place } : {}),
        ...(href ? { href } : {}),
        status: before?.status ?? 'planned',
      },
      ...(when && 'value' in when ? { days: when.value } : {}),
    },
  }
}

/** What is said of a date, from a form or a line of a table, against its edition. */
export function checkDate(
  said: { kind: string; title: string; when: string; status: string; source: string; place?: string },
  edition: Pick<Edition, 'id' | 'conference' | 'space' | 'zone'>,
  now: string,
  before?: ConferenceDate,
): Checked<DateSaid> {
  const fields: Record<string, string> = {}
  const kind = said.kind.toLowerCase()
  const status = said.status.toLowerCase()
  const when = parseWhen(said.when, edition.zone)
  if (!isDateKind(kind)) fields.kind = `“${said.kind.slice(0, 40)}” is no kind of date: choose one of those offered.`
  if ('wrong' in when) fields.when = when.wrong
  else if (kind === 'session' && when.value.kind !== 'at')
    fields.when = 'A session needs a time, as in 2027-03-15 14:00 to 15:00.'
  if (!isDateStatus(status))
    fields.status = 'Say how sure it is: confirmed, tentative, typical, cancelled or postponed.'
  if (kind === 'session' && !said.title) fields.title = 'Give the session a title.'
  if (!said.source) fields.source = 'Say where it is announced: the address of the page, or who told.'
  if (!isDateKind(kind) || 'wrong' in when || !isDateStatus(status) || Object.keys(fields).length > 0) return { fields }
  return {
    value: {
      ...(before ? { id: before.id } : {}),
      space: edition.space,
      ...(edition.id ? { edition: edition.id } : {}),
      conference: edition.conference,
      kind,
      title: (said.title || KIND_TITLES[kind]).slice(0, 120),
      when: when.value,
      status,
      source: said.source.slice(0, 300),
      checked: dayIn(now, edition.zone),
      ...(isAddress(said.source) ? { href: said.source } : {}),
      ...(said.place ? { place: said.place.slice(0, 120) } : {}),
    },
  }
}

export function checkPolicy(answers: Answers, kind: DateKind): Checked<readonly number[]> {
  const most = kind === 'session' ? MOST_MINUTES : MOST_DAYS
  const leads = parseLeads(one(answers, 'leads'), most)
  return leads
    ? { value: leads }
    : { fields: { leads: `Write numbers from 1 to ${most}, at most ten, as in 30, 7, 1.` } }
}
