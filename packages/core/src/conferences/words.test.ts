import { expect, test } from 'vitest'
import { plainText } from '../views/plain.ts'
import type { DateTime } from './conference.ts'
import { whenInWords, zoneInWords } from './words.ts'

const CHICAGO = 'America/Chicago'
const at = (from: string, until?: string, zone = CHICAGO): DateTime => ({
  kind: 'at',
  at: `${from}:00.000Z`,
  ...(until ? { until: `${until}:00.000Z` } : {}),
  zone,
})

test.each([
  [CHICAGO, 'Chicago time'],
  ['America/New_York', 'New York time'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires time'],
  ['US/Eastern', 'Eastern time'],
  ['UTC', 'UTC'],
  ['CET', 'CET'],
  // Its sign is the other way round than people expect: better left as it is written.
  ['Etc/GMT+5', 'Etc/GMT+5'],
])('people call the zone %s %s', (zone, said) => {
  expect(zoneInWords(zone)).toBe(said)
})

test.each<[DateTime, string]>([
  [{ kind: 'day', day: '2027-03-14', zone: CHICAGO }, 'Sun 14 Mar 2027'],
  [at('2027-03-14T14:00'), 'Sun 14 Mar 2027, 23:00 Asia/Tokyo (Sun 09:00 Chicago time)'],
  [
    at('2027-03-14T16:00', '2027-03-14T17:00'),
    'Mon 15 Mar 2027, 01:00 Asia/Tokyo to 02:00 (Sun 11:00 to 12:00 Chicago time)',
  ],
  [
    at('2027-03-15T04:00', '2027-03-15T06:00'),
    'Mon 15 Mar 2027, 13:00 Asia/Tokyo to 15:00 (Sun 23:00 to Mon 01:00 Chicago time)',
  ],
  // The clocks go forward in Chicago that night.
  [
    at('2027-03-14T07:30', '2027-03-14T08:30'),
    'Sun 14 Mar 2027, 16:30 Asia/Tokyo to 17:30 (Sun 01:30 to 03:30 Chicago time)',
  ],
  [at('2027-03-14T14:00', undefined, 'UTC'), 'Sun 14 Mar 2027, 23:00 Asia/Tokyo (Sun 14:00 UTC)'],
  [
    { kind: 'aoe', day: '2027-03-14' },
    'Sun 14 Mar 2027, 23:59 anywhere on earth (for you Mon 15 Mar 2027, 20:59 Asia/Tokyo)',
  ],
])('a moment is told on the reader’s clock and on that of the place (%#)', (when, said) => {
  expect(plainText(whenInWords(when), 'Asia/Tokyo')).toBe(said)
})

test('the zone of the meeting stands for UTC, and is left out where a card says it once', () => {
  const told = (when: DateTime, once?: boolean) => plainText(whenInWords(when, CHICAGO, once), 'Asia/Tokyo').slice(34)
  expect(told(at('2027-03-14T14:00', undefined, 'UTC'))).toBe('(Sun 09:00 Chicago time)')
  for (const zone of ['UTC', CHICAGO]) expect(told(at('2027-03-14T14:00', undefined, zone), true)).toBe('')
  expect(told(at('2027-03-14T14:00', undefined, 'America/New_York'), true)).toBe('(Sun 10:00 New York time)')
})
