import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { backupSqlite, type Db, DbError, migrate, schemaState } from '@cme-commons/db'
import type { Config } from '../config.ts'
import { backupPostgres, isPostgres } from './postgres.ts'

/** The steps that were taken, and the file with what was there before, where a backup was made. */
export type Upgraded = { taken: string[]; backup?: string }

/** So many backups of before an upgrade are kept; older ones go. */
const KEPT = 3
const MARK = '.before-upgrade-'

/**
 * Brings a database up to date. One that has something in it is backed up first, beside its file or in `BACKUP_DIR`; where that cannot be
 * done nothing is changed. Throws a `DbError` with one line for the operator.
 */
export async function upgrade(
  db: Db,
  config: Pick<Config, 'database' | 'backupDir' | 'upgradeBackup'>,
  now: string,
): Promise<Upgraded> {
  const { done, open, newer } = await schemaState(db)
  if (done.length === 0 || open.length === 0 || newer.length > 0 || config.upgradeBackup === 'off')
    return { taken: await migrate(db, now) }
  const backup = await backupBefore(db, config, now)
  return { taken: await migrate(db, now), ...(backup ? { backup } : {}) }
}

async function backupBefore(
  db: Db,
  { database, backupDir }: Pick<Config, 'database' | 'backupDir'>,
  now: string,
): Promise<string | undefined> {
  const path = resolve(database.replace(/^sqlite:/, ''))
  const folder = backupDir ? resolve(backupDir) : isPostgres(database) ? resolve('data') : dirname(path)
  const name = isPostgres(database) ? new URL(database).pathname.slice(1) : basename(path)
  const file = join(folder, `${name}${MARK}${now.replace(/[:.]/g, '-')}`)
  const trouble = await make(database, path, folder, file)
  // Of two processes that start at once, one may find that the other was faster.
  if (trouble && (await schemaState(db)).open.length === 0) return undefined
  if (trouble)
    throw new DbError(
      'no-backup',
      `${db.where} is to be upgraded and is backed up first, but: ${trouble} Nothing was changed. Mend that, or make a backup of your own and start once with UPGRADE_BACKUP=off.`,
    )
  forgetOld(folder, name)
  return file
}

/** What stood in the way, if anything did. */
async function make(database: string, path: string, folder: string, file: string): Promise<string | undefined> {
  const there = existsSync(folder)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isPostgres(database)) await backupSqlite(path, file)
    else {
      const told = await backupPostgres(database, file)
      if (!told.ok) throw new Error(told.say)
    }
    return undefined
  } catch (error) {
    if (!there) rmSync(folder, { recursive: true, force: true })
    return error instanceof Error ? error.message : String(error)
  }
}

function forgetOld(folder: string, name: string): void {
  const ours = readdirSync(folder).filter((file) => file.startsWith(name + MARK) && !file.endsWith('.part'))
  for (const file of ours.sort().slice(0, -KEPT)) rmSync(join(folder, file), { force: true })
}
