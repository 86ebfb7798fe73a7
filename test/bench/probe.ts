import { fork } from 'node:child_process'
import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A process of its own that asks an address every `everyMs` and keeps how long each answer took, in milliseconds. */
export function probe(url: string, everyMs: number) {
  const child = fork(fileURLToPath(import.meta.url), ['probe', url, String(everyMs)])
  return {
    /** Forgets what was measured so far. */
    begin: () => void child.send('begin'),
    /** How long the answers took since, shortest first. */
    end: () =>
      new Promise<number[]>((done) => {
        child.once('message', (times) => done((times as number[]).sort((a, b) => a - b)))
        child.send('end')
      }),
    stop: () => void child.kill(),
  }
}

/** The value below which a share (0 to 1) of sorted values lies. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

async function ask(url: string, everyMs: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let times: number[] = []
  process.on('message', (said) => {
    if (said === 'end') process.send?.(times)
    times = []
  })
  const once = () => {
    const start = performance.now()
    get(url, { agent }, (answer) => answer.resume().on('end', () => times.push(performance.now() - start))).on(
      'error',
      () => times.push(Number.POSITIVE_INFINITY),
    )
  }
  for (;;) {
    once()
    await wait(everyMs)
  }
}

if (process.argv[2] === 'probe') void ask(process.argv[3]!, Number(process.argv[4]))
