import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { datesOfEdition, migrate, open } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { calendarIn } from '../../../test/support/calendar-house.ts'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const AT = '2026-11-23T08:00:00.000Z'
const event = (uid: string, ...lines: string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT']
const calendar = (...events: string[][]) =>
  ['BEGIN:VCALENDAR', 'X-WR-CALNAME:Annual meeting', ...events.flat(), 'END:VCALENDAR'].join('\r\n')

/** The command line on a database with the edition `e1`, and files beside it. */
async function started() {
  const folder = mkdtempSync(join(tmpdir(), 'cme-calendar-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cme.db')
  const db = await open(file)
  onTestFinished(() => db.close())
  await migrate(db, AT)
  await calendarIn(db, AT, [])
  const cme = (...args: string[]) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: file }
    const { stdout, stderr, status } = spawnSync(process.execPath, [CME, 'conferences', 'import', ...args], {
      encoding: 'utf8',
      env,
      cwd: folder,
    })
    return { out: stdout, err: stderr.trim(), code: status }
  }
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  return { db, cme, write }
}

test('a calendar is shown with what it will do, and taken with --yes alone; a broken one is taken not at all', async () => {
  const { db, cme, write } = await started()
  const abstracts = event('a', 'SUMMARY:Abstracts due', 'DTSTART;TZID=Eastern Standard Time:20300115T170000')
  write(
    'one.ics',
    calendar(abstracts, event('w', 'SUMMARY:Weekly call', 'DTSTART:20300101T100000Z', 'RRULE:FREQ=WEEKLY')),
  )
  expect(cme('one.ics')).toMatchObject({
    code: 1,
    err: 'Say whose dates these are with --edition and one of:\n  e1  SACME 2027 (Try)',
  })
  const shown = cme('one.ics', '--edition', 'e1')
  expect(shown.code).toBe(0)
  expect(shown.out).toContain('  + 2030-01-15 17:00 America/New_York  Abstracts due (')
  expect(shown.out).toContain(
    '  left out, line 12: “Weekly call” repeats: give each day that counts as an event of its own.',
  )
  expect(shown.out).toContain('Nothing is changed yet: say it again with --yes to take it.')
  expect(await datesOfEdition(db.read, 'e1')).toEqual([])

  expect(cme('one.ics', '--edition', 'e1', '--yes').out).toContain('Taken: 1 date of SACME 2027.')
  expect(cme('one.ics', '--edition', 'e1', '--yes').out).toContain('Nothing to take.')
  write('two.ics', calendar(abstracts.map((line) => line.replace('20300115', '20300122'))))
  expect(cme('two.ics', '--edition', 'e1', '--yes').out).toContain(
    '  ~ Abstracts due: 2030-01-15 17:00 America/New_York becomes 2030-01-22 17:00 America/New_York',
  )
  write(
    'three.ics',
    calendar(event('n', 'SUMMARY:New', 'DTSTART:20300301'), event('b', 'SUMMARY:Bad', 'DTSTART:2030-03-01')),
  )
  const refused = cme('three.ics', '--edition', 'e1', '--yes')
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing was taken:\n  three.ics:11 this is no date:'),
  })
  expect((await datesOfEdition(db.read, 'e1')).map(({ title }) => title)).toEqual(['Abstracts due'])
})
