import { onTestFinished } from 'vitest'
import { readConfig } from '../../server/src/config.ts'
import { type Server, startServer } from '../../server/src/main.ts'
import { freePort } from './free-port.ts'

export { freePort } from './free-port.ts'

/** The whole server as an operator would start it, with these settings; stopped with the test. */
export async function startHouse(settings: Record<string, string>): Promise<Server> {
  const port = await freePort()
  const server = await startServer(readConfig({ PORT: String(port), LOG_LEVEL: 'error', ...settings }))
  let open = true
  const close = server.close
  server.close = async () => {
    if (open) await close()
    open = false
  }
  onTestFinished(() => server.close())
  return server
}

/** Waits until something is so, and says what it waited for when it never is. */
export async function until(what: string, so: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    if (await so()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited ${ms} ms in vain: ${what}`)
}
