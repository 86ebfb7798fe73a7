import { expect, test } from 'vitest'
import { newestSlot, outOfQuiet, scheduleInWords, slotAfter } from './schedule.ts'
import type { Schedule } from './subscription.ts'

const daily = (at: string, zone: string): Schedule => ({ cadence: 'daily', at, zone })

test('Monday at eight is eight in the reader’s own zone', () => {
  const schedule: Schedule = { cadence: 'weekly', day: 1, at: '08:00', zone: 'America/New_York' }
  expect(slotAfter(schedule, '2026-11-23T12:59:00.000Z')).toBe('2026-11-23T13:00:00.000Z')
  expect(slotAfter(schedule, '2026-11-23T13:00:00.000Z')).toBe('2026-11-30T13:00:00.000Z')
})

test.each([
  ['weekdays', undefined, '2026-11-27T09:00:00.000Z', '2026-11-30T08:00:00.000Z'],
  ['monthly', 31, '2027-01-31T09:00:00.000Z', '2027-02-28T08:00:00.000Z'],
  ['monthly', 15, '2026-11-23T00:00:00.000Z', '2026-12-15T08:00:00.000Z'],
] as const)('%s %s', (cadence, day, after, slot) => {
  expect(slotAfter({ cadence, day, at: '08:00', zone: 'UTC' }, after)).toBe(slot)
})

/** Every change of clocks of 2026 and 2027: the wall time that is missing or repeated, and the one instant it stands for. */
test.each([
  ['America/New_York', '02:30', '2026-03-08', '2026-03-08T07:00:00.000Z'],
  ['America/New_York', '01:30', '2026-11-01', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', '02:30', '2027-03-14', '2027-03-14T07:00:00.000Z'],
  ['America/New_York', '01:30', '2027-11-07', '2027-11-07T05:30:00.000Z'],
  ['America/Chicago', '02:15', '2026-03-08', '2026-03-08T08:00:00.000Z'],
  ['America/Chicago', '01:59', '2026-11-01', '2026-11-01T06:59:00.000Z'],
  ['America/Chicago', '02:15', '2027-03-14', '2027-03-14T08:00:00.000Z'],
  ['America/Chicago', '01:59', '2027-11-07', '2027-11-07T06:59:00.000Z'],
  ['Europe/Brussels', '02:30', '2026-03-29', '2026-03-29T01:00:00.000Z'],
  ['Europe/Brussels', '02:30', '2026-10-25', '2026-10-25T00:30:00.000Z'],
  ['Europe/Brussels', '02:30', '2027-03-28', '2027-03-28T01:00:00.000Z'],
  ['Europe/Brussels', '02:30', '2027-10-31', '2027-10-31T00:30:00.000Z'],
  ['Europe/London', '01:30', '2026-03-29', '2026-03-29T01:00:00.000Z'],
  ['Europe/London', '01:30', '2026-10-25', '2026-10-25T00:30:00.000Z'],
  ['Europe/London', '01:30', '2027-03-28', '2027-03-28T01:00:00.000Z'],
  ['Europe/London', '01:30', '2027-10-31', '2027-10-31T00:30:00.000Z'],
  ['Asia/Kolkata', '02:30', '2026-03-29', '2026-03-28T21:00:00.000Z'],
  ['Asia/Kolkata', '01:30', '2026-11-01', '2026-10-31T20:00:00.000Z'],
])('%s %s on %s comes once, at the valid minute', (zone, at, day, instant) => {
  const before = `${day}T00:00:00.000Z`
  const schedule = daily(at, zone)
  const slots = [slotAfter(schedule, new Date(Date.parse(before) - 36e5 * 12).toISOString())]
  while (slots.at(-1)! < instant) slots.push(slotAfter(schedule, slots.at(-1)!))
  expect(slots.at(-1)).toBe(instant)
  const next = slotAfter(schedule, instant)
  expect(Date.parse(next) - Date.parse(instant)).toBeGreaterThan(20 * 36e5)
})

test.each(['America/New_York', 'America/Chicago', 'Europe/Brussels', 'Europe/London', 'Asia/Kolkata'])(
  'in %s a daily digest comes on every day of 2026 and 2027 exactly once',
  (zone) => {
    for (const at of ['00:00', '01:30', '02:30', '08:00']) {
      const days = new Set<string>()
      let slot = '2025-12-31T12:00:00.000Z'
      for (let i = 0; i < 730; i++) {
        slot = slotAfter(daily(at, zone), slot)
        days.add(new Date(slot).toLocaleDateString('sv-SE', { timeZone: zone }))
      }
      expect(days.size).toBe(730)
    }
  },
)

test('what falls into quiet hours waits for their end, over midnight as well', () => {
  const night = { quiet: { from: '20:00', to: '07:00' }, zone: 'Europe/Brussels' }
  expect(outOfQuiet('2026-11-23T20:30:00.000Z', night)).toBe('2026-11-24T06:00:00.000Z')
  expect(outOfQuiet('2026-11-24T05:59:00.000Z', night)).toBe('2026-11-24T06:00:00.000Z')
  expect(outOfQuiet('2026-11-24T06:00:00.000Z', night)).toBe('2026-11-24T06:00:00.000Z')
  const noon = { quiet: { from: '12:00', to: '13:00' }, zone: 'UTC' }
  expect(outOfQuiet('2026-11-24T12:00:00.000Z', noon)).toBe('2026-11-24T13:00:00.000Z')
})

test('after an outage only the newest slot is caught up', () => {
  expect(newestSlot(daily('08:00', 'UTC'), '2026-11-20T08:00:00.000Z', '2026-11-23T09:00:00.000Z')).toBe(
    '2026-11-23T08:00:00.000Z',
  )
})

test('a schedule in words', () => {
  expect(scheduleInWords({ cadence: 'weekly', day: 1, at: '08:00', zone: 'America/Chicago' })).toBe(
    'every Monday at 08:00 (America/Chicago)',
  )
})
