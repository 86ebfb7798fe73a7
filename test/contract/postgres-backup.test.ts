import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inTx, migrate, open, quarantined, schemaState } from '@cme-commons/db'
import { sql } from 'kysely'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { backupPostgres, restorePostgres } from '../../server/src/backup/postgres.ts'
import { rehearse } from '../../server/src/backup/rehearse.ts'
import { upgrade } from '../../server/src/backup/upgrade.ts'
import { apiHouse, NOW, store } from '../support/api-house.ts'
import { freshPostgres } from '../support/databases.ts'
import { databaseAt, databasesAt, postgresWithTools, startWithTools } from '../support/postgres-tools.ts'

const CME = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

function cme(url: string, path: string, args: string[]) {
  const env = { PATH: path, DATABASE_URL: url, NO_COLOR: '1' }
  const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { encoding: 'utf8', env })
  return { out: stdout, err: stderr.trim(), code: status }
}

/** Where the tools are looked for until the test ends. */
const toolsAt = (path: string) => {
  vi.stubEnv('PATH', path)
  onTestFinished(() => void vi.unstubAllEnvs())
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-dump-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('without PostgreSQL’s own tools a backup says what to install and leaves nothing behind', async () => {
  const { url, open: opened } = await freshPostgres()
  await (await opened()).close()
  const at = folder()
  expect(cme(url, '/nowhere', ['backup', join(at, 'cme.dump')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('pg_dump is not installed: install'),
  })
  toolsAt('/nowhere')
  expect(await rehearse(url, NOW, at)).toMatchObject({ ok: false, say: expect.stringContaining('pg_dump') })
  expect(readdirSync(at)).toEqual([])
})

const bin = postgresWithTools()

describe.skipIf(!bin && !process.env.CI_NO_SKIP)('with a PostgreSQL that has its tools', () => {
  if (!bin) return test('there is one', () => expect(bin, 'install the package postgresql').toBeDefined())
  let server: ReturnType<typeof startWithTools> | undefined
  let model: Promise<string> | undefined
  let made = 0
  const path = `${bin}:${process.env.PATH}`
  const running = () => (server ??= startWithTools(bin))
  const fresh = async () => databaseAt((await running()).url, `cme_${++made}`)
  afterAll(async () => (await server)?.stop())

  /** A database with something in it; all are copies of one. */
  async function filled(): Promise<string> {
    model ??= fresh().then(async (url) => {
      const db = await open(url)
      await migrate(db, NOW)
      await apiHouse(db)
      await store(db, [{ title: 'A rule about backups' }])
      await db.close()
      return new URL(url).pathname.slice(1)
    })
    return databaseAt((await running()).url, `cme_${++made}`, await model)
  }

  test('a backup is restored in quarantine, into another database or with --replace over what is there', async () => {
    const from = await filled()
    const file = join(folder(), 'cme.dump')
    expect(cme(from, path, ['backup', file])).toMatchObject({
      code: 0,
      out: expect.stringContaining('tables, readable'),
    })
    expect(cme(from, path, ['backup', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    })
    toolsAt(path)
    for (const to of [await fresh(), await filled()]) {
      const db = await open(to)
      const full = (await schemaState(db)).done.length > 0
      await db.close()
      if (full)
        expect(await restorePostgres(to, file, NOW, false)).toMatchObject({ say: expect.stringContaining('--replace') })
      expect(await restorePostgres(to, file, NOW, full)).toMatchObject({ ok: true })
      const restored = await open(to)
      onTestFinished(() => restored.close())
      expect(await quarantined(restored.read)).toBe(NOW)
      expect((await schemaState(restored)).open).toEqual([])
      const items = await restored.read.selectFrom('items').select('title').execute()
      expect(items).toEqual([{ title: 'A rule about backups' }])
    }
  })

  test('a rehearsal brings everything back in a database of its own, and leaves neither that nor a file', async () => {
    const url = await filled()
    const at = folder()
    toolsAt(path)
    const before = await databasesAt(url)
    expect(await rehearse(url, NOW, at)).toMatchObject({
      ok: true,
      say: expect.stringMatching(/rows in \d+ tables came back/),
    })
    expect([await databasesAt(url), readdirSync(at)]).toEqual([before, []])
    const db = await open(url)
    const weak = `weak_${made}`
    await sql`create role ${sql.id(weak)} login`.execute(db.write)
    await sql`grant all on all tables in schema public to ${sql.id(weak)}`.execute(db.write)
    await db.close()
    const other = new URL(url)
    other.username = weak
    expect(await rehearse(other.href, NOW, at)).toMatchObject({ ok: false, say: expect.stringContaining('createdb') })
    expect(readdirSync(at)).toEqual([])
  })

  test('before an upgrade the database is backed up; without the tools nothing is changed', async () => {
    const database = await filled()
    const at = folder()
    const db = await open(database)
    onTestFinished(() => db.close())
    const back = () =>
      inTx(db, async (tx) => {
        await sql`drop table webhooks`.execute(tx)
        await sql`drop index deliveries_amiss`.execute(tx)
        await sql`delete from migrations where name = '0023-webhooks'`.execute(tx)
      })
    await back()
    const backupDir = join(at, 'kept')
    toolsAt('/nowhere')
    await expect(upgrade(db, { database, backupDir, upgradeBackup: 'on' }, NOW)).rejects.toMatchObject({
      trouble: 'no-backup',
      message: expect.stringMatching(/pg_dump is not installed.*Nothing was changed.*UPGRADE_BACKUP=off/),
    })
    expect([(await schemaState(db)).open, existsSync(backupDir)]).toEqual([['0023-webhooks'], false])
    expect(await upgrade(db, { database, backupDir, upgradeBackup: 'off' }, NOW)).toEqual({ taken: ['0023-webhooks'] })
    await back()
    toolsAt(path)
    const { taken, backup } = await upgrade(db, { database, backupDir, upgradeBackup: 'on' }, NOW)
    expect([taken, readdirSync(backupDir).length]).toEqual([['0023-webhooks'], 1])
    expect(await restorePostgres(await fresh(), backup!, NOW, false)).toMatchObject({ ok: true })
    // A damaged dump is no backup.
    expect(await backupPostgres(await fresh(), join(at, 'empty'))).toMatchObject({
      ok: false,
      say: expect.stringContaining('empty'),
    })
  })
})
