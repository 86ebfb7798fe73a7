import { open, schemaState } from '@cme-commons/db'
import type { Command } from 'commander'
import { upgrade } from '../backup/upgrade.ts'
import { readConfig } from '../config.ts'

export const migrateCommand = (program: Command): Command =>
  program
    .command('migrate')
    .description('Bring the database up to date; "start" does this as well')
    .action(async () => {
      const config = readConfig()
      const db = await open(config.database)
      try {
        const { taken, backup } = await upgrade(db, config, new Date().toISOString())
        if (backup) console.log(`What was there before is kept in ${backup}`)
        const { done } = await schemaState(db)
        console.log(
          taken.length > 0 ? `${db.where}: ${taken.join(', ')} done` : `${db.where} is up to date (${done.at(-1)})`,
        )
      } finally {
        await db.close()
      }
    })
