import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Instant } from '@cme-commons/core'
import Database from 'better-sqlite3'
import { DbError, explained } from './error.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { open } from './open.ts'
import { quarantine } from './quarantine.ts'
import { inTx } from './tx.ts'

/** What a backup holds: the last step of its schema, and how many rows each table has. */
export type BackedUp = { schema: string; rows: Record<string, number> }

/**
 * Copies a SQLite database that may be in use to a file that is not there yet, and checks the copy: whole, the same schema, as many rows.
 * Throws a `DbError`; a copy that is not good is not left behind.
 */
export async function backupSqlite(from: string, to: string): Promise<BackedUp> {
  const part = `${to}.part`
  if (existsSync(to)) throw new DbError('exists', `${to} is there already: name another file, or delete it first.`)
  try {
    const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 5_000 })
    try {
      const before = look(source)
      // All pages in one step: a writer in between would make it begin anew.
      await source.backup(part, { progress: () => 2 ** 30 })
      const copy = checked(part)
      const after = look(source)
      const off = Object.keys(before.rows).filter(
        (table) => !between(copy.rows[table], before.rows[table], after.rows[table]),
      )
      if (off.length > 0 || copy.schema !== before.schema)
        throw new DbError(
          'damaged',
          `The copy differs from ${from} (${off.join(', ') || 'schema'}): try again, to another disk.`,
        )
      renameSync(part, to)
      return copy
    } finally {
      source.close()
    }
  } catch (error) {
    throw explained(error, from)
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(part + ending, { force: true })
  }
}

const between = (value = -1, one = 0, other = 0): boolean =>
  value >= Math.min(one, other) && value <= Math.max(one, other)

/** Opens a backup and looks whether it can be used. Throws a `DbError`. */
export function checked(file: string): BackedUp {
  if (!existsSync(file)) throw new DbError('no-such-file', `There is no file ${file}: check the path of the backup.`)
  try {
    const db = new Database(file, { fileMustExist: true })
    try {
      db.pragma('journal_mode = delete')
      const [found] = db.pragma('integrity_check(1)', { simple: false }) as { integrity_check: string }[]
      const loose = db.pragma('foreign_key_check') as unknown[]
      if (found?.integrity_check !== 'ok' || loose.length > 0)
        throw new DbError('damaged', `${file} is damaged (${found?.integrity_check}): use another backup.`)
      return look(db)
    } finally {
      db.close()
    }
  } catch (error) {
    throw explained(error, file)
  }
}

function look(db: Database.Database): BackedUp {
  const tables = db
    .prepare(
      `select name from sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like 'sqlite_%'
        and name not like 'item_words_%' order by name`,
    )
    .pluck()
    .all() as string[]
  const count = (table: string) => db.prepare(`select count(*) from "${table}"`).pluck().get() as number
  if (!tables.includes('migrations'))
    throw new DbError('not-a-database', `${db.name} is no CME Commons database: choose another file.`)
  const schema = db.prepare('select max(name) from migrations').pluck().get() as string
  return { schema, rows: Object.fromEntries(tables.map((table) => [table, count(table)])) }
}

/**
 * Puts a backup in the place of a SQLite database that nobody uses, brought up to date and in quarantine. What was there is moved aside;
 * answers where to. Throws a `DbError`, and then nothing has changed.
 */
export async function restoreSqlite(
  file: string,
  to: string,
  now: Instant,
): Promise<{ backup: BackedUp; aside?: string }> {
  const place = resolve(to)
  const part = `${place}.restoring`
  await unused(place)
  for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true })
  if (!existsSync(file)) throw new DbError('no-such-file', `There is no file ${file}: check the path of the backup.`)
  try {
    copyFileSync(file, part)
  } catch (error) {
    throw explained(error, part)
  }
  try {
    const backup = checked(part)
    if (!migrations.some(([name]) => name === backup.schema))
      throw new DbError(
        'newer',
        `${file} belongs to a newer version of CME Commons (${backup.schema}): update the program.`,
      )
    const db = await open(part)
    try {
      await migrate(db, now)
      await inTx(db, (tx) => quarantine(tx, now))
    } finally {
      await db.close()
    }
    checked(part)
    const aside = `${place}.before-${now.replace(/[:.]/g, '-')}`
    const there = existsSync(place)
    for (const ending of ['', '-wal', '-shm'])
      if (existsSync(place + ending)) renameSync(place + ending, aside + ending)
    renameSync(part, place)
    return { backup, ...(there ? { aside } : {}) }
  } finally {
    for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true })
  }
}

/** Throws when a program serves this database. One that is damaged is nobody's. */
async function unused(path: string) {
  if (!existsSync(path)) return
  try {
    const db = await open(path, { alone: true })
    await db.close()
  } catch (error) {
    if (!(error instanceof DbError) || error.trouble !== 'not-a-database') throw error
  }
}
