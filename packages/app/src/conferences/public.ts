import {
  type Conference,
  type ConferenceDate,
  type Day,
  dayIn,
  type Edition,
  type Instant,
  type Knowledge,
  overAt,
  whenKey,
} from '@cme-commons/core'
import {
  conferencesOfSpaces,
  type DateTable,
  datesOfEditions,
  datesOver,
  editionsOfSpaces,
  openCalendars,
  type Read,
} from '@cme-commons/db'
import type { CalendarFilter } from './calendar.ts'
import { conferenceOf, dateOf, editionOf } from './rows.ts'

/** A date that everybody may see, with what it belongs to: an edition and its conference, or neither for a standing deadline. */
export type PublicDate = {
  date: ConferenceDate
  edition?: Edition
  conference?: Pick<Conference, 'id' | 'short' | 'name'>
  region?: string
}

/** More than any page shows. */
const MOST = 500
const MOST_OF_EDITIONS = 1000

/** Every conference that everybody may see: those of the content, and what spaces added that opened their calendar. */
export async function publicConferences(db: Read, content: Knowledge): Promise<Conference[]> {
  const own = (await conferencesOfSpaces(db, await openCalendars(db))).map(conferenceOf)
  return [...content.conferences.catalog, ...own].sort((a, b) => a.short.localeCompare(b.short, 'en'))
}

/**
 * The dates that are not over at `from` and begin before `until`, of the spaces whose moderators opened their calendar (or one of them)
 * and of the standing deadlines, in the order of time. What several spaces entered alike is told once. Sessions are left out, and so is
 * what is only usual.
 */
export async function publicDates(
  db: Read,
  content: Knowledge,
  { from, until, space, ...filter }: Partial<CalendarFilter> & { from: Instant; until: Instant; space?: string },
): Promise<PublicDate[]> {
  const open = (await openCalendars(db)).filter((id) => space === undefined || id === space)
  const rows = await datesOver(db, open, { from, until: laterBy(until, SPAN), limit: MOST })
  const known = await told(db, content, open, rows)
  const { kinds = [], tracks = [], regions = [] } = filter
  const passes = ({ date, region }: PublicDate, ofTracks: readonly string[]) =>
    (kinds.length === 0 || kinds.includes(date.kind)) &&
    (regions.length === 0 || regions.includes(region ?? '')) &&
    (tracks.length === 0 || ofTracks.some((track) => tracks.includes(track)))
  const shown = known.filter(
    ({ one, tracks: of }) =>
      one.date.status !== 'typical' && orderOf(one.date).slice(0, 10) < until.slice(0, 10) && passes(one, of),
  )
  return once(shown.map(({ one }) => one)).sort((a, b) => (orderOf(a.date) < orderOf(b.date) ? -1 : 1))
}

/** By what dates are put in order: whole days before the moments in them, the end of a day anywhere after these. Working out when a day begins in its zone takes a hundred times longer. */
const orderOf = ({ when }: Pick<ConferenceDate, 'when'>): string => (when.kind === 'at' ? when.at : when.day)

/** No meeting lasts longer: what begins before the end of a month is over by then. */
const SPAN = 62
const laterBy = (at: Instant, days: number): Instant => new Date(Date.parse(at) + days * 86_400_000).toISOString()

/** The editions of a conference that everybody may see, the latest first, each with its dates and sessions. */
export async function publicEditions(
  db: Read,
  conference: string,
): Promise<{ edition: Edition; dates: ConferenceDate[] }[]> {
  const rows = (await editionsOfSpaces(db, await openCalendars(db))).filter((row) => row.conference === conference)
  const dates = await datesOfEditions(
    db,
    rows.map(({ id }) => id),
    MOST_OF_EDITIONS,
  )
  const editions = Map.groupBy(rows.map(editionOf), ({ name, year }) => `${year} ${name.toLowerCase()}`)
  return [...editions.values()]
    .map((same) => {
      const ids = new Set(same.map(({ id }) => id))
      const own = dates.filter(({ edition }) => ids.has(edition ?? '')).map((row) => ({ date: dateOf(row) }))
      return { edition: same[0]!, dates: once(own).map(({ date }) => date) }
    })
    .sort((a, b) => b.edition.year - a.edition.year || a.edition.name.localeCompare(b.edition.name, 'en'))
}

/** The first day of it where it is, and the last one; the same for most. */
export function daysOf({ when }: Pick<ConferenceDate, 'when'>): { day: Day; to: Day } {
  if (when.kind === 'aoe') return { day: when.day, to: when.day }
  if (when.kind === 'day') return { day: when.day, to: when.to ?? when.day }
  return { day: dayIn(when.at, when.zone), to: dayIn(overAt({ kind: 'other', when }), when.zone) }
}

async function told(db: Read, content: Knowledge, spaces: readonly string[], rows: readonly DateTable[]) {
  const editions = new Map((await editionsOfSpaces(db, spaces)).map((row) => [row.id, row]))
  const own = (await conferencesOfSpaces(db, spaces)).map(conferenceOf)
  const { catalog, deadlines } = content.conferences
  const conferences = new Map([...catalog, ...own].map((one) => [one.id, one]))
  const standing = new Map(deadlines.map((one) => [one.id, one]))
  return rows.map((row) => {
    const edition = editions.get(row.edition ?? '')
    const conference = conferences.get(row.conference)
    const about = conference ?? standing.get(row.conference)
    const one: PublicDate = {
      date: dateOf(row),
      ...(edition ? { edition: editionOf(edition) } : {}),
      ...(conference ? { conference } : {}),
      ...(about ? { region: about.region } : {}),
    }
    return { one, tracks: about?.tracks ?? [] }
  })
}

/** What says the same of the same conference is one: the surest of them. */
function once<T extends { date: ConferenceDate }>(all: readonly T[]): T[] {
  const same = Map.groupBy(all, ({ date }) => [date.conference, date.kind, date.title, whenKey(date)].join('\n'))
  return [...same.values()].map((ones) => ones.find(({ date }) => date.status === 'confirmed') ?? ones[0]!)
}
