import { calendarAnswered, editionOf, proposeCalendar, rewind, takeCalendar } from '@cme-commons/app'
import { DAY, type IncomingDate, plus } from '@cme-commons/core'
import { calendarDatesOf, datesOfEdition, findCalendarSource, findEdition, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator } from '../support/world.ts'

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

  test('an edition that was made ahead of the clock goes with the calendar it follows; what was taken of another is shown again', async () => {
    const { db, enter, perform } = await conferenceWorld(await (await fresh()).open(), MONDAY)
    const said = { zone: 'America/Chicago', href: 'https://example.org', days: '' }
    const submit = (edition: string, now: string) =>
      perform(
        moderator,
        { do: 'form.submit', form: `plan.calendar:${edition}`, answers: { address: 'https://example.org/a.ics' } },
        now,
      )
    await enter('plan.edition:sacme', { name: 'SACME 2027', ...said })
    await submit('e1', MONDAY)
    const validators = { etag: 'x', bodyHash: 'x' }
    const read = async (now: string) =>
      inTx(db, async (tx) =>
        calendarAnswered(
          tx,
          (await findCalendarSource(tx, 'k1'))!,
          { kind: 'calendar', dates: [told('a', '2027-01-10')], validators },
          now,
          async () => {},
        ),
      )
    await read(MONDAY)
    const key = (await findCalendarSource(db.read, 'k1'))!.pending_key!
    await perform(moderator, { do: 'calendar.take', source: 'k1', key }, TUESDAY)
    await enter('plan.edition:sacme', { name: 'SACME 2028', ...said }, TUESDAY)
    await submit('e2', TUESDAY)

    await inTx(db, (tx) => rewind(tx, MONDAY))
    expect(await findEdition(db.read, 'e2')).toBeUndefined()
    expect(await findCalendarSource(db.read, 'k2')).toBeUndefined()
    expect(await datesOfEdition(db.read, 'e1')).toEqual([])
    expect(await findCalendarSource(db.read, 'k1')).toMatchObject({ next_at: MONDAY, body_hash: null })
    await read(MONDAY)
    expect(await findCalendarSource(db.read, 'k1')).toMatchObject({ pending_key: key })
  })
})
