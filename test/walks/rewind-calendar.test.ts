import { editionOf, proposeCalendar, rewind, takeCalendar } from '@cme-commons/app'
import { DAY, type IncomingDate, plus } from '@cme-commons/core'
import { calendarDatesOf, datesOfEdition, findEdition, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'

const MONDAY = '2026-11-23T15:00:00.000Z'
const TUESDAY = plus(MONDAY, DAY)

const told = (uid: string, day: string, sequence = 0): IncomingDate => ({
  ...{ uid, sequence, kind: 'abstracts', title: `Abstracts ${uid}`, status: 'confirmed', line: 1 },
  when: { kind: 'day', day, zone: 'America/Chicago' },
})

describeEachDatabase((fresh) => {
  test('what a calendar told ahead of the clock is proposed again once the clock is back, and is taken once', async () => {
    const { db, enter } = await conferenceWorld(await (await fresh()).open(), MONDAY)
    await enter('plan.edition:sacme', {
      name: 'SACME 2027',
      zone: 'America/Chicago',
      href: 'https://example.org',
      days: '',
    })
    const edition = editionOf((await findEdition(db.read, 'e1'))!)
    const calendar = (...dates: IncomingDate[]) => ({ source: 'https://example.org/a.ics', whole: true, dates })
    const take = (now: string, ...dates: IncomingDate[]) =>
      inTx(db, (tx) => takeCalendar({ tx, now, by: { said: 'a calendar' } }, edition, calendar(...dates)))
    await take(MONDAY, told('a', '2027-01-10'))
    const later = [told('a', '2027-01-20', 1), told('b', '2027-01-15')]
    await take(TUESDAY, ...later)

    await inTx(db, (tx) => rewind(tx, MONDAY))
    expect((await datesOfEdition(db.read, 'e1')).map(({ title, day }) => [title, day])).toEqual([
      ['Abstracts a', '2027-01-10'],
    ])
    expect((await calendarDatesOf(db.read, 'e1')).map(({ uid }) => uid)).toEqual(['a'])
    const { add, change } = await proposeCalendar(db.read, 'e1', calendar(...later), MONDAY)
    expect([add.map(({ uid }) => uid), change.map(({ what }) => what)]).toEqual([['b'], [['when']]])
    await take(TUESDAY, ...later)
    expect((await datesOfEdition(db.read, 'e1')).map(({ title, day }) => [title, day])).toEqual([
      ['Abstracts b', '2027-01-15'],
      ['Abstracts a', '2027-01-20'],
    ])
  })
})
