import { DAY, plus } from '@cme-commons/core'
import { type Db, inTx, putFollow, revokeToken } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW } from '../../../test/support/api-house.ts'
import { calendarFor, calendarIn } from '../../../test/support/calendar-house.ts'
import { calendarFaults } from '../../../test/support/calendar-rules.ts'
import { describeEachDatabase, freshSqlite } from '../../../test/support/databases.ts'
import { sara, worldOn } from '../../../test/support/world.ts'
import { apiRoutes } from './routes.ts'

const days = (n: number) => plus(NOW, n * DAY)
const meeting = {
  kind: 'event',
  title: 'Annual Meeting',
  when: { kind: 'day', day: '2027-03-22', to: '2027-03-25', zone: 'America/New_York' },
} as const
const aoe = {
  kind: 'grant',
  title: 'Travel grants',
  when: { kind: 'aoe', day: '2027-01-31' },
  status: 'tentative',
} as const

async function started(dates: Parameters<typeof calendarIn>[2], db?: Db) {
  const open = db ?? (await (await freshSqlite()).open())
  const made = await calendarIn(open, days(-10), dates)
  const house = await apiHouse(open)
  const app = apiRoutes(house)
  const text = async (path: string, headers = {}) => (await app.request(path, { headers })).text()
  return { db: open, app, house, ...made, text, events: async (path: string) => eventsIn(await text(path)) }
}

/** The events of a calendar, each as its lines by name. */
const eventsIn = (text: string) =>
  text
    .replaceAll('\r\n ', '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) => Object.fromEntries(event.split('\r\n').map((line) => [line.split(/[;:]/, 1)[0], line])))

describeEachDatabase((fresh) => {
  test('the calendar tells days, instants and "anywhere on earth", each with its status', async () => {
    const { text, events, ids } = await started([meeting, {}, aoe], await (await fresh()).open())
    const whole = await text('/v1/conferences.ics')
    expect(calendarFaults(whole)).toEqual([])
    expect(whole).toContain('X-WR-CALNAME:CME conferences\r\n')
    expect(whole).toContain('SOURCE;VALUE=URI:https://cme.example.org/v1/conferences.ics\r\n')
    const [abstracts, grants, event] = await events('/v1/conferences.ics')
    expect(event).toMatchObject({
      UID: `UID:date-${ids[0]}-try@cme-commons`,
      DTSTART: 'DTSTART;VALUE=DATE:20270322',
      DTEND: 'DTEND;VALUE=DATE:20270326',
      SUMMARY: 'SUMMARY:SACME 2027: Annual Meeting',
      LOCATION: 'LOCATION:Lexington\\, KY',
      URL: 'URL:https://sacme.example/2027',
      CATEGORIES: 'CATEGORIES:Event',
      STATUS: 'STATUS:CONFIRMED',
      DTSTAMP: 'DTSTAMP:20261113T080000Z',
    })
    expect(abstracts).toMatchObject({ DTSTART: 'DTSTART:20270115T220000Z' })
    expect(abstracts!.DESCRIPTION).toContain('As announced: 2027-01-15 17:00 America/New_York.')
    expect(grants).toMatchObject({ DTSTART: 'DTSTART:20270201T115900Z', STATUS: 'STATUS:TENTATIVE' })
    expect(grants!.DESCRIPTION).toContain('Until 23:59 anywhere on earth (UTC-12) on 2027-01-31.')
  })

  test('a member’s own calendar has what she follows, until she ends its address', async () => {
    const open = await (await fresh()).open()
    const { db, app, edition } = await started([meeting, {}, aoe], open)
    const world = await worldOn(db, NOW)
    await world.say(sara, 'home', NOW)
    const member = (await world.db.read.selectFrom('identities').select('member').executeTakeFirstOrThrow()).member
    const secret = 'bcdfghjk'.repeat(6)
    const id = await calendarFor(db, NOW, member, secret)
    const own = (more = '') => app.request(`/v1/calendar/${secret}.ics${more}`)
    expect(eventsIn(await (await own()).text())).toEqual([])
    const follow = {
      space: 'try',
      address: 'user:sara',
      member,
      tracks: '',
      minutes: '',
      answer: null,
      zone: 'America/New_York',
      quiet: null,
      made_at: NOW,
      since: NOW,
    }
    await inTx(db, (tx) =>
      putFollow(tx, { ...follow, scope: 'conference/sacme', kinds: ',event,abstracts,grant,', days: '14,1' }),
    )
    const answer = await own('?alarms=own')
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const text = await answer.text()
    expect(calendarFaults(text)).toEqual([])
    expect(text).not.toMatch(/sara/i)
    // Fourteen days and one day before: at the same time of day, and at nine in the morning where it is all day.
    expect(text.match(/TRIGGER.*/g)).toEqual([
      'TRIGGER:-P14D',
      'TRIGGER:-P1D',
      'TRIGGER:-P14D',
      'TRIGGER:-P1D',
      'TRIGGER:-PT327H',
      'TRIGGER:-PT15H',
    ])
    expect(eventsIn(await (await own('?kinds=event')).text())).toHaveLength(1)
    expect(
      (
        await app.request(`/v1/calendar/${secret}.ics`, {
          headers: { 'if-none-match': (await own()).headers.get('etag')! },
        })
      ).status,
    ).toBe(304)
    await inTx(db, (tx) =>
      putFollow(tx, { ...follow, scope: `edition/${edition}`, kinds: ',event,', days: '', answer: 'not-this-year' }),
    )
    expect(eventsIn(await (await own()).text())).toEqual([])
    // It opens a calendar and nothing else.
    expect(
      (await app.request('/v1/me', { headers: { authorization: `Bearer cme_${secret.slice(0, 43)}` } })).status,
    ).toBe(401)
    await inTx(db, (tx) => revokeToken(tx, id, NOW))
    expect((await own()).status).toBe(410)
    expect((await app.request(`/v1/calendar/${'z'.repeat(48)}.ics`)).status).toBe(404)
  })
})

test('deadlines alone, by kind, track and region; with alarms, and as whole days', async () => {
  const { events, text } = await started([
    meeting,
    {},
    aoe,
    {
      kind: 'session',
      title: 'Opening',
      when: { kind: 'at', at: '2027-03-22T13:00:00.000Z', until: '2027-03-22T14:00:00.000Z', zone: 'America/New_York' },
    },
  ])
  const titles = async (path: string) =>
    (await events(path)).map(({ CATEGORIES }) => CATEGORIES!.slice('CATEGORIES:'.length))
  expect(await titles('/v1/conferences.ics')).toEqual(['Abstracts', 'Grant', 'Session', 'Event'])
  expect(await titles('/v1/deadlines.ics')).toEqual(['Abstracts', 'Grant'])
  expect(await titles('/v1/deadlines.ics?kinds=grant')).toEqual(['Grant'])
  expect(await titles('/v1/conferences.ics?tracks=academic&regions=us,eu')).toHaveLength(4)
  expect(await titles('/v1/conferences.ics?regions=eu')).toEqual([])
  expect(await titles('/v1/conferences.ics?space=try')).toHaveLength(4)
  const whole = await text('/v1/deadlines.ics?kinds=abstracts&alarms=1440,60&allday=1')
  expect(calendarFaults(whole)).toEqual([])
  expect(whole).toContain('DTSTART;VALUE=DATE:20270115\r\nDTEND;VALUE=DATE:20270116\r\n')
  expect(whole.match(/TRIGGER.*/g)).toEqual(['TRIGGER:-P1D', 'TRIGGER:-PT1H'])
})

test('what is off stays for thirty days as cancelled; what is usual never appears', async () => {
  const { events } = await started([
    { title: 'A', status: 'cancelled', changed: days(-29), sequence: 3 },
    { title: 'B', status: 'cancelled', changed: days(-31) },
    { title: 'C', status: 'postponed', changed: days(-1) },
    { title: 'D', gone: days(-2), changed: days(-2) },
    { title: 'E', status: 'typical' },
    { title: 'F', when: { kind: 'day', day: '2025-11-01', zone: 'UTC' } },
  ])
  const found = await events('/v1/conferences.ics?alarms=60')
  expect(found.map(({ SUMMARY, STATUS, SEQUENCE }) => [SUMMARY, STATUS, SEQUENCE])).toEqual([
    ['SUMMARY:Cancelled: SACME 2027: A', 'STATUS:CANCELLED', 'SEQUENCE:3'],
    ['SUMMARY:Postponed: SACME 2027: C', 'STATUS:CANCELLED', 'SEQUENCE:0'],
    ['SUMMARY:Cancelled: SACME 2027: D', 'STATUS:CANCELLED', 'SEQUENCE:0'],
  ])
})

test('one who has it is told so, also the next day only if nothing left the calendar', async () => {
  const { app, house } = await started([{}, { title: 'Soon gone', status: 'cancelled', changed: days(-29.5) }])
  const first = await app.request('/v1/conferences.ics')
  expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(first.headers.get('last-modified')).toBe('Fri, 13 Nov 2026 08:00:00 GMT')
  const had = { headers: { 'if-none-match': first.headers.get('etag')! } }
  expect((await app.request('/v1/conferences.ics', had)).status).toBe(304)
  house.now = () => days(1)
  expect((await app.request('/v1/conferences.ics', had)).status).toBe(200)
})

test('a community is shown to nobody before its moderators open its calendar', async () => {
  const { app, db, events } = await started([{}])
  await inTx(db, (tx) => tx.deleteFrom('settings').where('name', '=', 'calendar/open/try').execute())
  expect(await events('/v1/conferences.ics')).toEqual([])
  expect((await app.request('/v1/conferences.ics?space=try')).status).toBe(404)
})

test.each([
  ['kinds=abstract', '#/query/kinds', /"abstract" is none of the kinds \(did you mean abstracts\?\)/],
  ['tracks=nobody', '#/query/tracks', /known are accreditation/],
  ['alarms=soon', '#/query/alarms', /Give minutes before a date/],
  ['alarms=own', '#/query/alarms', /Give minutes before a date/],
  ['alarms=1,2,3,4,5,6', '#/query/alarms', /5 at most/],
  ['allday=yes', '#/query/allday', /Give 1 for whole days/],
  ['kind=event', '#/query/kind', /no parameter of a calendar \(did you mean kinds\?\)/],
])('%s is refused with what to do', async (query, pointer, detail) => {
  const { app } = await started([])
  const answer = await app.request(`/v1/conferences.ics?${query}`)
  expect(answer.status).toBe(422)
  const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] }
  expect(errors[0]!.pointer).toBe(pointer)
  expect(errors[0]!.detail).toMatch(detail)
})

test('what hangs on the date of an activity is a calendar as well, and a day that is none is told', async () => {
  const house = await apiHouse(await (await freshSqlite()).open())
  const app = apiRoutes(house)
  const text = await (await app.request('/v1/deadlines/chain.ics?activity=2027-06-14&to=2027-06-16')).text()
  expect(calendarFaults(text)).toEqual([])
  expect(eventsIn(text)[0]).toMatchObject({
    DTSTART: 'DTSTART;VALUE=DATE:20270308',
    STATUS: 'STATUS:TENTATIVE',
    URL: expect.stringContaining('URL:https://'),
  })
  for (const query of ['', '?activity=soon', '?activity=2027-06-14&to=2027-06-01', '?activity=2027-06-14&x=1'])
    expect((await app.request(`/v1/deadlines/chain.ics${query}`)).status).toBe(422)
})
