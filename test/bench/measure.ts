import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

/** One figure with the bound it has to keep. */
export type Measured = { what: string; value: number } & ({ atLeast: number } | { atMost: number })

/** How long `work` takes, in seconds. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Ours against a baseline of the same run, both as a rate. */
export const ratio = (what: string, ours: number, baseline: number, atLeast: number): Measured => ({
  what: `${what} (${Math.round(ours)} against ${Math.round(baseline)})`,
  value: ours / baseline,
  atLeast,
})

const folders: string[] = []
process.on('exit', () => {
  for (const path of folders) rmSync(path, { recursive: true, force: true })
})

/** A temporary folder that goes with the process. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-bench-'))
  folders.push(path)
  return path
}

export const machine = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`

/** A line a figure, with whether it keeps its bound. */
export function print(measured: readonly Measured[]): boolean {
  let kept = true
  for (const one of measured) {
    const good = 'atLeast' in one ? one.value >= one.atLeast : one.value <= one.atMost
    kept &&= good
    const bound = 'atLeast' in one ? `at least ${one.atLeast}` : `at most ${one.atMost}`
    console.log(`${good ? 'kept  ' : 'MISSED'} ${one.value.toFixed(2).padStart(9)} (${bound})  ${one.what}`)
  }
  return kept
}
