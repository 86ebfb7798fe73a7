import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { backupSqlite, checked, restoreSqlite, schemaState } from '@cme-commons/db'
import { sql } from 'kysely'
import { backupPostgres, isPostgres, restorePostgres, rowsOf, type Told, withDb } from './postgres.ts'

/** What a restore itself changes. */
const CHANGED = new Set(['migrations', 'settings', 'leases', 'address_heads', 'lane_pauses', 'slots'])

/**
 * Makes a backup, restores it into a place of its own, looks whether everything came back, and leaves nothing behind. The program may run
 * meanwhile. `folder` is where the files go for so long: beside the database when left out.
 */
export async function rehearse(database: string, now: string, folder?: string): Promise<Told> {
  const path = database.replace(/^sqlite:/, '')
  const beside = folder ?? (isPostgres(database) ? '.' : dirname(resolve(path)))
  const place = mkdtempSync(join(beside, '.cme-rehearsal-'))
  try {
    return isPostgres(database) ? await onPostgres(database, place, now) : await onSqlite(path, place, now)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

async function onSqlite(path: string, place: string, now: string): Promise<Told> {
  const file = join(place, 'backup.db')
  const restored = join(place, 'restored.db')
  const began = performance.now()
  const backup = await backupSqlite(path, file)
  const between = performance.now()
  await restoreSqlite(file, restored, now)
  const back = checked(restored)
  const off = differing(backup.rows, back.rows, backup.schema === back.schema)
  if (off.length > 0) return { ok: false, say: `The backup came back otherwise: ${off.join(', ')}. Look at the disk.` }
  return { ok: true, say: report(file, backup.rows, back.schema, between - began, performance.now() - between) }
}

async function onPostgres(url: string, place: string, now: string): Promise<Told> {
  const file = join(place, 'backup.dump')
  const began = performance.now()
  const before = await withDb(url, rowsOf)
  const made = await backupPostgres(url, file)
  if (!made.ok) return made
  const after = await withDb(url, rowsOf)
  const between = performance.now()
  const name = `cme_rehearsal_${process.pid}_${Date.now()}`
  const elsewhere = new URL(url)
  elsewhere.pathname = `/${name}`
  try {
    await withDb(url, (db) => sql`create database ${sql.id(name)}`.execute(db.write))
  } catch (error) {
    return {
      ok: false,
      say: `The backup is good, but no database can be made to try it in (${(error as Error).message}): let this user create databases, as in "alter role … createdb".`,
    }
  }
  try {
    const told = await restorePostgres(elsewhere.href, file, now, false)
    if (!told.ok) return told
    const back = await withDb(elsewhere.href, rowsOf)
    const schema = await withDb(elsewhere.href, async (db) => (await schemaState(db)).done.at(-1) ?? '')
    // Who works meanwhile adds rows and takes some away: what came back lies between what there was before and after.
    const off = Object.keys(before).filter(
      (table) => !CHANGED.has(table) && !lies(back[table], before[table], after[table]),
    )
    if (off.length > 0) return { ok: false, say: `The backup came back otherwise: ${off.join(', ')}. Try again.` }
    return { ok: true, say: report(file, back, schema, between - began, performance.now() - between) }
  } finally {
    await withDb(url, (db) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(db.write))
  }
}

const lies = (value = -1, one = 0, other = 0): boolean => value >= Math.min(one, other) && value <= Math.max(one, other)

function differing(was: Record<string, number>, is: Record<string, number>, sameSchema: boolean): string[] {
  return Object.keys(was).filter((table) =>
    CHANGED.has(table) ? false : sameSchema ? is[table] !== was[table] : is[table] === undefined,
  )
}

const report = (file: string, rows: Record<string, number>, schema: string, made: number, restored: number): string =>
  [
    `A backup of ${(statSync(file).size / 1_048_576).toFixed(1)} MB was made in ${seconds(made)} and restored in ${seconds(restored)}:`,
    `${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows in ${Object.keys(rows).length} tables came back, schema ${schema}, whole. Nothing of it is left.`,
  ].join('\n')

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
