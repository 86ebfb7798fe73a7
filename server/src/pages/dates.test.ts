import { dropSetting, inTx, openCalendarName } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, NOW } from '../../../test/support/api-house.ts'
import { calendarIn } from '../../../test/support/calendar-house.ts'
import { describeEachDatabase } from '../../../test/support/databases.ts'
import { makeApp } from '../http.ts'
import { monthAfter } from './date-list.ts'
import { weeksOf } from './month.ts'

const NEW_YORK = 'America/New_York'
const dates = [
  { title: 'Abstracts due', when: { kind: 'at' as const, at: '2026-11-28T04:00:00.000Z', zone: NEW_YORK } },
  {
    kind: 'event' as const,
    title: '',
    status: 'tentative' as const,
    when: { kind: 'day' as const, day: '2027-01-30', to: '2027-02-02', zone: NEW_YORK },
  },
  {
    kind: 'hotel' as const,
    title: 'Rooms close',
    status: 'typical' as const,
    when: { kind: 'day' as const, day: '2026-12-20', zone: NEW_YORK },
  },
]

describeEachDatabase((fresh) => {
  async function started() {
    const db = await (await fresh()).open()
    const house = await apiHouse(db)
    const app = makeApp(house)
    const read = async (path: string) => {
      const answer = await app.request(path, { headers: { Accept: 'text/html' } })
      return { status: answer.status, headers: answer.headers, html: await answer.text() }
    }
    return { db, house, read }
  }

  test('a date stands on its day where it was announced, a meeting on each of its days, what is usual nowhere', async () => {
    const { db, read } = await started()
    await calendarIn(db, NOW, dates)
    const november = (await read('/calendar')).html
    expect(november).toMatch(/<time datetime="2026-11-27">27<\/time><ul><li><a class="is-due"/)
    expect(november).toContain('Fri 27 Nov 2026, 23:00')
    expect(november).not.toContain('Rooms close')
    const [january, february] = [
      (await read('/calendar?month=2027-01')).html,
      (await read('/calendar?month=2027-02')).html,
    ]
    expect(january.match(/class="is-event"/g)).toHaveLength(2)
    expect(february.match(/class="is-event"/g)).toHaveLength(2)
    expect(february).toContain('Told, not confirmed')
    expect((await read('/calendar?kinds=event')).html).not.toContain('Abstracts due')
    expect((await read('/calendar?kinds=event')).html).toContain('href="/v1/conferences.ics?kinds=event"')
  })

  test('a community whose calendar is not open shows nothing of its own', async () => {
    const { db, read } = await started()
    await calendarIn(db, NOW, dates)
    for (const path of ['/', '/calendar', '/conferences/sacme', '/embed/dates'])
      expect([path, (await read(path)).html.includes('Abstracts due')]).toEqual([path, true])
    await inTx(db, (tx) => dropSetting(tx, openCalendarName('try')))
    for (const path of ['/', '/calendar', '/calendar?space=try', '/conferences/sacme', '/embed/dates'])
      expect([path, (await read(path)).html.includes('Abstracts due')]).toEqual([path, false])
  })

  test('what two communities entered alike is told once, as sure as the surer one has it', async () => {
    const { db, read } = await started()
    await calendarIn(db, NOW, [{ ...dates[0]!, status: 'tentative' }])
    await calendarIn(db, NOW, [dates[0]!], 'other')
    const { html } = await read('/calendar')
    expect(html.match(/<li id="d-/g)).toHaveLength(1)
    expect(html).not.toContain('Told, not confirmed')
    const page = (await read('/conferences/sacme')).html
    expect(page.match(/<section class="edition">/g)).toHaveLength(1)
    expect(page.match(/Abstracts due/g)).toHaveLength(1)
  })

  test('a conference tells what is usual as usual, and months far away have no page', async () => {
    const { read } = await started()
    const { html } = await read('/conferences/sacme')
    expect(html).toContain('no date to rely on')
    expect(html).toContain('No edition was entered and made public yet.')
    for (const path of [
      '/conferences/none',
      '/calendar?month=2020-01',
      '/calendar?month=2031-01',
      '/calendar?month=x',
      '/calendar?tracks=nope',
    ])
      expect([path, (await read(path)).status]).toEqual([path, 404])
  })
})

test('a month is its weeks from Monday to Sunday', () => {
  expect(weeksOf('2027-02')).toHaveLength(4)
  expect(weeksOf('2026-11')[0]).toEqual([
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
  ])
  expect(weeksOf('2026-11')).toHaveLength(6)
  expect([monthAfter('2026-11', 2), monthAfter('2027-01', -1), monthAfter('2026-12', 0)]).toEqual([
    '2027-01',
    '2026-12',
    '2026-12',
  ])
})
