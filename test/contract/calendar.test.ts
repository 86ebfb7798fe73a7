import {
  CALENDAR_CATEGORIES,
  type CalendarEntry,
  type ConferenceDate,
  calendarEntry,
  DATE_KINDS,
  type DateTime,
} from '@cme-commons/core'
import fc from 'fast-check'
import * as nodeIcal from 'node-ical'
import { convertIcsCalendar } from 'ts-ics'
import { describe, expect, test } from 'vitest'
import { readCalendar } from '../../packages/feeds/src/calendar/read.ts'
import { writeCalendar } from '../../server/src/calendar/write.ts'
import { calendarFaults } from '../support/calendar-rules.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const ZONES = [
  'America/Chicago',
  'America/New_York',
  'Europe/Brussels',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Pacific/Apia',
  'UTC',
]

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
/** Any second, and often one around the hours in which clocks change. */
const instant = fc
  .oneof(
    fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2099, 11, 31) }),
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2027, 2, 14, 7),
          Date.UTC(2027, 10, 7, 6),
          Date.UTC(2027, 2, 28, 1),
          Date.UTC(2027, 9, 31, 1),
        ),
        fc.integer({ min: -7200_000, max: 7200_000 }),
      )
      .map(([at, off]) => at + off),
  )
  .map((ms) => new Date(Math.floor(ms / 1000) * 1000).toISOString())
const zone = fc.constantFrom(...ZONES)
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString()
const when: fc.Arbitrary<DateTime> = fc.oneof(
  fc.record({ kind: fc.constant('day' as const), day, zone }),
  fc.tuple(day, fc.integer({ min: 1, max: 20 }), zone).map(([day, n, zone]) => ({
    kind: 'day' as const,
    day,
    to: later(`${day}T00:00:00Z`, n * 86_400_000).slice(0, 10),
    zone,
  })),
  fc.record({ kind: fc.constant('at' as const), at: instant, zone }),
  fc
    .tuple(instant, fc.integer({ min: 1, max: 500_000 }), zone)
    .map(([at, s, zone]) => ({ kind: 'at' as const, at, until: later(at, s * 1000), zone })),
  fc.record({ kind: fc.constant('aoe' as const), day }),
)
/** Any text, among it what means something to a calendar, a page or a spreadsheet. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\n',
        ';',
        ',',
        '\\',
        '\\n',
        ':',
        '"',
        '=',
        '+',
        '@',
        '<img src=x>',
        'BEGIN:VEVENT',
        'END:VCALENDAR',
        '\u2028',
        '\u0000',
        '\u202e',
        ' ',
        'é',
        '😀',
        'Abstracts',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
)
const date: fc.Arbitrary<ConferenceDate> = fc.record(
  {
    id: fc.stringMatching(/^cd\d{1,6}$/),
    space: fc.constantFrom('try', 'slack:T0123', 'discord:99'),
    conference: fc.constant('sacme'),
    kind: fc.constantFrom(...DATE_KINDS),
    title: text,
    when,
    status: fc.constantFrom('confirmed', 'tentative', 'cancelled', 'postponed'),
    source: text,
    checked: fc.constant('2026-11-20'),
    href: fc.oneof(text, fc.webUrl({ withQueryParameters: true }), fc.constant('https://a.example/a b"\r\nX:1<')),
    place: text,
    sequence: fc.nat({ max: 2 ** 31 - 1 }),
    changed: fc.constant('2026-11-20T09:30:15.250Z'),
  },
  { requiredKeys: ['id', 'conference', 'kind', 'title', 'when', 'status', 'source', 'checked', 'sequence', 'changed'] },
)
const wish = fc.record({
  alarms: fc.uniqueArray(fc.integer({ min: 0, max: 525_600 }), { maxLength: 5 }),
  allDay: fc.boolean(),
})
const dates = fc.uniqueArray(date, { maxLength: 6, selector: ({ id, space }) => `${id}${space}` })

const entriesOf = (dates: readonly ConferenceDate[], wish: Parameters<typeof calendarEntry>[2]): CalendarEntry[] =>
  dates.flatMap((date) => calendarEntry(date, { name: 'SACME 2027' }, wish, NOW) ?? [])
const written = (entries: readonly CalendarEntry[], name = 'CME conferences') =>
  writeCalendar({
    name,
    about: 'Dates',
    address: 'https://cme.example.org/v1/conferences.ics?kinds=event,session',
    page: 'https://cme.example.org/',
    entries,
  })

/** What every reader has to find: the first moment, and the end where there is one. */
const pointsOf = ({ when }: CalendarEntry) =>
  'day' in when ? { from: when.day, to: when.end } : { from: when.at, to: when.until ?? when.at }

const RUNS = { numRuns: 400, seed: 20261123 }

describe('a calendar of ours', () => {
  test('keeps the rules, whatever people typed', () => {
    fc.assert(
      fc.property(dates, wish, text, (dates, wish, name) => {
        expect(
          calendarFaults(written(entriesOf(dates, wish), name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '').toWellFormed())),
        ).toEqual([])
      }),
      RUNS,
    )
  })

  test('says every instant and day as they are to node-ical', () => {
    fc.assert(
      fc.property(dates, wish, (dates, wish) => {
        const entries = entriesOf(dates, wish)
        const events = Object.values(nodeIcal.sync.parseICS(written(entries))).filter((one) => one?.type === 'VEVENT')
        expect(events).toHaveLength(entries.length)
        for (const entry of entries) {
          const event = events.find(({ uid }) => uid === entry.uid)!
          const said = (date: Date) => (event.datetype === 'date' ? localDay(date) : date.toISOString())
          expect({ from: said(event.start), to: said(event.end ?? event.start) }).toEqual(pointsOf(entry))
          expect(event).toMatchObject({
            summary: entry.title,
            status: entry.status,
            sequence: entry.sequence,
            categories: [CALENDAR_CATEGORIES[entry.kind]],
          })
        }
      }),
      RUNS,
    )
  })

  test('says every instant and day as they are to ts-ics', () => {
    fc.assert(
      fc.property(dates, wish, (dates, wish) => {
        const entries = entriesOf(dates, wish)
        const { events = [], name } = convertIcsCalendar(undefined, written(entries))
        expect(name).toBe('CME conferences')
        expect(events.map(({ uid }) => uid)).toEqual(entries.map(({ uid }) => uid))
        for (const [i, entry] of entries.entries()) {
          const event = events[i]!
          const said = ({ type, date }: { type?: string; date: Date }) =>
            type === 'DATE' ? date.toISOString().slice(0, 10) : date.toISOString()
          expect({ from: said(event.start), to: said(event.end ?? event.start) }).toEqual(pointsOf(entry))
          expect(event).toMatchObject({
            summary: entry.title,
            description: entry.text,
            status: entry.status,
            ...(entry.sequence > 0 ? { sequence: entry.sequence } : {}),
          })
          expect(event.alarms?.length ?? 0).toBe(entry.alarms.length)
        }
      }),
      RUNS,
    )
  })

  test('read here again is what it was', () => {
    fc.assert(
      fc.property(dates, (dates) => {
        const entries = entriesOf(dates, { alarms: [], allDay: false })
        const read = readCalendar(Buffer.from(written(entries)), { zone: 'UTC' })
        if ('problems' in read) throw new Error(read.problems.map(({ line, say }) => `${line}: ${say}`).join('\n'))
        expect(read.calendar.left).toEqual([])
        for (const [i, entry] of entries.entries()) {
          const { when, ...found } = read.calendar.dates[i]!
          expect(found).toMatchObject({
            uid: entry.uid,
            // A session has a time: on a day alone it is read as what it looks like.
            kind: entry.kind === 'session' && when.kind === 'day' ? found.kind : entry.kind,
            sequence: Math.min(entry.sequence, found.sequence),
          })
          const to =
            when.kind === 'day'
              ? later(`${when.to ?? when.day}T00:00:00Z`, 86_400_000).slice(0, 10)
              : when.kind === 'at'
                ? (when.until ?? when.at)
                : ''
          expect({ from: when.kind === 'at' ? when.at : when.day, to }).toEqual(pointsOf(entry))
        }
      }),
      RUNS,
    )
  })
})

const localDay = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
