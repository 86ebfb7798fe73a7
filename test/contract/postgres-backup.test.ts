import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { open, quarantined } from '@cme-commons/db'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { apiHouse, store } from '../support/api-house.ts'
import { freshPostgres } from '../support/databases.ts'

const CME = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

function cme(url: string, path: string | undefined, ...args: string[]) {
  const env = { PATH: path, DATABASE_URL: url, NO_COLOR: '1' }
  const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { encoding: 'utf8', env })
  return { out: stdout, err: stderr.trim(), code: status }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-dump-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('without PostgreSQL’s own tools a backup says what to install and leaves nothing behind', async () => {
  const { url, open: opened } = await freshPostgres()
  await (await opened()).close()
  const file = join(folder(), 'cme.dump')
  const { code, err } = cme(url, '/nowhere', 'backup', file)
  expect([code, err]).toEqual([1, expect.stringContaining('pg_dump is not installed: install')])
  expect(existsSync(file)).toBe(false)
})

test('with tools as new as the server a backup is restored in quarantine; older ones are refused with what to do', async () => {
  const from = await freshPostgres()
  const db = await from.open()
  await apiHouse(db)
  await store(db, [{ title: 'A rule about backups' }])
  const version = await sql<{ v: number }>`select current_setting('server_version_num')::integer / 10000 as v`.execute(
    db.read,
  )
  await db.close()
  const tools = /(\d+)\./.exec(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]
  const file = join(folder(), 'cme.dump')
  const made = cme(from.url, process.env.PATH, 'backup', file)
  if (!tools || Number(tools) < version.rows[0]!.v) {
    expect([made.code, made.err]).toEqual([1, expect.stringMatching(/is not installed|is older than the server/)])
    expect(existsSync(file)).toBe(false)
    return
  }
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('tables, readable') })
  const to = await freshPostgres()
  expect(cme(to.url, process.env.PATH, 'restore', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('--replace'),
  })
  expect(cme(to.url, process.env.PATH, 'restore', '--replace', file).code).toBe(0)
  const restored = await open(to.url)
  onTestFinished(() => restored.close())
  expect(await quarantined(restored.read)).toBeDefined()
  expect(cme(to.url, process.env.PATH, 'news', 'search', 'backups').out).toContain('A rule about backups')
})
