import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { folder, type Measured } from './measure.ts'

const entry = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

/** The whole program as `pnpm cme start` starts it, left alone for a while: how soon it listens, and how much memory it holds. */
export async function idleMemory(): Promise<Measured[]> {
  const env = {
    ...process.env,
    DATABASE_URL: `sqlite:${folder()}/cme.db`,
    PORT: '8799',
    NO_COLOR: '1',
    MALLOC_ARENA_MAX: '2',
    MALLOC_TRIM_THRESHOLD_: '131072',
  }
  const fresh = await started(env, 15_000)
  const { listening, resident } = await started(env, 15_000)
  return [
    { what: 'resident memory of the idle program (MB)', value: resident, atMost: 150 },
    { what: 'the same after its very first start (MB)', value: fresh.resident, atMost: 150 },
    { what: 'from the start of the process to its first screen, warm (s)', value: listening, atMost: 1 },
  ]
}

async function started(env: NodeJS.ProcessEnv, idle: number) {
  const begun = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=2', entry, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const listening = (performance.now() - begun) / 1000
  await wait(idle)
  const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  child.kill('SIGTERM')
  await once(child, 'exit')
  return { listening, resident }
}
