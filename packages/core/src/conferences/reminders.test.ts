import { expect, test } from 'vitest'
import { afterChange, type Pending } from './change.ts'
import type { ConferenceDate, DateKind, DateTime } from './conference.ts'
import { type Face, faceOf, newsOf } from './news.ts'
import {
  DEFAULT_DAYS,
  leadsFor,
  morningsBetween,
  nextNotice,
  parseLeads,
  quietFor,
  reminderDue,
  usualNotice,
  windowsOf,
} from './reminders.ts'

const BRUSSELS = 'Europe/Brussels'
const date = (when: DateTime, kind: DateKind = 'abstracts') => ({ kind, when })
const deadline = date({ kind: 'day', day: '2027-03-31', zone: 'America/Chicago' })

test('reminders open at nine of the reader’s own day, each until the next, the last until the deadline has passed', () => {
  expect(windowsOf(deadline, DEFAULT_DAYS, BRUSSELS)).toEqual([
    { lead: '60d', opens: '2027-01-30T08:00:00.000Z', until: '2027-03-01T08:00:00.000Z' },
    { lead: '30d', opens: '2027-03-01T08:00:00.000Z', until: '2027-03-17T08:00:00.000Z' },
    { lead: '14d', opens: '2027-03-17T08:00:00.000Z', until: '2027-03-24T08:00:00.000Z' },
    // Summer time began on 28 March.
    { lead: '7d', opens: '2027-03-24T08:00:00.000Z', until: '2027-03-30T07:00:00.000Z' },
    { lead: '1d', opens: '2027-03-30T07:00:00.000Z', until: '2027-04-01T05:00:00.000Z' },
  ])
})

test('a session is reminded of in minutes, and not after it has begun', () => {
  const session = date({ kind: 'at', at: '2027-03-15T19:00:00.000Z', zone: 'UTC' }, 'session')
  expect(windowsOf(session, [15, 60], BRUSSELS)).toEqual([
    { lead: '60m', opens: '2027-03-15T18:00:00.000Z', until: '2027-03-15T18:45:00.000Z' },
    { lead: '15m', opens: '2027-03-15T18:45:00.000Z', until: '2027-03-15T19:00:00.000Z' },
  ])
})

test('what was entered late is reminded of at once, what was moved is not, what is over never', () => {
  const follow = { leads: DEFAULT_DAYS, zone: BRUSSELS, since: '2026-12-01T00:00:00.000Z' }
  const entered = { ...deadline, known: '2027-03-10T12:00:00.000Z' }
  expect(reminderDue(entered, follow, '2027-03-10T12:01:00.000Z')).toMatchObject({
    lead: '30d',
    due: '2027-03-10T12:00:00.000Z',
  })
  const moved = { ...entered, moved: '2027-03-11T12:00:00.000Z' }
  expect(reminderDue(moved, follow, '2027-03-11T12:01:00.000Z')).toBeUndefined()
  expect(reminderDue(moved, follow, '2027-03-17T08:00:00.000Z')).toMatchObject({ lead: '14d' })
  expect(reminderDue(entered, follow, '2027-04-01T05:00:00.000Z')).toBeUndefined()
})

test('who begins to follow is not reminded of what was open before', () => {
  const known = { ...deadline, known: '2026-12-01T00:00:00.000Z' }
  const follow = { leads: DEFAULT_DAYS, zone: BRUSSELS, since: '2027-03-05T00:00:00.000Z' }
  expect(reminderDue(known, follow, '2027-03-05T00:01:00.000Z')).toBeUndefined()
  expect(reminderDue(known, follow, '2027-03-17T08:00:00.000Z')).toMatchObject({ lead: '14d' })
})

test('own days come before those of the space, those before the usual ones; an empty list is none', () => {
  const policy = { kind: 'abstracts' as const, leads: [21], since: '' }
  expect(leadsFor('abstracts', { days: [3] }, policy)).toEqual([3])
  expect(leadsFor('abstracts', { days: [] }, policy)).toEqual([])
  expect(leadsFor('abstracts', {}, policy)).toEqual([21])
  expect(leadsFor('session', { days: [3] })).toEqual([15])
})

test('nothing comes at night, sessions aside, unless she said otherwise', () => {
  expect(quietFor('abstracts', { zone: BRUSSELS })).toBe(`20:00-08:00 ${BRUSSELS}`)
  expect(quietFor('session', { zone: BRUSSELS })).toBeUndefined()
  expect(quietFor('session', { zone: BRUSSELS, quiet: { from: '12:00', to: '14:00' } })).toBe(`12:00-14:00 ${BRUSSELS}`)
})

test('days are read as a person types them', () => {
  expect(parseLeads('7, 30;1  7', 365)).toEqual([30, 7, 1])
  expect(parseLeads('', 365)).toEqual([])
  for (const wrong of ['0', '400', 'a week', '1.5', '-1']) expect(parseLeads(wrong, 365)).toBeUndefined()
})

test('mornings between two ticks are found also over a change of the clocks and an outage', () => {
  expect(morningsBetween('2027-03-28T06:59:00.000Z', '2027-03-28T07:00:00.000Z', BRUSSELS)).toEqual({
    from: '2027-03-28',
    to: '2027-03-28',
  })
  expect(morningsBetween('2027-03-28T07:00:00.000Z', '2027-03-29T06:59:00.000Z', BRUSSELS)).toBeUndefined()
  expect(morningsBetween('2027-03-26T12:00:00.000Z', '2027-03-29T12:00:00.000Z', BRUSSELS)).toEqual({
    from: '2027-03-27',
    to: '2027-03-29',
  })
})

test('moderators are told in the first week of a month what is usual in it', () => {
  expect(usualNotice('2027-02-01T07:59:00.000Z', BRUSSELS)).toBeUndefined()
  expect(usualNotice('2027-02-07T12:00:00.000Z', BRUSSELS)).toMatchObject({ month: '2027-02' })
  expect(usualNotice('2027-02-08T08:00:00.000Z', BRUSSELS)).toBeUndefined()
  expect(nextNotice('2026-12-01T08:00:00.000Z', BRUSSELS)).toBe('2027-01-01T08:00:00.000Z')
})

const NOW = '2027-01-10T00:00:00.000Z'
type Dated = Pick<ConferenceDate, 'status' | 'when' | 'gone'>
const on = (day: string): Dated => ({ status: 'confirmed', when: { kind: 'day', day, zone: 'UTC' } })
const first = (said: Dated): Dated & Pending => ({ ...said, ...afterChange(undefined, said, NOW) })

test('what is new is looked at, what is moved is announced, what is back to what people know is not', () => {
  const known = first(on('2027-03-31'))
  expect(known).toMatchObject({ fresh: true, announce: false })
  const moved = { ...on('2027-04-30'), ...afterChange(known, on('2027-04-30'), NOW) }
  expect(moved).toMatchObject({ fresh: false, announce: true, told: { when: { day: '2027-03-31' } } })
  expect(afterChange(moved, on('2027-03-31'), NOW)).toMatchObject({ fresh: true, announce: false })
})

test('a typical date is nobody’s business until it is confirmed', () => {
  const typical = first({ ...on('2027-03-31'), status: 'typical' })
  expect(typical).toMatchObject({ fresh: false, announce: false })
  expect(typical).not.toHaveProperty('told')
  expect(afterChange(typical, on('2027-03-31'), NOW)).toMatchObject({ fresh: true, announce: false })
  expect(faceOf({ ...on('2027-03-31'), gone: NOW })).toBeUndefined()
})

test('news says what became of a date against what was known', () => {
  const face = (said: Dated) => faceOf(said) as Face
  expect(newsOf(face(on('2027-03-31')), face(on('2027-04-01')))).toBe('moved')
  expect(newsOf(face(on('2027-03-31')), face({ ...on('2027-03-31'), status: 'tentative' }))).toBeUndefined()
  expect(newsOf(face(on('2027-03-31')), face({ ...on('2027-03-31'), status: 'cancelled' }))).toBe('cancelled')
  expect(newsOf(face({ ...on('2027-03-31'), status: 'postponed' }), face(on('2027-03-31')))).toBe('on-again')
})
