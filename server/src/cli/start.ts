import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { siteOf } from '../house.ts'
import { welcome } from './welcome.ts'

export const startCommand = (program: Command): Command =>
  program
    .command('start')
    .description('Serve the pages and the API, read the news, send what is due')
    .action(async () => {
      const config = readConfig()
      const { startServer } = await import('../main.ts')
      const server = await startServer(config)
      console.log(welcome({ ...server, config, local: siteOf({ ...config, site: '' }) }))
      let stopping = false
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, async () => {
          if (stopping) process.exit(1)
          stopping = true
          console.log('Stopping: what is under way is finished first (press again to stop at once).')
          await server.close()
          process.exit(0)
        })
      }
    })
