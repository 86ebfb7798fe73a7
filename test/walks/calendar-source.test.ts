import { createHash } from 'node:crypto'
import { DAY, type Instant, plain, plus } from '@cme-commons/core'
import { type Db, findCalendarSource, listWaiting } from '@cme-commons/db'
import { pollCalendars } from '@cme-commons/server'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, sara, titleOf, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const later = (days: number): Instant => plus(NOW, days * DAY)
const event = (uid: string, day: string, title: string, sequence = 0) =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20261101T000000Z',
    `SEQUENCE:${sequence}`,
    `DTSTART;VALUE=DATE:${day}`,
    `SUMMARY:${title}`,
    'END:VEVENT',
  ].join('\r\n')
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//o//o//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')
const abstracts = (day: string, sequence = 0) => event('abstracts@o', day, 'Abstracts due', sequence)

/** A server of an organiser, whose calendar is what `text` says at the time. */
async function organiser() {
  const is = { text: calendar(abstracts('20270115')), status: 200, asked: 0 }
  const server = await new Promise<ReturnType<typeof serve>>((done) => {
    const one = serve(
      {
        port: 0,
        hostname: '127.0.0.1',
        fetch: (request) => {
          is.asked++
          const etag = `"${createHash('sha1').update(is.text).digest('hex')}"`
          if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304 })
          return new Response(is.text, { status: is.status, headers: { 'content-type': 'text/calendar', etag } })
        },
      },
      () => done(one),
    )
  })
  onTestFinished(() => void server.close())
  const { port } = server.address() as { port: number }
  return Object.assign(is, { url: `http://127.0.0.1:${port}/meeting.ics`, port })
}

describeEachDatabase((fresh) => {
  async function started() {
    const world = await worldOn(await (await fresh()).open(), NOW)
    const there = await organiser()
    const edition = await editionOf(world)
    const poll = (at: Instant) =>
      pollCalendars(
        { db: world.db, wake: async () => {}, reader: { userAgent: 'test', allow: [`127.0.0.1:${there.port}`] } },
        at,
      )
    await world.press(
      moderator,
      { do: 'form.submit', form: `plan.calendar:${edition}`, answers: { address: there.url } },
      NOW,
    )
    return { ...world, there, edition, poll, source: () => findCalendarSource(world.db.read, 'k1') }
  }

  test('a followed calendar is read, shown before it is taken, and followed from then on', async () => {
    const { press, poll, there, db, source, edition } = await started()
    expect(await poll(NOW)).toBe(1)
    expect(await told(db)).toEqual(['The calendar of SACME 2027 changed'])
    const { pending_key: key } = (await source())!
    const shown = await press(moderator, { do: 'calendar.changes', source: 'k1' }, NOW)
    expect(plain((shown as { say: never }).say)).toContain('New: 2027-01-15 Abstracts due')
    expect(await datesOf(db, edition)).toEqual([])
    expect(titleOf(await press(sara, { do: 'calendar.take', source: 'k1', key: key! }, NOW))).toMatch(/moderators/i)
    await press(moderator, { do: 'calendar.take', source: 'k1', key: key! }, NOW)
    await press(moderator, { do: 'calendar.take', source: 'k1', key: key! }, NOW)
    expect(await datesOf(db, edition)).toEqual(['2027-01-15 Abstracts due'])

    expect(await poll(later(0.5))).toBe(0)
    await poll(later(1.1))
    expect(await told(db)).toHaveLength(1)
    there.text = calendar(abstracts('20270122', 1))
    await poll(later(2.2))
    await poll(later(3.3))
    expect(await told(db)).toHaveLength(2)
    expect(await datesOf(db, edition)).toEqual(['2027-01-15 Abstracts due'])
    const moved = (await source())!.pending_key!
    await press(moderator, { do: 'calendar.take', source: 'k1', key: 'another' }, later(3.4))
    expect(await datesOf(db, edition)).toEqual(['2027-01-15 Abstracts due'])
    await press(moderator, { do: 'calendar.take', source: 'k1', key: moved }, later(3.4))
    expect(await datesOf(db, edition)).toEqual(['2027-01-22 Abstracts due'])
  })

  test('what was declined is not asked again until the calendar tells something else', async () => {
    const { press, poll, there, db, source } = await started()
    await poll(NOW)
    await press(moderator, { do: 'calendar.decline', source: 'k1', key: (await source())!.pending_key! }, NOW)
    there.text = `${calendar(abstracts('20270115'))}\r\n`
    await poll(later(1.1))
    expect(await told(db)).toHaveLength(1)
    there.text = calendar(abstracts('20270116', 2))
    await poll(later(2.2))
    expect(await told(db)).toHaveLength(2)
    await press(moderator, { do: 'calendar.leave', source: 'k1' }, later(2.3))
    expect(await poll(later(9))).toBe(0)
  })

  test('a calendar that cannot be read is told once, as is its return; half of it is never taken', async () => {
    const { press, poll, there, db, source, edition } = await started()
    there.text = calendar(abstracts('20270115'), 'BEGIN:VEVENT', 'UID:x', 'DTSTART:soon', 'END:VEVENT')
    let at = NOW
    for (let n = 0; n < 6; n++) {
      await poll(at)
      at = (await source())!.next_at
    }
    expect(await told(db)).toEqual(['A calendar of SACME 2027 cannot be read'])
    expect((await source())!.trouble).toMatch(/Line \d+/)
    expect(await datesOf(db, edition)).toEqual([])
    there.text = calendar(abstracts('20270115'))
    await poll(at)
    expect((await told(db)).sort()).toEqual([
      'A calendar of SACME 2027 cannot be read',
      'A calendar of SACME 2027 is back',
      'The calendar of SACME 2027 changed',
    ])
    const answer = { do: 'form.submit', form: `plan.calendar:${edition}`, answers: { address: 'soon' } } as const
    expect(await press(moderator, answer, at)).toMatchObject({
      refuse: 'bad-answer',
      fields: { address: expect.any(String) },
    })
  })
})

async function editionOf({ press, db }: Awaited<ReturnType<typeof worldOn>>): Promise<string> {
  const answers = { name: 'SACME 2027', zone: 'America/New_York', place: '', href: '', days: '' }
  await press(moderator, { do: 'form.submit', form: 'plan.edition:sacme', answers }, NOW)
  const draft = await db.read.selectFrom('drafts').select('id').executeTakeFirstOrThrow()
  await press(moderator, { do: 'plan.save', draft: draft.id }, NOW)
  return (await db.read.selectFrom('editions').select('id').executeTakeFirstOrThrow()).id
}

async function told(db: Db): Promise<string[]> {
  const waiting = await listWaiting(db.read, '2030-01-01T00:00:00.000Z', 100)
  return waiting.flatMap(({ key, effect }) =>
    key.startsWith('calendar/') && effect.kind === 'message' ? [effect.card.title] : [],
  )
}

async function datesOf(db: Db, edition: string): Promise<string[]> {
  const rows = await db.read.selectFrom('conference_dates').selectAll().where('edition', '=', edition).execute()
  return rows.filter(({ gone_at }) => gone_at === null).map(({ day, title }) => `${day} ${title}`)
}
