import { editionOf, takeCalendar } from '@cme-commons/app'
import { type Db, datesOfEdition, findEdition, inTx } from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCalendar } from '../../packages/feeds/src/calendar/read.ts'
import { NOW } from '../support/api-house.ts'
import { calendarIn } from '../support/calendar-house.ts'
import { freshSqlite } from '../support/databases.ts'

const SEED = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//EN',
  'X-WR-CALNAME:Annual meeting',
  'X-WR-TIMEZONE:America/New_York',
  'BEGIN:VTIMEZONE',
  'TZID:Eastern Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T020000',
  'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:one@example.org',
  'DTSTAMP:20261101T000000Z',
  'SEQUENCE:2',
  'DTSTART;VALUE=DATE:20270322',
  'DTEND;VALUE=DATE:20270326',
  'SUMMARY:Annual meeting\\, hybrid',
  'DESCRIPTION:A long text that is',
  '  folded onto a second line',
  'CATEGORIES:Event,Meeting',
  'STATUS:CONFIRMED',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:two@example.org',
  'DTSTART;TZID=Eastern Standard Time:20270115T170000',
  'DURATION:PT30M',
  'SUMMARY:Abstracts due',
  'URL;VALUE=URI:https://example.org/abstracts',
  'BEGIN:VALARM',
  'TRIGGER:-P1D',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:three@example.org',
  'DTSTART:20270201T050000Z',
  'SUMMARY:Hotel block closes',
  'STATUS:CANCELLED',
  'END:VEVENT',
  'END:VCALENDAR',
]

type Change = (lines: string[]) => string[]
const at = fc.nat({ max: SEED.length - 1 })
const piece = fc.constantFrom(
  '',
  ':',
  ';',
  'BEGIN:VEVENT',
  'END:VEVENT',
  'END:VCALENDAR',
  'BEGIN:VCALENDAR',
  'RRULE:FREQ=SECONDLY',
  'DTSTART:',
  'DTSTART:20270230',
  'DTEND:00000000T999999Z',
  'DTEND;TZID=Nowhere:20270101T000000',
  'DURATION:-P9999999W',
  'SEQUENCE:-1',
  'SEQUENCE:99999999999999999999',
  'UID:',
  '\u0000',
  '\ufeff',
  ' ',
  '\t',
  '__proto__:x',
  'CONSTRUCTOR;VALUE=DATE:1',
  'SUMMARY;X="a:b',
  'SUMMARY;ENCODING=QUOTED-PRINTABLE:=E9',
  'X'.repeat(3000),
  '\\',
  '"',
  '=HYPERLINK("x")',
  '<b>',
)
/** Cutting the end off refuses all that follows, so it is rare. */
const cutOff = at.map(
  (i): Change =>
    (lines) =>
      lines.slice(0, i + 1),
)
const damage: fc.Arbitrary<Change> = fc.oneof(
  at.map(
    (i): Change =>
      (lines) =>
        lines.toSpliced(i, 1),
  ),
  fc.tuple(at, piece).map(
    ([i, piece]): Change =>
      (lines) =>
        lines.toSpliced(i, 0, piece),
  ),
  fc.tuple(at, piece).map(
    ([i, piece]): Change =>
      (lines) =>
        lines.with(i % lines.length, piece),
  ),
  fc.tuple(at, fc.nat({ max: 40 }), fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 }))).map(
    ([i, column, piece]): Change =>
      (lines) =>
        lines.map((line, n) => (n === i ? line.slice(0, column) + piece + line.slice(column) : line)),
  ),
  fc.tuple(at, fc.nat({ max: 40 }), fc.integer({ min: 1, max: 9 })).map(
    ([i, column, n]): Change =>
      (lines) =>
        lines.map((line, k) => (k === i ? line.slice(0, column) + line.slice(column + n) : line)),
  ),
  fc.tuple(at, at).map(
    ([i, k]): Change =>
      (lines) =>
        lines.with(i % lines.length, lines[k % lines.length] ?? ''),
  ),
)
const change = fc.oneof({ weight: 20, arbitrary: damage }, { weight: 1, arbitrary: cutOff })
const document = fc
  .record({
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    end: fc.constantFrom('\r\n', '\n', '\r'),
    cut: fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat({ max: 1200 }) }),
  })
  .map(({ changes, end, cut }) => {
    const lines = changes.reduce((lines, change) => (lines.length > 0 ? change(lines) : lines), SEED)
    return lines.join(end).slice(0, cut)
  })

test('10,000 damaged calendars: each is read whole, or refused with the lines to mend; nothing is stored half', async () => {
  const db = await (await freshSqlite()).open()
  const samples = fc.sample(document, { numRuns: 10_000, seed: 20261123 })
  const count = { read: 0, refused: 0, stored: 0 }
  for (const text of samples) {
    const found = readCalendar(Buffer.from(text), { zone: 'America/Chicago' })
    if ('problems' in found) {
      count.refused++
      const last = text.split(/\r\n|\n|\r/).length
      for (const { line, say } of found.problems) {
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(last)
        expect(say).toMatch(/^[^\p{Cc}]{20,260}\.$/u)
      }
      continue
    }
    count.read++
    if (count.read % 20 === 0) count.stored += await stored(db, found.calendar.dates)
  }
  expect(count.read).toBeGreaterThan(1000)
  expect(count.refused).toBeGreaterThan(1000)
  expect(count.stored).toBeGreaterThan(100)
})

let spaces = 0

/** Takes a calendar for an edition of its own and holds that all of it is there. */
async function stored(db: Db, dates: Parameters<typeof takeCalendar>[2]['dates']): Promise<number> {
  const { edition: id } = await calendarIn(db, NOW, [], `try-${++spaces}`)
  const edition = editionOf((await findEdition(db.read, id))!)
  await inTx(db, (tx) =>
    takeCalendar({ tx, now: NOW, by: { said: 'a calendar' } }, edition, { source: 'x.ics', whole: false, dates }),
  )
  const rows = await datesOfEdition(db.read, id)
  expect(rows.map(({ title }) => title).sort()).toEqual(
    dates
      .filter(({ status }) => status !== 'cancelled')
      .map(({ title }) => title)
      .sort(),
  )
  return rows.length
}

test('a calendar that cannot be stored to its end is not stored at all', async () => {
  const db = await (await freshSqlite()).open()
  const { edition: id } = await calendarIn(db, NOW, [])
  const edition = editionOf((await findEdition(db.read, id))!)
  const found = readCalendar(Buffer.from(SEED.join('\r\n')), { zone: 'UTC' })
  if ('problems' in found) throw new Error('the seed has to be good')
  const dates = found.calendar.dates
  const broken = [...dates, { ...dates[0]!, uid: 'four', title: null as unknown as string }]
  await expect(
    inTx(db, (tx) =>
      takeCalendar({ tx, now: NOW, by: { said: 'a calendar' } }, edition, {
        source: 'x.ics',
        whole: false,
        dates: broken,
      }),
    ),
  ).rejects.toThrow()
  expect(await datesOfEdition(db.read, id)).toEqual([])
  expect(await db.read.selectFrom('calendar_dates').selectAll().execute()).toEqual([])
})
