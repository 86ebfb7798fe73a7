import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

/** `said` is what it wrote on standard error, where that is kept. */
export type Program = { process: ChildProcess; said(): string; kill(): Promise<void>; stop(): Promise<void> }

/** The whole program as a process of its own, as `pnpm cme start` starts it; answers when it listens. */
export async function startProgram(settings: Record<string, string>, { keep = false } = {}): Promise<Program> {
  const env = { PATH: process.env.PATH, NO_COLOR: '1', LOG_LEVEL: 'error', ...settings }
  const child = spawn(process.execPath, ['--max-semi-space-size=2', entry, 'start'], {
    env,
    stdio: ['ignore', 'pipe', keep ? 'pipe' : 'inherit'],
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`the program ended with ${code} before it listened`)),
    ),
  ])
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return { process: child, said: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
