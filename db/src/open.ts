import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import { fileVersion, snapshotVersion } from './data-version.ts'
import { postgres } from './dialect-postgres.ts'
import { type Schema, sqliteDialect } from './dialect-sqlite.ts'
import { DbError, explained } from './error.ts'
import type { Tables } from './tables.ts'
import type { Db } from './tx.ts'

/**
 * Opens `sqlite:./data/cme.db`, a plain path, or `postgres://…`, and makes the folder of a new file. `alone` is for the process that
 * serves: a second one on the same SQLite file is refused, while short commands open it beside. Throws a `DbError`.
 */
export async function open(url: string, { alone = false, onError = () => {} }: OpenOptions = {}): Promise<Db> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, onError)
  if (/^[a-z]+:\/\//i.test(url) || url.trim() === '')
    throw new DbError(
      'bad-address',
      `"${withoutSecrets(url)}" is no database address: use a file path, sqlite:./data/cme.db or postgres://…`,
    )
  return openSqlite(resolve(url.replace(/^sqlite:/, '')), alone)
}

/** `onError` hears of a PostgreSQL connection lost while idle; the pool replaces it. */
export type OpenOptions = { alone?: boolean; onError?: (error: Error) => void }

async function openSqlite(path: string, alone: boolean): Promise<Db> {
  const handles: Database.Database[] = []
  const keep = (handle: Database.Database) => {
    handles.push(handle)
    return handle
  }
  try {
    mkdirSync(dirname(path), { recursive: true })
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new DbError('is-a-directory', `${path} is a folder: name a file inside it, such as ${path}/cme.db.`)
    if (alone) lock(keep(new Database(`${path}.lock`, { timeout: 0 })), path)
    const schema: Schema = { version: 0 }
    const writer = keep(new Database(path, { timeout: 1_000 }))
    writer.pragma('journal_mode = wal')
    writer.pragma('synchronous = full')
    writer.pragma('foreign_keys = on')
    // Indexes of the ledger that do not fit the two megabytes of the default would be read and written over and over.
    writer.pragma('cache_size = -32768')
    // Short, because it holds the event loop: the driver waits for a busy file between tries.
    writer.pragma('busy_timeout = 20')
    const reader = keep(new Database(path, { readonly: true, timeout: 1_000 }))
    reader.pragma('query_only = on')
    const write = new Kysely<Tables>({ dialect: sqliteDialect(writer, true, schema) })
    const read = new Kysely<Tables>({ dialect: sqliteDialect(reader, false, schema) })
    const close = async () => {
      // The reader first: the last handle to close writes the journal back into the file, and it must be able to write.
      await read.destroy()
      await write.destroy()
      for (const handle of handles.reverse()) handle.close()
    }
    return { dialect: 'sqlite', where: path, write, read, version: fileVersion(reader), close }
  } catch (error) {
    for (const handle of handles) handle.close()
    throw explained(error, path)
  }
}

/**
 * Holds SQLite's own lock on a file beside the database. The kernel keeps it for the life of the process, so that nothing is left
 * behind when the process is killed, and the database itself stays open to other commands.
 */
function lock(handle: Database.Database, path: string) {
  try {
    handle.exec('begin exclusive')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
    throw new DbError(
      'in-use',
      `CME Commons is already running on ${path}: stop that one first, or start this one with another database.`,
    )
  }
}

async function openPostgres(url: string, onError: (error: Error) => void): Promise<Db> {
  const where = withoutSecrets(url)
  const pool = new Kysely<Tables>({ dialect: postgres(url, onError) })
  try {
    await sql`select 1`.execute(pool)
    const close = () => pool.destroy()
    return { dialect: 'postgres', where, write: pool, read: pool, version: snapshotVersion(pool), close }
  } catch (error) {
    await pool.destroy()
    throw explained(error, where)
  }
}

/** The address as it may be shown: host and database only. */
function withoutSecrets(url: string) {
  if (!URL.canParse(url)) return 'the given address'
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
