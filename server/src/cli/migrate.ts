import { migrate, open, schemaState } from '@cme-commons/db'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'

export const migrateCommand = (program: Command): Command =>
  program
    .command('migrate')
    .description('Bring the database up to date; "start" does this as well')
    .action(async () => {
      const db = await open(readConfig().database)
      try {
        const taken = await migrate(db, new Date().toISOString())
        const { done } = await schemaState(db)
        console.log(
          taken.length > 0 ? `${db.where}: ${taken.join(', ')} done` : `${db.where} is up to date (${done.at(-1)})`,
        )
      } finally {
        await db.close()
      }
    })
