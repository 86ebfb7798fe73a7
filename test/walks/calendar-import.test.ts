import { editionOf, proposeCalendar, takeCalendar } from '@cme-commons/app'
import { DAY, plus } from '@cme-commons/core'
import { changesOf, type Db, datesOfEdition, findEdition, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { dateOf } from '../../packages/app/src/conferences/rows.ts'
import { saveDate } from '../../packages/app/src/conferences/save.ts'
import { readCalendar } from '../../packages/feeds/src/calendar/read.ts'
import { NOW } from '../support/api-house.ts'
import { calendarIn } from '../support/calendar-house.ts'
import { describeEachDatabase } from '../support/databases.ts'

type Event = { uid: string; title: string; day: string; more?: string[] }
const ical = (events: Event[]) =>
  [
    'BEGIN:VCALENDAR',
    ...events.flatMap(({ uid, title, day, more = [] }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `SUMMARY:${title}`,
      `DTSTART;VALUE=DATE:${day}`,
      ...more,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n')
const abstracts = { uid: 'a', title: 'Abstracts due', day: '20270115', more: ['STATUS:CONFIRMED', 'LOCATION:Online'] }
const hotel = { uid: 'h', title: 'Hotel block', day: '20270201' }

async function started(db: Db) {
  const { edition: id } = await calendarIn(db, NOW, [{ title: 'By hand' }])
  const edition = editionOf((await findEdition(db.read, id))!)
  const read = (events: Event[]) => {
    const read = readCalendar(Buffer.from(ical(events)), { zone: edition.zone })
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    return { source: 'https://sacme.example/2027.ics', whole: true, dates: read.calendar.dates }
  }
  const by = (now: string) => ({ now, by: { said: 'the calendar of SACME' } })
  return {
    propose: (events: Event[], now: string) => proposeCalendar(db.read, id, read(events), now),
    take: (events: Event[], now: string) => inTx(db, (tx) => takeCalendar({ tx, ...by(now) }, edition, read(events))),
    change: async (title: string, rest: object, now: string) => {
      const row = (await datesOfEdition(db.read, id)).find((one) => one.title === title)!
      await inTx(db, (tx) => saveDate({ tx, ...by(now) }, { ...dateOf(row), ...rest }))
    },
    dates: async () => (await datesOfEdition(db.read, id)).map(dateOf),
  }
}

describeEachDatabase((fresh) => {
  test('a calendar is taken, taken again without effect, moved, cancelled and emptied', async () => {
    const db = await (await fresh()).open()
    const { propose, take, dates } = await started(db)
    expect(await take([abstracts, hotel], NOW)).toBe(2)
    const first = (await dates()).find(({ title }) => title === 'Abstracts due')!
    expect(first).toMatchObject({
      kind: 'abstracts',
      status: 'confirmed',
      place: 'Online',
      source: 'https://sacme.example/2027.ics',
      sequence: 0,
    })
    expect(await take([abstracts, hotel], plus(NOW, DAY))).toBe(0)

    const moved = { ...abstracts, day: '20270129' }
    expect((await propose([moved, hotel], plus(NOW, DAY))).change).toMatchObject([{ date: first.id, what: ['when'] }])
    expect(await dates()).toContainEqual(first)
    await take([moved, hotel], plus(NOW, DAY))
    expect((await dates()).find(({ id }) => id === first.id)).toMatchObject({
      when: { day: '2027-01-29' },
      sequence: 1,
    })
    const [line] = await changesOf(db.read, { what: 'date', subject: first.id })
    expect(line).toMatchObject({ said: 'the calendar of SACME', changed_by: null })
    expect(JSON.parse(line!.before!)).toMatchObject({ day: '2027-01-15' })

    await take([{ ...moved, more: ['STATUS:CANCELLED', 'LOCATION:Online'] }], plus(NOW, 2 * DAY))
    const after = await dates()
    expect(after.find(({ id }) => id === first.id)).toMatchObject({ status: 'cancelled', sequence: 2 })
    // The hotel block is told no more, so it is taken out; what was entered by hand is none of the calendar's.
    expect(after.map(({ title }) => title).sort()).toEqual(['Abstracts due', 'By hand'])
  })

  test('what a moderator changed stays, unless the calendar changes the same', async () => {
    const db = await (await fresh()).open()
    const { take, change, dates } = await started(db)
    await take([abstracts], NOW)
    await change(
      'Abstracts due',
      { title: 'Abstracts (extended)', when: { kind: 'day', day: '2027-01-20', zone: 'UTC' } },
      NOW,
    )
    expect(await take([abstracts], plus(NOW, DAY))).toBe(0)
    await take([{ ...abstracts, day: '20270131' }], plus(NOW, 2 * DAY))
    expect((await dates()).find(({ kind }) => kind === 'abstracts')).toBeDefined()
    expect(await dates()).toContainEqual(
      expect.objectContaining({ title: 'Abstracts (extended)', when: expect.objectContaining({ day: '2027-01-31' }) }),
    )
  })
})
