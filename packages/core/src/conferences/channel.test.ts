import { expect, test } from 'vitest'
import { channelItems, channelName, daysWithSessions, sessionsByDay, usualPlan } from './channel.ts'
import type { ConferenceDate, DateTime, Edition } from './conference.ts'
import { hostedEvents } from './hosted-events.ts'

const ZONE = 'America/Chicago'
const NOW = '2026-11-23T15:00:00.000Z'
const edition: Edition = {
  id: 'e1',
  conference: 'sacme',
  name: 'SACME 2027',
  year: 2027,
  space: 'S1',
  zone: ZONE,
  status: 'planned',
}
const date = (
  id: string,
  kind: ConferenceDate['kind'],
  when: DateTime,
  rest: Partial<ConferenceDate> = {},
): ConferenceDate => ({
  ...{ id, space: 'S1', edition: 'e1', conference: 'sacme', kind, title: id, when, status: 'confirmed' },
  ...{ source: 'x', checked: '2026-11-20', sequence: 0, changed: NOW, ...rest },
})
const days = (day: string, to?: string): DateTime => ({ kind: 'day', day, ...(to ? { to } : {}), zone: ZONE })
const at = (from: string, until?: string): DateTime => ({
  kind: 'at',
  at: from,
  ...(until ? { until } : {}),
  zone: ZONE,
})
/** The clocks go forward on Sunday, 14 March 2027. */
const meeting = date('meeting', 'event', days('2027-03-13', '2027-03-15'))

test.each([
  ['SACME 2027', 'sacme-2027'],
  ['  Zürich & Köln: CME?!  ', 'zurich-koln-cme'],
  ['already_fine-1', 'already_fine-1'],
  ['-- @everyone --', 'everyone'],
  ['日本', ''],
  ['x'.repeat(200), 'x'.repeat(80)],
  [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
])('%s is called #%s on both platforms', (said, name) => {
  expect(channelName(said)).toBe(name)
})

test('a card each morning at seven where the meeting is, over the change of the clocks, and on the day of a session before it', () => {
  const dates = [meeting, date('webinar', 'session', at('2027-02-10T23:30:00.000Z'))]
  expect(daysWithSessions(dates, ZONE)).toEqual(['2027-02-10', '2027-03-13', '2027-03-14', '2027-03-15'])
  expect(channelItems({ morning: true }, dates, ZONE).map(({ opens }) => opens)).toEqual([
    '2027-02-10T13:00:00.000Z',
    '2027-03-13T13:00:00.000Z',
    '2027-03-14T12:00:00.000Z',
    '2027-03-15T12:00:00.000Z',
  ])
  expect(channelItems({ morning: false }, dates, ZONE)).toEqual([])
})

test('what is off, taken out or only usual brings no morning', () => {
  const off = [
    date('a', 'session', at('2027-03-20T15:00:00.000Z'), { status: 'cancelled' }),
    date('b', 'session', at('2027-03-21T15:00:00.000Z'), { gone: NOW }),
    date('c', 'event', days('2027-03-22'), { status: 'typical' }),
  ]
  expect(daysWithSessions(off, ZONE)).toEqual([])
})

test('sessions of a day are those that begin on it where the meeting is, in the order of time', () => {
  const dates = [
    date('late', 'session', at('2027-03-15T04:30:00.000Z')),
    date('early', 'session', at('2027-03-14T13:00:00.000Z')),
    date('posters', 'session', days('2027-03-14', '2027-03-15')),
  ]
  expect(
    sessionsByDay(dates, ZONE)
      .get('2027-03-14')
      ?.map(({ id }) => id),
  ).toEqual(['posters', 'early', 'late'])
})

test('it closes thirty days after the meeting where nobody says otherwise, and never before its end', () => {
  expect(usualPlan(edition, [meeting], NOW)).toMatchObject({ name: 'sacme-2027', archiveOn: '2027-04-14' })
  expect(usualPlan(edition, [meeting], '2027-05-01T00:00:00.000Z').archiveOn).toBeUndefined()
  const parts = channelItems({ morning: false, archiveOn: '2027-03-01' }, [meeting], ZONE)
  expect(parts.map(({ part, opens }) => `${part} ${opens}`)).toEqual([
    'notice/2027-03-16 2027-03-13T15:00:00.000Z',
    'archive/2027-03-16 2027-03-16T14:00:00.000Z',
  ])
})

test('a day is an event from its first session to its last, else from nine to five; what has begun is left out', () => {
  const dates = [
    meeting,
    date('first', 'session', at('2027-03-14T13:00:00.000Z', '2027-03-14T14:00:00.000Z')),
    date('last', 'session', at('2027-03-14T20:00:00.000Z')),
  ]
  const on = (now: string) =>
    [...hostedEvents(edition, dates, { mark: 'm', chosen: ['last'] }, now)].map(
      ([subject, { mark, start, end }]) => `${subject} ${mark} ${start.slice(5, 16)} ${end.slice(5, 16)}`,
    )
  expect(on(NOW)).toEqual([
    'day/1 m-day-1 03-13T15:00 03-13T23:00',
    'day/2 m-day-2 03-14T13:00 03-14T21:00',
    'day/3 m-day-3 03-15T14:00 03-15T22:00',
    'last m-last 03-14T20:00 03-14T21:00',
  ])
  expect(on('2027-03-14T15:00:00.000Z')).toEqual([
    'day/3 m-day-3 03-15T14:00 03-15T22:00',
    'last m-last 03-14T20:00 03-14T21:00',
  ])
  expect(hostedEvents({ ...edition, status: 'cancelled' }, dates, { mark: 'm', chosen: ['last'] }, NOW).size).toBe(0)
})
