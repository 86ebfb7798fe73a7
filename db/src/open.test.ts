import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshPostgres } from '../../test/support/databases.ts'
import { migrate } from './migrate.ts'
import { open } from './open.ts'
import { putSetting, setting } from './settings.ts'
import { inTx } from './tx.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cme-open-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const trouble = (url: string, options = {}) =>
  open(url, options).then(
    async (db) => {
      await db.close()
      return 'none'
    },
    ({ trouble, message }) => [trouble, message],
  )

test('the folder of a new database is made, by either form of its address', async () => {
  expect(await trouble(`sqlite:${folder}/a/b/cme.db`)).toBe('none')
  expect(await trouble(`${folder}/c/cme.db`)).toBe('none')
})

test('what is no database gets one line that says what to do', async () => {
  expect(await trouble(folder)).toEqual(['is-a-directory', expect.stringMatching(/is a folder: name a file inside it/)])
  writeFileSync(join(folder, 'notes.txt'), 'these are notes, long enough to be read as a header of a file'.repeat(20))
  expect(await trouble(join(folder, 'notes.txt'))).toEqual([
    'not-a-database',
    expect.stringMatching(/choose another file/),
  ])
  writeFileSync(join(folder, 'file'), '')
  expect(await trouble(join(folder, 'file/cme.db'))).toEqual(['read-only', expect.stringMatching(/write access/)])
  expect(await trouble('mysql://root:secret@host/db')).toEqual(['bad-address', expect.not.stringMatching(/secret/)])
})

test('a folder that may not be written to', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o555)
  chmodSync(folder, 0o755)
  // Root may write everywhere, so another user tries.
  const script = `import { open } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)}
    await open(${JSON.stringify(join(closed, 'cme.db'))}).catch((e) => console.log(e.trouble, e.message))`
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { ...user, encoding: 'utf8' })
  expect(stdout).toMatch(
    /^read-only Cannot write to .*closed\/cme\.db: give the user that runs the program write access/,
  )
})

test('one process serves a file; short commands may open it beside', async () => {
  const path = join(folder, 'cme.db')
  const first = await open(path, { alone: true })
  expect(await trouble(path, { alone: true })).toEqual(['in-use', expect.stringMatching(/already running on/)])
  expect(await trouble(path)).toBe('none')
  await first.close()
  expect(await trouble(path, { alone: true })).toBe('none')
})

test('the process that serves leaves nothing behind when it is killed', async () => {
  const path = join(folder, 'cme.db')
  const script = `import { open } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)}
    await open(${JSON.stringify(path)}, { alone: true })
    process.kill(process.pid, 'SIGKILL')`
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script])).toMatchObject({ signal: 'SIGKILL' })
  expect(await trouble(path, { alone: true })).toBe('none')
})

test('a reader never waits for a transaction, and sees only what was committed', async () => {
  const db = await open(join(folder, 'cme.db'))
  await migrate(db, '2026-11-23T08:00:00.000Z')
  await inTx(db, async (tx) => {
    await putSetting(tx, 'try/clock', 'moved')
    expect(await setting(tx, 'try/clock')).toBe('moved')
    expect(await setting(db.read, 'try/clock')).toBeUndefined()
  })
  expect(await setting(db.read, 'try/clock')).toBe('moved')
  await expect(db.read.deleteFrom('settings').execute()).rejects.toThrow(/readonly/)
  await db.close()
})

test('a statement that was prepared before a change of the schema sees the change', async () => {
  const db = await open(join(folder, 'cme.db'))
  await migrate(db, '2026-11-23T08:00:00.000Z')
  await inTx(db, (tx) => putSetting(tx, 'a', '1'))
  const all = () => db.read.selectFrom('settings').selectAll().execute()
  expect(await all()).toEqual([{ name: 'a', value: '1' }])
  await inTx(db, (tx) => sql`alter table settings add column note text`.execute(tx))
  expect(await all()).toEqual([{ name: 'a', value: '1', note: null }])
  await db.close()
})

test('a PostgreSQL that is away, refuses us, or has no such database', async () => {
  const { url } = await freshPostgres()
  const wrong = new URL(url)
  wrong.port = '1'
  expect(await trouble(wrong.href)).toEqual(['unreachable', expect.stringMatching(/check that it runs/)])
  const missing = new URL(url)
  missing.pathname = '/nothing-here'
  expect(await trouble(missing.href)).toEqual(['no-such-database', expect.stringMatching(/create it/)])
  const stranger = new URL(url)
  stranger.password = 'guessed'
  const refused = await trouble(stranger.href)
  expect(refused).toEqual(['refused', expect.stringMatching(/user name or password/)])
  expect(refused[1]).not.toMatch(/guessed/)
})
