import { expect, test } from 'vitest'
import { afterSkipped } from './cadence.ts'

const FRIDAY = '2026-11-27T12:00:00.000Z'
const SATURDAY = '2026-11-28T11:10:00.000Z'

test.each([
  ['the whole weekend', SATURDAY, { hours: [], days: [6, 0] }, '2026-11-30T00:00:00.000Z'],
  [
    'the weekend, and Monday before seven',
    SATURDAY,
    { hours: [0, 1, 2, 3, 4, 5, 6], days: [6, 0] },
    '2026-11-30T07:00:00.000Z',
  ],
  ['all days but Friday', SATURDAY, { hours: [], days: [0, 1, 2, 3, 4, 6] }, '2026-12-04T00:00:00.000Z'],
  ['other days', FRIDAY, { hours: [], days: [6, 0] }, FRIDAY],
  ['all days', FRIDAY, { hours: [], days: [0, 1, 2, 3, 4, 5, 6] }, FRIDAY],
  ['all hours', FRIDAY, { hours: Array.from({ length: 24 }, (_, hour) => hour), days: [] }, FRIDAY],
  ['nothing', FRIDAY, undefined, FRIDAY],
])('a feed that leaves out %s is read when it wants to be', (_, at, skip, next) => {
  expect(afterSkipped(at, skip)).toBe(next)
})
