import {
  type CalendarEntry,
  type CalendarWish,
  type Conference,
  type ConferenceDate,
  calendarEntry,
  DAY,
  type DateKind,
  type Follow,
  type Instant,
  type Knowledge,
  leadsFor,
  PAST_DAYS,
  type Policy,
  plus,
} from '@cme-commons/core'
import {
  conferencesOf,
  type DateTable,
  datesForCalendar,
  type EditionTable,
  editionsOfSpaces,
  followsOf,
  policiesOf,
  type Read,
  scopesOf,
} from '@cme-commons/db'
import { conferenceOf, dateOf, editionOf, followOf, policyOf } from './rows.ts'

/** What a calendar has in it: all that is said must hold, of each list any of its members; an empty list is everything. */
export type CalendarFilter = { kinds: readonly DateKind[]; tracks: readonly string[]; regions: readonly string[] }

/** What there is to choose from for some spaces: their dates and the standing deadlines, each with what is known of it. */
type Known = {
  date: ConferenceDate
  row: DateTable
  edition?: EditionTable
  about?: Pick<Conference, 'tracks' | 'region'>
}

/** The dates of some spaces and the standing deadlines as calendars tell them. */
export async function publicCalendar(
  db: Read,
  content: Knowledge,
  spaces: readonly string[],
  filter: CalendarFilter,
  wish: CalendarWish,
  now: Instant,
): Promise<CalendarEntry[]> {
  const known = await knownTo(db, content, spaces, now)
  return known.filter((one) => passes(one, filter)).flatMap((one) => entryOf(one, wish, now))
}

/**
 * What a member follows, without what she said "not this year" to. Alarms that are her `own` ring as long before each date as she is
 * reminded, those in days at nine in the morning where it is all day.
 */
export async function personalCalendar(
  db: Read,
  content: Knowledge,
  member: string,
  filter: CalendarFilter,
  wish: Omit<CalendarWish, 'alarms'> & { alarms: CalendarWish['alarms'] | 'own' },
  now: Instant,
): Promise<CalendarEntry[]> {
  const follows = await followsOf(db, member)
  if (follows.length === 0) return []
  const spaces = [...new Set(follows.map(({ space }) => space))]
  const at = new Map(follows.map((row) => [`${row.space} ${row.scope}`, row]))
  const policies = new Map<string, Policy[]>()
  for (const space of spaces) policies.set(space, (await policiesOf(db, space)).map(policyOf))
  const known = await knownTo(db, content, spaces, now)
  return known
    .filter((one) => passes(one, filter))
    .flatMap((one) => {
      // In each space the narrowest that covers the date decides; a standing deadline belongs to all of them.
      const narrowest = (one.row.space ? [one.row.space] : spaces).flatMap(
        (space) => scopesOf(one.row).flatMap((scope) => at.get(`${space} ${scope}`) ?? [])[0] ?? [],
      )
      const row = narrowest.find((row) => row.muted === 0 && covers(followOf(row), one))
      if (!row) return []
      const leads = () => ownAlarms(one.date, followOf(row), policies.get(row.space) ?? [], wish.allDay)
      return entryOf(one, { ...wish, alarms: wish.alarms === 'own' ? leads() : wish.alarms }, now)
    })
}

async function knownTo(db: Read, content: Knowledge, spaces: readonly string[], now: Instant): Promise<Known[]> {
  const editions = new Map((await editionsOfSpaces(db, spaces)).map((row) => [row.id, row]))
  const own: Conference[] = []
  for (const space of spaces) own.push(...(await conferencesOf(db, space)).map(conferenceOf))
  const { catalog, deadlines } = content.conferences
  const about = new Map([...catalog, ...deadlines, ...own].map((one) => [one.id, one]))
  const rows = await datesForCalendar(db, spaces, plus(now, -PAST_DAYS * DAY))
  return rows.map((row) => ({
    row,
    date: dateOf(row),
    edition: editions.get(row.edition ?? ''),
    about: about.get(row.conference),
  }))
}

const passes = ({ date, about }: Known, { kinds, tracks, regions }: CalendarFilter): boolean =>
  (kinds.length === 0 || kinds.includes(date.kind)) &&
  (tracks.length === 0 || (about?.tracks.some((track) => tracks.includes(track)) ?? false)) &&
  (regions.length === 0 || regions.includes(about?.region ?? ''))

const covers = ({ kinds, tracks }: Follow, { date, about }: Known): boolean =>
  kinds.includes(date.kind) &&
  (tracks.length === 0 || !about || about.tracks.length === 0 || about.tracks.some((track) => tracks.includes(track)))

function entryOf({ date, edition }: Known, wish: CalendarWish, now: Instant): CalendarEntry[] {
  const entry = calendarEntry(date, edition && editionOf(edition), wish, now)
  return entry ? [entry] : []
}

/** Nine in the morning, in minutes of the day. */
const MORNING = 540

function ownAlarms(date: ConferenceDate, follow: Follow, policies: readonly Policy[], allDay: boolean): number[] {
  const leads = leadsFor(
    date.kind,
    follow,
    policies.find(({ kind }) => kind === date.kind),
  )
  if (date.kind === 'session') return [...leads]
  return leads.map((days) => days * 1440 - (allDay || date.when.kind === 'day' ? MORNING : 0))
}
