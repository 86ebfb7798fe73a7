import type { Instant } from '@cme-commons/core'
import type { Tx } from '@cme-commons/db'

/** Takes a turn at a lane. `stopping` tells a long turn to finish what is under way and give back the rest. */
export type Work = (lane: string, stopping: AbortSignal) => Promise<void>

/** Who wakes up and works. A wake-up only says "look": what is due is in the ledger. */
export type Runner = {
  /** In the transaction that made the work: after its commit, at `at` or later, some process works the lane. */
  wake(tx: Tx, lane: string, at: Instant): Promise<void>
  start(work: Work): Promise<void>
  /** Looks again now: the try-out clock was moved. */
  poke(): void
  /** Wakes every lane with overdue work; the safety net, for once a minute. */
  sweep(): Promise<void>
  /** Claims nothing more, waits up to ten seconds for what is under way, gives back the rest. */
  stop(): Promise<void>
}

/** What runner and courier say to the operator; a pino log is one. */
export type Say = { warn(data: object, message: string): void; error(data: object, message: string): void }

export const STOP_MS = 10_000
