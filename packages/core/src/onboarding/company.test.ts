import { expect, test } from 'vitest'
import { dayIn, HOUR, type Instant, plus, wallClock } from '../time.ts'
import { type Company, inAWeek, listDue, nextTouch, nudgeAt, nudgeStretch, stalledBefore } from './company.ts'

const NEW_YORK = 'America/New_York'
/** Monday, 23 November 2026, 10:00 in New York. */
const MONDAY = '2026-11-23T15:00:00.000Z'
const welcomed = (more: Partial<Company> = {}): Company => ({
  since: MONDAY,
  zone: NEW_YORK,
  welcomed: MONDAY,
  ...more,
})
const day3 = { what: 'nudge', day: '2026-11-26', at: '2026-11-26T15:00:00.000Z', until: '2026-11-30T05:00:00.000Z' }

test('whoever is met is welcomed at once, by night as well while she is there; after the hour quiet hours hold it', () => {
  const met = { since: '2026-11-24T04:30:00.000Z', zone: NEW_YORK }
  expect(nextTouch(met, met.since)).toEqual({
    what: 'welcome',
    day: '2026-11-23',
    at: met.since,
    until: '2026-11-30T05:00:00.000Z',
    held: false,
  })
  expect(nextTouch(met, plus(met.since, HOUR))).toMatchObject({ held: false })
  expect(nextTouch(met, plus(met.since, HOUR + 1))).toMatchObject({ what: 'welcome', held: true })
})

test('a welcome that an outage kept is sent up to day 6; sent on day 3 or later, it stands in the nudge’s place', () => {
  const met = { since: MONDAY, zone: NEW_YORK }
  expect(nextTouch(met, '2026-11-30T04:59:59.999Z')).toMatchObject({ what: 'welcome' })
  expect(nextTouch(met, '2026-11-30T05:00:00.000Z')).toBeUndefined()
  expect(nextTouch({ ...met, welcomed: '2026-11-26T04:59:59.999Z' }, '2026-11-26T06:00:00.000Z')).toMatchObject(day3)
  expect(nextTouch({ ...met, welcomed: '2026-11-26T05:00:00.000Z' }, '2026-11-26T06:00:00.000Z')).toBeUndefined()
})

test('the nudge comes on day 3 at ten of her own time, and not any more after day 6', () => {
  expect(nextTouch(welcomed(), MONDAY)).toEqual({ ...day3, held: true })
  expect(nextTouch(welcomed(), '2026-11-30T04:59:59.999Z')).toMatchObject(day3)
  expect(nextTouch(welcomed(), '2026-11-30T05:00:00.000Z')).toBeUndefined()
  // One minute to midnight is still day 0; a minute later it is the next day.
  expect(nextTouch(welcomed({ since: '2026-11-24T04:59:00.000Z' }), MONDAY)).toMatchObject({ day: '2026-11-26' })
  expect(nextTouch(welcomed({ since: '2026-11-24T05:00:00.000Z' }), MONDAY)).toMatchObject({ day: '2026-11-27' })
})

test('there is no nudge for who did something, had it already, or stopped it', () => {
  for (const more of [{ did: MONDAY }, { nudged: '2026-11-26T15:00:00.000Z' }, { stopped: MONDAY }])
    expect(nextTouch(welcomed(more), '2026-11-26T15:00:00.000Z')).toBeUndefined()
  expect(nextTouch({ since: MONDAY, zone: NEW_YORK, did: MONDAY }, MONDAY)).toBeUndefined()
  expect(nextTouch({ since: MONDAY, zone: NEW_YORK, stopped: MONDAY }, MONDAY)).toBeUndefined()
})

test('a snooze asks again in the morning of the same weekday, for four days', () => {
  const pressed = '2026-11-26T23:30:00.000Z'
  const snoozedUntil = inAWeek(pressed, NEW_YORK)
  expect(snoozedUntil).toBe('2026-12-03T15:00:00.000Z')
  expect(inAWeek('2026-11-26T15:00:01.000Z', NEW_YORK)).toBe(snoozedUntil)
  expect(nextTouch(welcomed({ snoozedUntil }), pressed)).toMatchObject({ day: '2026-12-03', at: snoozedUntil })
  expect(nextTouch(welcomed({ snoozedUntil }), '2026-12-07T05:00:00.000Z')).toBeUndefined()
  expect(nextTouch(welcomed({ snoozedUntil, did: pressed }), pressed)).toBeUndefined()
})

test('quiet hours of her own move it to their end; nobody hears of it at night', () => {
  const at = (quiet: string) => nextTouch(welcomed({ quiet }), MONDAY)!.at
  expect(at('09:00-17:00 America/New_York')).toBe('2026-11-26T22:00:00.000Z')
  expect(at('20:00-10:00 America/New_York')).toBe(day3.at)
  expect(at('20:00-07:00 America/New_York')).toBe(day3.at)
  expect(at('22:00-11:30 America/New_York')).toBe('2026-11-26T16:30:00.000Z')
})

test('ten o’clock stays ten o’clock over a change of clocks', () => {
  const on = (since: Instant, zone: string) => wallClock(nudgeAt(since, zone), zone).toPlainDateTime().toString()
  expect(on('2027-03-12T20:00:00.000Z', NEW_YORK)).toBe('2027-03-15T10:00:00')
  expect(on('2026-10-30T20:00:00.000Z', NEW_YORK)).toBe('2026-11-02T10:00:00')
  expect(on('2027-03-26T12:00:00.000Z', 'Europe/Brussels')).toBe('2027-03-29T10:00:00')
  expect(on('2026-11-23T23:30:00.000Z', 'Asia/Kolkata')).toBe('2026-11-27T10:00:00')
})

test.each([NEW_YORK, 'Europe/Brussels', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Kiritimati'])(
  'in %s the stretch of who is due is the rule itself, in every hour over three changes of clocks',
  (zone) => {
    const quiet = '00:00-00:00 UTC'
    for (let hour = 0; hour < 24 * 9; hour += 11) {
      for (const start of ['2026-10-22T03:17:00.000Z', '2027-03-10T11:00:00.000Z', '2027-03-24T00:00:00.000Z']) {
        const now = plus(start, hour * HOUR)
        const { from, to } = nudgeStretch(now, zone)
        for (let back = 0; back < 24 * 9; back += 5) {
          const since = plus(now, -back * HOUR - 61_000)
          const touch = nextTouch({ since, zone, quiet, welcomed: since }, now)
          const due = touch !== undefined && touch.at <= now
          expect(since >= from && since < to, `${since} at ${now}`).toBe(due)
        }
      }
    }
  },
)

test('moderators get their list on Mondays at nine of their space, up to three days late', () => {
  const slot = '2026-11-30T14:00:00.000Z'
  expect(listDue('2026-11-30T13:59:59.999Z', NEW_YORK)).toBeUndefined()
  expect(listDue(slot, NEW_YORK)).toEqual({ slot, until: '2026-12-03T14:00:00.000Z' })
  expect(listDue('2026-12-03T13:59:59.999Z', NEW_YORK)).toMatchObject({ slot })
  expect(listDue('2026-12-03T14:00:00.000Z', NEW_YORK)).toBeUndefined()
  // After the clocks went back on Sunday.
  expect(listDue('2026-11-02T14:00:00.000Z', NEW_YORK)).toMatchObject({ slot: '2026-11-02T14:00:00.000Z' })
})

test('seven days are counted by the calendar of the space: day 7 is on the list, day 6 is not', () => {
  const { before, fresh } = stalledBefore('2026-11-30T14:00:00.000Z', NEW_YORK)
  expect(dayIn(plus(before, -1), NEW_YORK)).toBe('2026-11-23')
  expect(before).toBe('2026-11-24T05:00:00.000Z')
  // The week before told of who moved last on the 16th or earlier.
  expect(fresh).toBe('2026-11-17T05:00:00.000Z')
  expect(stalledBefore('2026-11-23T14:00:00.000Z', NEW_YORK).before).toBe(fresh)
})
