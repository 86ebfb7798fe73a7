import type { Db } from '@cme-commons/db'

const bells = new WeakMap<Db, Set<() => void>>()

/** Wakes every listener of this database in this process: something changed in the try-out space. */
export function ring(db: Db): void {
  for (const wake of bells.get(db) ?? []) wake()
}

/** A bell that remembers being rung between two waits. `wait` ends at a ring, at `stop`, or after `ms`. */
export function bell(db: Db): { wait(ms: number): Promise<void>; stop(): void } {
  let rung = false
  let wake = () => {}
  const hear = () => {
    rung = true
    wake()
  }
  const all = bells.get(db) ?? new Set()
  bells.set(db, all.add(hear))
  return {
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      rung = false
    },
    stop() {
      all.delete(hear)
      hear()
    },
  }
}
