import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MockActivity, Segment } from './activity.ts'
import { amaCredits, creditNumber, creditOf, ecmecs, educationMinutes } from './credit.ts'
import { readSchedule, SCHEDULE_LIMITS, scheduleText } from './schedule.ts'

test.each([
  [50, 0.75],
  [53, 1],
  [52, 0.75],
  [67, 1],
  [68, 1.25],
  [37, 0.5],
  [38, 0.75],
  [7, 0],
  [8, 0.25],
  [52.5, 1],
  [60, 1],
  [0, 0],
])('%d minutes are %d AMA credits', (minutes, credits) => {
  expect(amaCredits(minutes)).toBe(credits)
})

test.each([
  [29, 0],
  [30, 0.5],
  [59, 0.5],
  [60, 1],
  [480, 8],
  [600, 8],
])('%d minutes of a day are %d ECMECs', (minutes, credits) => {
  expect(ecmecs(minutes)).toBe(credits)
})

const segment = fc.record<Segment>({
  day: fc.integer({ min: 1, max: 4 }),
  minutes: fc.integer({ min: 1, max: 600 }),
  kind: fc.constantFrom('education', 'break', 'non-certified'),
  title: fc.constantFrom('Cases', 'Lunch', 'Theatre'),
})

test('the nearest quarter hour is never more than 7.5 minutes away, and more minutes never give less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (minutes) => {
      expect(Math.abs(amaCredits(minutes) * 60 - minutes)).toBeLessThanOrEqual(7.5)
      expect((amaCredits(minutes) * 4) % 1).toBe(0)
      expect(amaCredits(minutes + 1)).toBeGreaterThanOrEqual(amaCredits(minutes))
      expect(ecmecs(minutes) * 30 * 2).toBeLessThanOrEqual(minutes)
      expect(ecmecs(minutes)).toBeLessThanOrEqual(8)
    }),
  )
})

test('breaks and parts that are not certified never change the credit, nor does the order within a day', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 12 }), (schedule) => {
      const education = schedule.filter(({ kind }) => kind === 'education')
      expect(educationMinutes(schedule)).toBe(education.reduce((sum, { minutes }) => sum + minutes, 0))
      for (const format of ['ama-live', 'eaccme-live'] as const)
        if (education.length > 0)
          expect(creditOf({ format, schedule })?.credits).toBe(
            creditOf({ format, schedule: education.toReversed() })?.credits,
          )
    }),
  )
})

const of = (activity: MockActivity) => creditOf(activity)?.credits
const hours = (day: number, count: number): Segment => ({ day, minutes: count * 60, kind: 'education', title: 'Cases' })

test('a congress of three days is capped by the day with EACCME, and not at all with the AMA', () => {
  const schedule = [hours(1, 9), hours(2, 9), hours(3, 4)]
  expect(of({ format: 'eaccme-live', schedule })).toBe(20)
  expect(of({ format: 'ama-live', schedule })).toBe(22)
})

test('half hours of different days do not add up with EACCME', () => {
  const schedule = [1, 2].map((day): Segment => ({ day, minutes: 45, kind: 'education', title: 'Cases' }))
  expect(of({ format: 'eaccme-live', schedule })).toBe(1)
  expect(of({ format: 'ama-live', schedule })).toBe(1.5)
})

test('sessions at the same time count once, by the longest', () => {
  const { schedule } = readSchedule('60 Room A\n+ 90 Room B\n30 Plenary') as { schedule: Segment[] }
  expect(educationMinutes(schedule)).toBe(120)
})

test.each([
  ['ama-journal', 3, 3],
  ['ama-test-item', 1, 10],
  ['ama-manuscript', 2, 6],
  ['ama-pi', 1, 5],
  ['ama-pi', 2, 10],
  ['ama-pi', 3, 20],
  ['ama-pi', 9, 20],
  ['ama-point-of-care', 3, 1.5],
] as const)('%s: %d give %d', (format, quantity, credits) => {
  expect(of({ format, quantity })).toBe(credits)
})

test('who teaches an hour learns for two; an unfinished plan has no credit yet', () => {
  expect(of({ format: 'ama-teaching', schedule: [hours(1, 1)] })).toBe(2)
  expect(of({ format: 'ama-live' })).toBeUndefined()
  expect(of({ format: 'ama-pi' })).toBeUndefined()
  expect(of({ quantity: 3 })).toBeUndefined()
  expect([1, 0.75, 1.25, 12, 0.5].map(creditNumber)).toEqual(['1.0', '0.75', '1.25', '12.0', '0.5'])
})

test('a schedule is written one part a line', () => {
  expect(readSchedule('45 Cases\n15 min Coffee break\n20 Product theatre (non-certified)\n\nDay 2\n60: Panel')).toEqual(
    {
      schedule: [
        { day: 1, minutes: 45, kind: 'education', title: 'Cases' },
        { day: 1, minutes: 15, kind: 'break', title: 'Coffee break' },
        { day: 1, minutes: 20, kind: 'non-certified', title: 'Product theatre' },
        { day: 2, minutes: 60, kind: 'education', title: 'Panel' },
      ],
    },
  )
  expect(readSchedule('45 Breakout groups')).toMatchObject({ schedule: [{ kind: 'education' }] })
  expect(readSchedule('45 Lunch and learn (education)')).toMatchObject({ schedule: [{ kind: 'education' }] })
})

test.each(['Cases', '0 Cases', '9999 Cases', '45', '45 Cases\nthen lunch', 'Day 40', '601 Cases'])(
  'a schedule that cannot be read names its line: %s',
  (said) => {
    expect(readSchedule(said)).toEqual({ error: expect.stringMatching(/^Line \d/) })
  },
)

test('a schedule read, written out and read again is the same, and fits its field', () => {
  const title = fc.oneof(
    fc.constantFrom('min talk', ': x', '– y', '3 cases', 'X (break)', 'Lunch (education)'),
    fc.string(),
  )
  const line = fc
    .tuple(fc.constantFrom('', '+ '), fc.integer({ min: 1, max: 600 }), title)
    .map(([p, m, t]) => `${p}${m} min: ${t}`)
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.constantFrom('Day 2', 'Day 1', ''))), (lines) => {
      const read = readSchedule(lines.join('\n'))
      if ('error' in read) return
      expect(scheduleText(read.schedule).length).toBeLessThanOrEqual(SCHEDULE_LIMITS.text)
      expect(readSchedule(scheduleText(read.schedule))).toEqual(read)
    }),
    { numRuns: 500 },
  )
})
