import { existsSync, renameSync, rmSync } from 'node:fs'
import { type Db, inTx, migrate, open, quarantine, schemaState } from '@cme-commons/db'
import { sql } from 'kysely'
import { dumpPostgres, loadPostgres, tablesIn } from '../pg-tools.ts'

/** What was done, in words for the operator, or what stands in the way. */
export type Told = { ok: true; say: string } | { ok: false; say: string }

export const isPostgres = (database: string): boolean => /^postgres(ql)?:\/\//.test(database)

/** Dumps a database that may be in use to a file that is not there yet, and looks whether all our tables are in it. */
export async function backupPostgres(url: string, file: string): Promise<Told & { tables?: number }> {
  const names = await withDb(url, async (db) => ((await schemaState(db)).done.length === 0 ? [] : tables(db)))
  if (names.length === 0) return { ok: false, say: 'The database is empty: there is nothing to back up.' }
  const dumped = await dumpPostgres(url, file)
  if (!dumped.ok) return dumped
  const listed = await tablesIn(dumped.out)
  const missing = names.filter((name) => listed.ok && !listed.out.includes(`TABLE DATA public ${name} `))
  if (!listed.ok || missing.length > 0) {
    rmSync(dumped.out, { force: true })
    return { ok: false, say: listed.ok ? `The dump lacks ${missing.join(', ')}: try again.` : listed.say }
  }
  renameSync(dumped.out, file)
  return { ok: true, say: `${file}: ${names.length} tables, readable`, tables: names.length }
}

/** Loads a backup into a database that nobody uses, brings it up to date and puts it in quarantine. */
export async function restorePostgres(url: string, file: string, now: string, replace: boolean): Promise<Told> {
  if (!existsSync(file)) return { ok: false, say: `There is no file ${file}: check the path of the backup.` }
  const inTheWay = await withDb(url, async (db) => {
    const others = await sql<{ count: number }>`select count(*) as count from pg_stat_activity
      where datname = current_database() and application_name = 'cme-commons' and pid <> pg_backend_pid()`.execute(
      db.read,
    )
    if ((others.rows[0]?.count ?? 0) > 0)
      return `CME Commons is running on ${db.where}: stop every process of it first.`
    return !replace && (await schemaState(db)).done.length > 0
      ? `${db.where} has tables of ours: restore into an empty database, or say --replace to lose what is there.`
      : undefined
  })
  if (inTheWay) return { ok: false, say: inTheWay }
  const loaded = await loadPostgres(url, file, replace)
  if (!loaded.ok) return loaded
  return withDb(url, async (db) => {
    await migrate(db, now)
    await inTx(db, (tx) => quarantine(tx, now))
    return { ok: true, say: `${db.where} is restored, schema ${(await schemaState(db)).done.at(-1)}` }
  })
}

/** How many rows each of our tables has. */
export async function rowsOf(db: Db): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const name of await tables(db)) {
    const found = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db.read)
    rows[name] = Number(found.rows[0]?.count)
  }
  return rows
}

const tables = async (db: Db): Promise<string[]> =>
  (
    await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db.read)
  ).rows.map(({ name }) => name)

export async function withDb<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await open(url)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
