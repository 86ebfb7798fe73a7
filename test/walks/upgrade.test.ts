import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backupSqlite, checked, type Db, inTx, migrate, open, putSetting, schemaState, setting } from '@cme-commons/db'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { rehearse } from '../../server/src/backup/rehearse.ts'
import { upgrade } from '../../server/src/backup/upgrade.ts'
import { apiHouse, NOW, store } from '../support/api-house.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-upgrade-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function filled(at: string): Promise<Db> {
  const db = await open(join(at, 'cme.db'))
  onTestFinished(() => db.close().catch(() => {}))
  await migrate(db, NOW)
  await apiHouse(db)
  await store(db, [{ title: 'A rule about backups' }])
  return db
}

/** Makes the database one of a version before, as if its last steps were still to do. */
const olden = (db: Db) =>
  inTx(db, async (tx) => {
    await sql`drop table webhooks`.execute(tx)
    await sql`drop index deliveries_amiss`.execute(tx)
    await sql`delete from migrations where name = '0023-webhooks'`.execute(tx)
  })
const on = (at: string, more: { backupDir?: string; upgradeBackup?: 'on' | 'off' } = {}) => ({
  database: `sqlite:${join(at, 'cme.db')}`,
  backupDir: '',
  upgradeBackup: 'on' as const,
  ...more,
})
const backups = (at: string) => readdirSync(at).filter((name) => name.includes('.before-upgrade-'))

test('before an upgrade the database is backed up beside its file; the last three such backups are kept', async () => {
  const at = folder()
  const db = await filled(at)
  for (const day of [1, 2, 3, 4]) {
    await olden(db)
    await inTx(db, (tx) => putSetting(tx, 'day', String(day)))
    const now = `2026-12-0${day}T08:00:00.000Z`
    expect(await upgrade(db, on(at), now)).toEqual({
      taken: ['0023-webhooks'],
      backup: join(at, `cme.db.before-upgrade-2026-12-0${day}T08-00-00-000Z`),
    })
  }
  expect(backups(at).sort()).toEqual([2, 3, 4].map((day) => `cme.db.before-upgrade-2026-12-0${day}T08-00-00-000Z`))
  const kept = join(at, backups(at).sort()[1]!)
  expect(checked(kept).rows.items).toBe(1)
  const old = await open(kept)
  onTestFinished(() => old.close())
  expect([await setting(old.read, 'day'), (await schemaState(old)).open]).toEqual(['3', ['0023-webhooks']])
})

test('there is nothing to back up of a new database, of one that is up to date, or where the operator says so', async () => {
  const at = folder()
  const db = await open(join(at, 'cme.db'))
  onTestFinished(() => db.close())
  expect((await upgrade(db, on(at), NOW)).backup).toBeUndefined()
  expect(await upgrade(db, on(at), NOW)).toEqual({ taken: [] })
  await olden(db)
  expect(await upgrade(db, on(at, { upgradeBackup: 'off' }), NOW)).toEqual({ taken: ['0023-webhooks'] })
  expect(backups(at)).toEqual([])
})

test('where no backup can be made nothing is upgraded, and one line says what to do', async () => {
  const at = folder()
  const db = await filled(at)
  await olden(db)
  const file = join(at, 'a-file')
  await backupSqlite(join(at, 'cme.db'), file)
  await expect(upgrade(db, on(at, { backupDir: join(file, 'inside') }), NOW)).rejects.toMatchObject({
    trouble: 'no-backup',
    message: expect.stringMatching(/Nothing was changed.*UPGRADE_BACKUP=off/),
  })
  expect((await schemaState(db)).open).toEqual(['0023-webhooks'])
})

test('a rehearsal brings everything back, while the program works, and leaves nothing', async () => {
  const at = folder()
  const db = await filled(at)
  const before = readdirSync(at)
  expect(await rehearse(`sqlite:${join(at, 'cme.db')}`, NOW)).toEqual({
    ok: true,
    say: expect.stringMatching(
      /made in [\d.]+ s and restored in [\d.]+ s:\n\d+ rows in \d+ tables came back, schema \S+, whole/,
    ),
  })
  expect(readdirSync(at)).toEqual(before)
  expect(await setting(db.read, 'restored')).toBeUndefined()
  const elsewhere = join(at, 'elsewhere')
  mkdirSync(elsewhere)
  expect(await rehearse(`sqlite:${join(at, 'cme.db')}`, NOW, elsewhere)).toMatchObject({ ok: true })
  expect(readdirSync(elsewhere)).toEqual([])
})

test('a rehearsal of what is no database says so and leaves nothing', async () => {
  const at = folder()
  await expect(rehearse(`sqlite:${join(at, 'none.db')}`, NOW)).rejects.toMatchObject({ name: 'DbError' })
  expect([existsSync(join(at, 'none.db')), readdirSync(at)]).toEqual([false, []])
})
