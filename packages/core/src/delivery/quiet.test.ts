import { expect, test } from 'vitest'
import { quietUntil } from './quiet.ts'

const chicago = '22:00-07:00 America/Chicago'

test('what falls into quiet hours waits until their end, over midnight too', () => {
  expect(quietUntil(chicago, '2026-11-24T03:59:59.999Z')).toBeUndefined()
  expect(quietUntil(chicago, '2026-11-24T04:00:00.000Z')).toBe('2026-11-24T13:00:00.000Z')
  expect(quietUntil(chicago, '2026-11-24T12:59:59.999Z')).toBe('2026-11-24T13:00:00.000Z')
  expect(quietUntil(chicago, '2026-11-24T13:00:00.000Z')).toBeUndefined()
})

test('quiet hours within one day', () => {
  const lunch = '12:00-13:30 Asia/Kolkata'
  expect(quietUntil(lunch, '2026-11-24T06:30:00.000Z')).toBe('2026-11-24T08:00:00.000Z')
  expect(quietUntil(lunch, '2026-11-24T06:29:00.000Z')).toBeUndefined()
})

test('an end that does not exist is the next valid minute, one that repeats is its first occurrence', () => {
  const night = '23:00-02:30 America/New_York'
  expect(quietUntil(night, '2027-03-14T05:00:00.000Z')).toBe('2027-03-14T07:00:00.000Z')
  const back = '22:00-01:30 America/New_York'
  expect(quietUntil(back, '2026-11-01T04:00:00.000Z')).toBe('2026-11-01T05:30:00.000Z')
  expect(quietUntil(back, '2026-11-01T06:10:00.000Z')).toBeUndefined()
})

test('a text that is no quiet hours keeps nothing back', () => {
  for (const text of ['', '22:00-22:00 UTC', '22:00-07:00 Mars/Base', 'always'])
    expect(quietUntil(text, '2026-11-24T04:00:00.000Z')).toBeUndefined()
})
