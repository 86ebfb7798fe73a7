import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findDates } from './find-dates.ts'

// A Monday.
const TODAY = '2026-11-23'
const days = (text: string) => findDates(text, TODAY).map((found) => found.day)

test.each([
  ['responses due 15 March', '2027-03-15'],
  ['by March 31, 2027', '2027-03-31'],
  ['by the 31st of March 2027', '2027-03-31'],
  ['until 2027-02-01', '2027-02-01'],
  ['bis 31.03.2027', '2027-03-31'],
  ['early bird until 12 Dec', '2026-12-12'],
  ['Sept. 5th', '2027-09-05'],
  ['jusqu’au 1er janvier 2027', '2027-01-01'],
  ['bis zum 31. März', '2027-03-31'],
  ['03/31/2027', '2027-03-31'],
  ['31/03/2027', '2027-03-31'],
  ['today', '2026-11-23'],
  ['at the end of February', '2027-02-28'],
  ['by the end of the year', '2026-12-31'],
])('%s is %s', (text, day) => {
  expect(days(text)).toEqual([day])
})

test('a weekday is the next such day, today included', () => {
  expect(days('abstracts close Friday 23:59 CT')).toEqual(['2026-11-27'])
  expect(days('due Monday')).toEqual(['2026-11-23'])
  expect(days('closed last Friday')).toEqual([])
  expect(days('Friday, 12 December')).toEqual(['2026-12-12'])
})

test('a range is its end', () => {
  expect(findDates('12–14 March 2027', TODAY)).toMatchObject([{ day: '2027-03-14', range: true }])
  expect(days('March 12-14, 2027')).toEqual(['2027-03-14'])
  expect(days('28 February to 2 March 2027')).toEqual(['2027-03-02'])
})

test('what is no day, or reads two ways, is left out', () => {
  expect(days('30 February')).toEqual([])
  expect(days('31.11.2027')).toEqual([])
  expect(days('03/04/2027')).toEqual([])
  expect(days('10 may be enough')).toEqual([])
  expect(days('version 1.2.3 of 2027')).toEqual([])
})

test('29 February without a year waits for a leap year', () => {
  expect(days('29 February')).toEqual(['2028-02-29'])
})

test('any text gives real days at places inside it', () => {
  const parts = fc.constantFrom(
    '12',
    '31',
    ' ',
    '.',
    '-',
    '/',
    'March',
    'Feb.',
    '2027',
    ' to ',
    'Friday',
    'end of',
    ',',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 14 }), (words) => {
      const text = words.join('')
      for (const { day, at, end } of findDates(text, TODAY)) {
        expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
        expect(at >= 0 && end > at && end <= text.length).toBe(true)
      }
    }),
  )
})
