import { cut, type IncomingDate, isZone, kindOfIncoming, oneLine } from '@cme-commons/core'
import { decode } from '../decode.ts'
import { type Component, components } from './components.ts'
import { contentLines, MOST_CALENDAR_BYTES, type Problem } from './lines.ts'
import { propertyOf, textOf, textsOf } from './property.ts'
import { type Clock, whenOf } from './when.ts'
import { zonesOf } from './zones.ts'

/** The dates of a calendar. `left` are those that were understood and are not taken, each with the reason. */
export type ReadCalendar = { name?: string; dates: IncomingDate[]; left: Problem[] }

/** The most events in a calendar. */
const MOST_EVENTS = 1000
const MOST_PROBLEMS = 20

/**
 * Reads an iCalendar document; times that name no zone, and days, are those of `zone`. Any problem in what would be taken refuses the whole
 * document, with the lines to mend. Never throws.
 */
export function readCalendar(
  bytes: Uint8Array,
  { zone, contentType }: { zone: string; contentType?: string },
): { calendar: ReadCalendar } | { problems: Problem[] } {
  if (bytes.length > MOST_CALENDAR_BYTES)
    return refuse({ line: 1, say: 'this calendar has more than 2 MB: export one meeting alone.' })
  const tree = components(contentLines(decode(bytes, contentType)))
  if ('problem' in tree) return refuse(tree.problem)
  const events = tree.calendars.flatMap((calendar) => calendar.inside.filter(({ name }) => name === 'VEVENT'))
  if (events.length > MOST_EVENTS)
    return refuse({
      line: events[MOST_EVENTS]!.line,
      say: `there are more than ${MOST_EVENTS} events: export one meeting alone.`,
    })
  const read = tree.calendars.flatMap((calendar) => datesOf(calendar, zone))
  const problems = read.flatMap((one) => ('problem' in one ? [one.problem] : []))
  if (problems.length > 0) return { problems: problems.slice(0, MOST_PROBLEMS) }
  const left = read.flatMap((one) => ('left' in one ? [one.left] : []))
  const { dates, doubled } = newest(read.flatMap((one) => ('date' in one ? [one.date] : [])))
  const name = oneLine(textOf(tree.calendars[0]!, 'X-WR-CALNAME') || textOf(tree.calendars[0]!, 'NAME'))
  return { calendar: { ...(name ? { name: cut(name, 100) } : {}), dates, left: [...left, ...doubled] } }
}

const refuse = (problem: Problem) => ({ problems: [problem] })
type One = { date: IncomingDate } | { left: Problem } | { problem: Problem }

function datesOf(calendar: Component, zone: string): One[] {
  const own = textOf(calendar, 'X-WR-TIMEZONE')
  const clock = { zones: zonesOf(calendar), zone: isZone(own) ? own : zone }
  const cancelled = textOf(calendar, 'METHOD').toUpperCase() === 'CANCEL'
  return calendar.inside.flatMap((inner): One[] => {
    if (inner.name === 'VEVENT') return [dateOf(inner, clock, cancelled)]
    if (inner.name !== 'VTODO' && inner.name !== 'VJOURNAL') return []
    const say = 'a task or a note, not an event: add it by hand if it is a deadline.'
    return [{ left: { line: inner.line, say } }]
  })
}

function dateOf(event: Component, clock: Clock, cancelled: boolean): One {
  const broken = event.lines.find(({ name }) => name === '')
  if (broken)
    return wrong(
      broken.line,
      'this line is no property: it has to be NAME:VALUE, or begin with a space to go on with the one before.',
    )
  const uid = textOf(event, 'UID')
    .replace(/\p{Cc}+/gu, '')
    .trim()
  if (!uid) return wrong(event.line, 'this event has no UID, so a later change of it could not be told from a new one.')
  const title = cut(oneLine(textOf(event, 'SUMMARY')), 120)
  if (!title) return wrong(event.line, 'this event has no SUMMARY: give it a title.')
  const repeats = propertyOf(event, 'RRULE') ?? propertyOf(event, 'RDATE') ?? propertyOf(event, 'RECURRENCE-ID')
  if (repeats) {
    const say = `“${cut(title, 60)}” repeats: give each day that counts as an event of its own.`
    return { left: { line: 'line' in repeats ? repeats.line : repeats.broken, say } }
  }
  const found = whenOf(event, clock)
  if ('problem' in found) return found
  const { when } = found
  const status = textOf(event, 'STATUS').toUpperCase()
  const [place, href] = [cut(oneLine(textOf(event, 'LOCATION')), 120), textOf(event, 'URL')]
  const sequence = /^\d{1,9}$/.exec(textOf(event, 'SEQUENCE'))
  return {
    date: {
      uid: uid.slice(0, 300),
      sequence: sequence ? Number(sequence[0]) : 0,
      kind: kindOfIncoming(title, textsOf(event, 'CATEGORIES'), when),
      title,
      when,
      status: cancelled || status === 'CANCELLED' ? 'cancelled' : status === 'CONFIRMED' ? 'confirmed' : 'tentative',
      ...(place ? { place } : {}),
      ...(isWeb(href) ? { href } : {}),
      line: event.line,
    },
  }
}

const isWeb = (href: string): boolean =>
  href.length <= 1000 && URL.canParse(href) && /^https?:$/.test(new URL(href).protocol)
const wrong = (line: number, say: string) => ({ problem: { line, say } })

/** Of several events with one UID the one with the highest SEQUENCE, of those the last in the file. */
function newest(dates: readonly IncomingDate[]): { dates: IncomingDate[]; doubled: Problem[] } {
  const best = new Map<string, IncomingDate>()
  const doubled: Problem[] = []
  for (const date of dates) {
    const other = best.get(date.uid)
    const [kept, loser] = other && other.sequence > date.sequence ? [other, date] : [date, other]
    best.set(date.uid, kept)
    if (loser)
      doubled.push({ line: loser.line, say: `the same event is told again on line ${kept.line}; that one counts.` })
  }
  return { dates: [...best.values()].sort((a, b) => a.line - b.line), doubled }
}
