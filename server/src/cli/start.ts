import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { siteOf } from '../house.ts'
import { welcome } from './welcome.ts'

/** What loading and migrating left behind is given back, once: an idle program would keep it for hours. */
function tidyUp(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  setFlagsFromString('--no-expose-gc')
}

export const startCommand = (program: Command): Command =>
  program
    .command('start')
    .description('Serve the pages and the API, read the news, send what is due')
    .action(async () => {
      const config = readConfig()
      const { startServer } = await import('../main.ts')
      const server = await startServer(config)
      console.log(welcome({ ...server, config, local: siteOf({ ...config, site: '' }) }))
      setTimeout(tidyUp, 5_000).unref()
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
