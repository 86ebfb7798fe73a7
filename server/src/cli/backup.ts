import { existsSync, renameSync, rmSync } from 'node:fs'
import {
  type BackedUp,
  backupSqlite,
  type Db,
  inTx,
  migrate,
  open,
  quarantine,
  restoreSqlite,
  schemaState,
} from '@cme-commons/db'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { readConfig } from '../config.ts'
import { dumpPostgres, loadPostgres, tablesIn } from '../pg-tools.ts'
import { Refusal } from './refusal.ts'

/** `backup FILE`: the whole database in one file, taken while the program runs. */
export const backupCommand = (program: Command): Command =>
  program
    .command('backup')
    .description('Copy the database to a file, also while the program runs, and check the copy')
    .argument('<file>', 'a file that is not there yet')
    .action(async (file: string) => {
      const { database } = readConfig()
      if (existsSync(file)) throw new Refusal(`${file} is there already: name another file, or delete it first.`)
      console.log(
        isPostgres(database)
          ? await backupPostgres(database, file)
          : `${file}: ${told(await fromSqlite(database, file))}`,
      )
    })

/** `restore FILE`: puts a backup in the place of the database, in quarantine. */
export const restoreCommand = (program: Command): Command =>
  program
    .command('restore')
    .description('Put a backup in the place of the database; what may have been sent since is held back')
    .argument('<file>', 'made by "cme backup"')
    .option('--replace', 'PostgreSQL: also when the database has tables of ours, which go')
    .action(async (file: string, { replace }: { replace?: boolean }) => {
      const { database } = readConfig()
      const now = new Date().toISOString()
      if (isPostgres(database)) await restorePostgres(database, file, now, replace === true)
      else {
        const { backup, aside } = await restoreSqlite(file, pathOf(database), now)
        console.log(
          `${pathOf(database)} is restored: ${told(backup)}${aside ? `\nWhat was there is now ${aside}` : ''}`,
        )
      }
      console.log(
        [
          'Nothing is sent that may have been sent since the backup. Start the program: it reads the sources and answers presses.',
          'Then see what is held back with "cme deliveries --held", and decide:',
          '  cme deliveries drop      it was sent before (the usual case after losing a running database)',
          '  cme deliveries release   it was not sent (the program stood still since the backup)',
        ].join('\n'),
      )
    })

const isPostgres = (database: string): boolean => /^postgres(ql)?:\/\//.test(database)
const pathOf = (database: string): string => database.replace(/^sqlite:/, '')

const told = ({ schema, rows }: BackedUp): string =>
  `schema ${schema}, ${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows in ${Object.keys(rows).length} tables, whole`

const fromSqlite = (database: string, file: string): Promise<BackedUp> => backupSqlite(pathOf(database), file)

async function backupPostgres(url: string, file: string): Promise<string> {
  const names = await withDb(url, async (db) => {
    if ((await schemaState(db)).done.length === 0)
      throw new Refusal(`${db.where} is empty: there is nothing to back up.`)
    return tables(db)
  })
  const dumped = await dumpPostgres(url, file)
  if (!dumped.ok) throw new Refusal(dumped.say)
  const listed = await tablesIn(dumped.out)
  const missing = names.filter((name) => listed.ok && !listed.out.includes(`TABLE DATA public ${name} `))
  if (!listed.ok || missing.length > 0) {
    rmSync(dumped.out, { force: true })
    throw new Refusal(listed.ok ? `The dump lacks ${missing.join(', ')}: try again.` : listed.say)
  }
  renameSync(dumped.out, file)
  return `${file}: ${names.length} tables, readable`
}

async function restorePostgres(url: string, file: string, now: string, replace: boolean): Promise<void> {
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}: check the path of the backup.`)
  await withDb(url, async (db) => {
    const others = await sql<{ count: number }>`select count(*) as count from pg_stat_activity
      where datname = current_database() and application_name = 'cme-commons' and pid <> pg_backend_pid()`.execute(
      db.read,
    )
    if ((others.rows[0]?.count ?? 0) > 0)
      throw new Refusal(`CME Commons is running on ${db.where}: stop every process of it first.`)
    if (!replace && (await schemaState(db)).done.length > 0)
      throw new Refusal(
        `${db.where} has tables of ours: restore into an empty database, or say --replace to lose what is there.`,
      )
  })
  const loaded = await loadPostgres(url, file, replace)
  if (!loaded.ok) throw new Refusal(loaded.say)
  await withDb(url, async (db) => {
    await migrate(db, now)
    await inTx(db, (tx) => quarantine(tx, now))
    console.log(`${db.where} is restored, schema ${(await schemaState(db)).done.at(-1)}`)
  })
}

const tables = async (db: Db): Promise<string[]> =>
  (
    await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db.read)
  ).rows.map(({ name }) => name)

async function withDb<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await open(url)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
