import { expect, test } from 'vitest'
import type { DateTime } from './conference.ts'
import { parseWhen, writtenWhen } from './parse-when.ts'
import { closesAt, dayFor, overAt, sameWhen } from './when.ts'

const CHICAGO = 'America/Chicago'
const day = (day: string, to?: string, zone = CHICAGO): DateTime => ({ kind: 'day', day, ...(to ? { to } : {}), zone })

test.each<[string, DateTime]>([
  ['2027-03-14', day('2027-03-14')],
  ['14 March 2027', day('2027-03-14')],
  ['Sunday, March 14th, 2027', day('2027-03-14')],
  ['2027-03-14 to 2027-03-17', day('2027-03-14', '2027-03-17')],
  ['14–17 March 2027', day('2027-03-14', '2027-03-17')],
  ['March 14-17, 2027', day('2027-03-14', '2027-03-17')],
  ['28 February to 2 March 2027', day('2027-02-28', '2027-03-02')],
  ['2027-03-14 to 2027-03-14', day('2027-03-14')],
  ['2027-02-23 AoE', { kind: 'aoe', day: '2027-02-23' }],
  ['23 Feb 2027, 23:59 anywhere on earth', { kind: 'aoe', day: '2027-02-23' }],
  ['2027-02-23 17:00', { kind: 'at', at: '2027-02-23T23:00:00.000Z', zone: CHICAGO }],
  ['Feb 23, 2027 at 5 pm ET', { kind: 'at', at: '2027-02-23T22:00:00.000Z', zone: 'America/New_York' }],
  ['2027-02-23 11:59 pm CT', { kind: 'at', at: '2027-02-24T05:59:00.000Z', zone: CHICAGO }],
  ['2027-06-01 12 am CET', { kind: 'at', at: '2027-05-31T22:00:00.000Z', zone: 'Europe/Brussels' }],
  [
    '2027-03-15 14:00 to 15:30',
    { kind: 'at', at: '2027-03-15T19:00:00.000Z', until: '2027-03-15T20:30:00.000Z', zone: CHICAGO },
  ],
  [
    '2027-03-15 5 to 6 pm UTC',
    { kind: 'at', at: '2027-03-15T17:00:00.000Z', until: '2027-03-15T18:00:00.000Z', zone: 'UTC' },
  ],
])('"%s" is read', (said, value) => {
  expect(parseWhen(said, CHICAGO)).toEqual({ value })
  expect(parseWhen(writtenWhen(value), CHICAGO)).toEqual({ value })
})

test.each([
  ['', /Say when/],
  ['next spring', /cannot be read/],
  ['March 2027', /cannot be read/],
  ['2027-02-30', /not a day of the calendar/],
  ['2027-03-17 to 2027-03-14', /before/],
  ['2027-03-14 25:00', /no time of day/],
  ['2027-03-14 5', /cannot be read|no time of day/],
  ['2027-03-14 17:00 Mars/Base', /not a time zone/],
  ['2027-03-14 17:00 to 16:00', /ends before/],
])('"%s" is refused with what to do', (said, wrong) => {
  expect((parseWhen(said, CHICAGO) as { wrong: string }).wrong).toMatch(wrong)
})

test('a wall time that the clocks leave out is the next minute that exists, one that they repeat its first', () => {
  expect(parseWhen('2027-03-14 02:30', CHICAGO)).toMatchObject({ value: { at: '2027-03-14T08:00:00.000Z' } })
  expect(parseWhen('2027-11-07 01:30', CHICAGO)).toMatchObject({ value: { at: '2027-11-07T06:30:00.000Z' } })
})

test('a deadline ends with its last day in the organiser’s zone, a meeting’s reminders with its first', () => {
  const when = day('2027-03-14', '2027-03-17')
  expect(closesAt({ kind: 'abstracts', when })).toBe('2027-03-18T05:00:00.000Z')
  expect(closesAt({ kind: 'event', when })).toBe('2027-03-15T05:00:00.000Z')
  expect(overAt({ kind: 'event', when })).toBe('2027-03-18T05:00:00.000Z')
})

test('anywhere on earth ends at 23:59 of UTC−12', () => {
  const aoe = { kind: 'abstracts' as const, when: { kind: 'aoe' as const, day: '2027-02-23' } }
  expect(closesAt(aoe)).toBe('2027-02-24T11:59:00.000Z')
  expect([dayFor(aoe, CHICAGO), dayFor(aoe, 'Pacific/Pago_Pago'), dayFor(aoe, 'Pacific/Auckland')]).toEqual([
    '2027-02-24',
    '2027-02-24',
    '2027-02-25',
  ])
})

test('a day of the calendar is the same day for everybody, an instant is not', () => {
  expect(dayFor({ kind: 'abstracts', when: day('2027-02-23') }, 'Asia/Tokyo')).toBe('2027-02-23')
  const at: DateTime = { kind: 'at', at: '2027-02-23T22:00:00.000Z', zone: 'America/New_York' }
  expect(dayFor({ kind: 'abstracts', when: at }, 'Asia/Tokyo')).toBe('2027-02-24')
})

test('the zone in which something is told does not make it another date', () => {
  expect(sameWhen(day('2027-02-23'), day('2027-02-23', undefined, 'UTC'))).toBe(true)
  expect(sameWhen(day('2027-02-23'), day('2027-02-23', '2027-02-24'))).toBe(false)
  expect(sameWhen(day('2027-02-23'), { kind: 'aoe', day: '2027-02-23' })).toBe(false)
})
