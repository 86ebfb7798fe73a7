import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export type Child = {
  process: ChildProcess
  /** The next line that it writes; rejects with what it complained when it has ended without one. */
  line(): Promise<string>
  /** Writes a line for it to read. */
  tell(what: object): void
  /** How it ended: `SIGKILL`, or an exit code with what it complained. */
  ended: Promise<{ signal: NodeJS.Signals | null; code: number | null; errors: string }>
}

/** Runs a script of this folder as a real process of its own, with `options` as JSON; ended with the test at the latest. */
export function startChild(script: string, options: object): Child {
  const path = fileURLToPath(new URL(script, import.meta.url))
  // Compiled once for all children: half of what a short one does is start.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'cme-compiled') }
  const child = spawn(process.execPath, [path, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'pipe'], env })
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  let rest = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      const next = waiting.shift()
      if (next) next(line)
      else lines.push(line)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, errors }))
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await ended
  })
  // Who is told something after it was killed has nobody to tell it to.
  child.stdin.on('error', () => {})
  const line = () => {
    const next = lines.shift()
    if (next !== undefined) return Promise.resolve(next)
    return Promise.race([
      new Promise<string>((resolve) => waiting.push(resolve)),
      ended.then(() => lines.shift() ?? Promise.reject(new Error(`ended without a line: ${errors}`))),
    ])
  }
  const tell = (what: object) => void child.stdin.write(`${JSON.stringify(what)}\n`)
  return { process: child, line, tell, ended }
}
