import { chainFor, isBusinessDay, nextBusinessDay, standingDay } from '@cme-commons/core'
import Holidays from 'date-holidays'
import { expect, test } from 'vitest'
import { load } from './load.ts'

const loaded = load()
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const { conferences } = loaded.knowledge

test('the holidays are those of the library they were taken from, year by year', () => {
  for (const { id, from, to, days } of conferences.holidays) {
    const library = new Holidays(id)
    for (let year = from; year <= to; year++) {
      const theirs = library.getHolidays(year).filter(({ type }) => type === 'public')
      const wanted = [...new Set(theirs.map(({ date }) => date.slice(0, 10)))].filter((day) =>
        day.startsWith(`${year}`),
      )
      expect(days.filter((day) => day.startsWith(`${year}`))).toEqual(wanted.sort())
    }
  }
})

test('the year-end report is due on 31 March, or on the next business day', () => {
  const pars = conferences.deadlines.find(({ id }) => id === 'pars')!
  const days = [2021, 2023, 2024, 2027, 2029, 2030].map((year) => standingDay(pars, year, conferences))
  // 31 March 2024 was a Sunday, 31 March 2029 is a Saturday and 31 March 2030 a Sunday.
  expect(days).toEqual(['2021-03-31', '2023-03-31', '2024-04-01', '2027-03-31', '2029-04-02', '2030-04-01'])
})

test('weekends and holidays are no business days', () => {
  const closed = (day: string) => conferences.holidays.find(({ id }) => id === 'US')!.days.includes(day)
  expect(isBusinessDay('2027-07-05', closed)).toBe(false)
  expect(nextBusinessDay('2027-07-03', closed)).toBe('2027-07-06')
  expect(nextBusinessDay('2027-11-25', closed)).toBe('2027-11-26')
})

test('the chain of an activity goes back to EACCME’s weeks and on to the report and the end of a recording', () => {
  const chain = chainFor({ day: '2027-06-14', to: '2027-06-16' }, '2027-03-15', conferences)
  expect(chain.map(({ step, day, passed }) => `${day} ${step.id}${passed ? ' passed' : ''}`)).toEqual([
    '2027-03-08 eaccme-recommended passed',
    '2027-03-22 eaccme-latest',
    '2027-04-05 eaccme-late',
    '2028-03-31 pars-report',
    '2030-06-16 enduring-expiry',
  ])
  const leap = chainFor({ day: '2028-02-29' }, '2027-01-01', conferences)
  expect(leap.find(({ step }) => step.id === 'enduring-expiry')!.day).toBe('2031-02-28')
})

test('no date is invented: what is told of a conference is past and was read, or is usual and names a month alone', () => {
  for (const { past, usual, checked } of conferences.catalog) {
    for (const { day, to, confidence } of past) {
      expect(confidence).toBe('verified')
      expect((to ?? day ?? '') <= checked).toBe(true)
    }
    for (const { says } of usual) expect(says).not.toMatch(/20\d\d-\d\d|\b20(?:2[7-9]|3\d)\b/)
  }
})
