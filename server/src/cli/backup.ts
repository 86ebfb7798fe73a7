import { existsSync } from 'node:fs'
import { type BackedUp, backupSqlite, restoreSqlite } from '@cme-commons/db'
import type { Command } from 'commander'
import { backupPostgres, isPostgres, restorePostgres, type Told } from '../backup/postgres.ts'
import { rehearse } from '../backup/rehearse.ts'
import { readConfig } from '../config.ts'
import { Refusal } from './refusal.ts'

/** `backup FILE`: the whole database in one file, taken while the program runs; `backup rehearse` tries one out. */
export function backupCommand(program: Command): Command {
  const backup = program
    .command('backup')
    .description('Copy the database to a file, also while the program runs, and check the copy')
    .argument('<file>', 'a file that is not there yet')
    .action(async (file: string) => {
      const { database } = readConfig()
      if (existsSync(file)) throw new Refusal(`${file} is there already: name another file, or delete it first.`)
      console.log(
        isPostgres(database)
          ? await good(backupPostgres(database, file))
          : `${file}: ${told(await backupSqlite(pathOf(database), file))}`,
      )
    })
  backup
    .command('rehearse')
    .description('Make a backup, restore it elsewhere, look whether everything came back, and leave nothing behind')
    .option('--in <folder>', 'where the files go for so long, instead of beside the database')
    .action(async ({ in: folder }: { in?: string }) => {
      if (folder !== undefined && !existsSync(folder)) throw new Refusal(`There is no folder ${folder}: make it first.`)
      console.log(await good(rehearse(readConfig().database, new Date().toISOString(), folder)))
    })
  return backup
}

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
      if (isPostgres(database)) console.log(await good(restorePostgres(database, file, now, replace === true)))
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

const pathOf = (database: string): string => database.replace(/^sqlite:/, '')

const told = ({ schema, rows }: BackedUp): string =>
  `schema ${schema}, ${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows in ${Object.keys(rows).length} tables, whole`

/** What was done, or the refusal that says what stands in the way. */
async function good(told: Promise<Told>): Promise<string> {
  const { ok, say } = await told
  if (!ok) throw new Refusal(say)
  return say
}
