import type { Instant } from '@cme-commons/core'

/** Small tables that everything stands on: what ran, who holds what, how far a number went, what an operator chose. */
export interface FoundationTables {
  migrations: { name: string; at: Instant }
  slots: { name: string; at: Instant }
  leases: { name: string; holder: string; until: Instant }
  counters: { name: string; value: number }
  settings: { name: string; value: string }
}
