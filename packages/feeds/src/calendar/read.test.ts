import { describe, expect, test } from 'vitest'
import { MOST_CALENDAR_BYTES } from './lines.ts'
import { readCalendar } from './read.ts'

const zone = 'America/Chicago'
const read = (text: string) => readCalendar(Buffer.from(text), { zone })
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) =>
  calendar('BEGIN:VEVENT', 'UID:a@x.example', 'SUMMARY:Abstracts due', ...lines, 'END:VEVENT')
const dateIn = (text: string) => {
  const found = read(text)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return found.calendar.dates[0]!
}
const problemsIn = (text: string) => {
  const found = read(text)
  return 'problems' in found ? found.problems.map(({ line, say }) => `${line}: ${say}`) : []
}
const leftIn = (text: string) => {
  const found = read(text)
  return 'calendar' in found ? found.calendar.left.map(({ line, say }) => `${line}: ${say}`) : []
}

describe('when an event is', () => {
  test('a day, or several with the day after the last one', () => {
    expect(dateIn(event('DTSTART;VALUE=DATE:20270314')).when).toEqual({ kind: 'day', day: '2027-03-14', zone })
    expect(dateIn(event('DTSTART;VALUE=DATE:20270322', 'DTEND;VALUE=DATE:20270326')).when).toEqual({
      kind: 'day',
      day: '2027-03-22',
      to: '2027-03-25',
      zone,
    })
    // The same day twice, and no VALUE at all: programs write both.
    expect(dateIn(event('DTSTART:20270314', 'DTEND:20270314')).when).toEqual({ kind: 'day', day: '2027-03-14', zone })
    expect(dateIn(event('DTSTART;VALUE=DATE:20270314', 'DURATION:P1W')).when).toMatchObject({ to: '2027-03-20' })
  })

  test('an instant in UTC, in a zone, or in that of the edition', () => {
    expect(dateIn(event('DTSTART:20270223T220000Z')).when).toEqual({ kind: 'at', at: '2027-02-23T22:00:00.000Z', zone })
    expect(dateIn(event('DTSTART;TZID=America/New_York:20270223T170000')).when).toEqual({
      kind: 'at',
      at: '2027-02-23T22:00:00.000Z',
      zone: 'America/New_York',
    })
    expect(dateIn(event('DTSTART:20270223T160000', 'DURATION:PT90M')).when).toEqual({
      kind: 'at',
      at: '2027-02-23T22:00:00.000Z',
      until: '2027-02-23T23:30:00.000Z',
      zone,
    })
  })

  test.each([
    [
      'the summer begins: a time that is skipped counts by the offset before',
      '20270314T023000',
      '2027-03-14T07:30:00.000Z',
    ],
    ['the summer ends: a time that comes twice is the first one', '20271107T013000', '2027-11-07T05:30:00.000Z'],
    ['in summer', '20270701T120000', '2027-07-01T16:00:00.000Z'],
  ])('%s', (_, wall, at) => {
    expect(dateIn(event(`DTSTART;TZID=America/New_York:${wall}`)).when).toMatchObject({ at })
  })

  test.each([
    ['Eastern Standard Time', 'America/New_York'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['/example.org/20260101_1/Europe/Brussels', 'Europe/Brussels'],
    ['"America/Chicago"', 'America/Chicago'],
  ])('the zone %s', (named, expected) => {
    expect(dateIn(event(`DTSTART;TZID=${named}:20270701T120000`)).when).toMatchObject({ zone: expected })
  })

  test('a zone of the file’s own is taken by the place that it names', () => {
    const own = ['BEGIN:VTIMEZONE', 'TZID:Ours', 'X-LIC-LOCATION:Europe/Rome', 'END:VTIMEZONE']
    const inside = ['BEGIN:VEVENT', 'UID:a', 'SUMMARY:A', 'DTSTART;TZID=Ours:20270701T120000', 'END:VEVENT']
    expect(dateIn(calendar(...own, ...inside)).when).toMatchObject({
      at: '2027-07-01T10:00:00.000Z',
      zone: 'Europe/Rome',
    })
  })
})

test('texts lose their escapes, controls and folds, whatever ends the lines', () => {
  const text = [
    'BEGIN:VCALENDAR',
    'X-WR-CALNAME:SACME\\, 2027',
    'begin:vevent',
    'UID:a@x.example',
    'SUMMARY:Abs',
    ' tracts\\, posters \\n due\u0007',
    'LOCATION:Lexing\u202eton',
    'URL:https://example.org/a',
    'SEQUENCE:4',
    'STATUS:CONFIRMED',
    'DTSTART;VALUE=DATE:20270314',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  for (const end of ['\r\n', '\n', '\r']) {
    const found = read(text.join(end))
    expect(found).toMatchObject({ calendar: { name: 'SACME, 2027', left: [] } })
    expect(dateIn(text.join(end))).toEqual({
      uid: 'a@x.example',
      sequence: 4,
      kind: 'abstracts',
      title: 'Abstracts, posters due',
      when: { kind: 'day', day: '2027-03-14', zone },
      status: 'confirmed',
      place: 'Lexington',
      href: 'https://example.org/a',
      line: 3,
    })
  }
})

test.each([
  ['Early bird registration ends', 'early-bird'],
  ['Abstract notifications sent', 'notification'],
  ['Call for proposals closes', 'abstracts'],
  ['Hotel room block cut-off', 'hotel'],
  ['Travel grant applications due', 'grant'],
  ['SACME Annual Meeting', 'event'],
  ['Deadline for late changes', 'other'],
])('“%s” is taken as %s', (title, kind) => {
  const text = event('DTSTART;VALUE=DATE:20270314').replace('Abstracts due', title)
  expect(dateIn(text).kind).toBe(kind)
})

describe('what is not taken is told with its line', () => {
  test('what repeats, tasks, and an older telling of the same event', () => {
    expect(leftIn(event('DTSTART:20270314T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'))).toEqual([
      '7: “Abstracts due” repeats: give each day that counts as an event of its own.',
    ])
    expect(leftIn(calendar('BEGIN:VTODO', 'UID:t', 'DUE:20270314', 'END:VTODO'))).toEqual([
      '3: a task or a note, not an event: add it by hand if it is a deadline.',
    ])
    const twice = (sequence: number, title: string) => [
      'BEGIN:VEVENT',
      'UID:a',
      `SUMMARY:${title}`,
      'DTSTART:20270314',
      `SEQUENCE:${sequence}`,
      'END:VEVENT',
    ]
    const text = calendar(...twice(2, 'new'), ...twice(1, 'old'))
    expect(dateIn(text).title).toBe('new')
    expect(leftIn(text)).toEqual(['9: the same event is told again on line 3; that one counts.'])
  })

  test('a cancelled event, by its status or because all of the file is', () => {
    expect(dateIn(event('DTSTART:20270314', 'STATUS:CANCELLED')).status).toBe('cancelled')
    expect(dateIn(event('DTSTART:20270314').replace('VERSION:2.0', 'METHOD:CANCEL')).status).toBe('cancelled')
  })
})

describe('what is wrong is told with its line', () => {
  test.each([
    ['<!doctype html>\n<title>Sign in</title>', /^1: this is no iCalendar file/],
    ['', /^1: this is no iCalendar file/],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a', /^3: the file ends in the middle of VEVENT, begun on line 2/],
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      /^3: END:VCALENDAR stands where END:VEVENT has to be \(begun on line 2\)/,
    ],
    ['BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR', /^3: END:VCALENDAR ends nothing/],
    [event('DTSTART:tomorrow'), /^6: this is no date/],
    [event('DTSTART:20270230'), /^6: this is no date/],
    [event('DTSTART:20270314T250000Z'), /^6: this is no date/],
    [event('DTSTART;TZID=Mars/Olympus:20270314T100000'), /^6: the time zone “Mars\/Olympus” is not known/],
    [event('DTSTART:20270314', 'DTEND:20270310'), /^7: this event ends before it begins/],
    [event('DTSTART:20270314', 'DTEND:20270314T100000Z'), /^7: this event begins with a day and ends with a time/],
    [event('DTSTART:20270314', 'DURATION:soon'), /^7: this is no duration/],
    [event('DTSTART:20270314', 'and so on'), /^7: this line is no property/],
    [event(), /^3: this event has no DTSTART/],
    [event('DTSTART:20270314').replace('UID:a@x.example\r\n', ''), /^3: this event has no UID/],
    [event('DTSTART:20270314').replace('SUMMARY:Abstracts due\r\n', ''), /^3: this event has no SUMMARY/],
    ['BEGIN:VCALENDAR\n'.repeat(20), /components lie too deep/],
    ['x'.repeat(MOST_CALENDAR_BYTES + 1), /more than 2 MB/],
  ])('%#', (text, said) => {
    expect(problemsIn(text).join('\n')).toMatch(said)
  })

  test('one wrong event refuses the whole file, with every line to mend', () => {
    const bad = (line: string) => ['BEGIN:VEVENT', 'UID:a', 'SUMMARY:A', line, 'END:VEVENT']
    expect(problemsIn(calendar(...bad('DTSTART:x'), ...bad('DTSTART:20270314'), ...bad('DTSTART:y')))).toHaveLength(2)
  })
})
