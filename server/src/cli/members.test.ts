import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inTx, makeMember, putSpace } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { freshSqlite } from '../../../test/support/databases.ts'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const AT = '2026-11-23T12:00:00.000Z'
const who = (name: string) => ({ name, track: 'program', region: null, zone: null, made_at: AT })

test('members export: one space at a time, a line a member, no formulas', async () => {
  const { url, open } = await freshSqlite()
  const db = await open()
  const cme = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: url }
    const { stdout, stderr, status } = spawnSync(process.execPath, [CME, 'members', 'export', ...args], {
      encoding: 'utf8',
      env,
    })
    return { out: stdout, err: stderr, code: status }
  }
  const enter = (id: string, name: string) =>
    inTx(db, async (tx) => {
      await putSpace(tx, { id, platform: 'try', name: id, zone: 'UTC', moderators: null, made_at: AT })
      await makeMember(tx, id, name.toLowerCase(), who(name))
    })
  await enter('north', '@Ana, "Nan"')
  expect(cme().out.split('\r\n').slice(1)).toEqual([
    expect.stringMatching(/^"'@Ana, ""Nan""","'@ana, ""nan""",Program Developers,,,,,0,/),
    '',
  ])
  await enter('south', 'Ben')
  expect(cme()).toMatchObject({ code: 1, err: expect.stringContaining('one of north, south') })
  expect(cme('--space', 'west')).toMatchObject({ code: 1, err: expect.stringContaining('no space "west"') })
  const south = cme('--space', 'south')
  expect(south.out).toContain('\r\nBen,ben,')
  expect(south.out).not.toContain('Ana')
})
