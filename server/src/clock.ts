import type { Instant } from '@cme-commons/core'
import { type Db, dropSetting, inTx, putSetting, setting } from '@cme-commons/db'

/** The time the product lives in: real time, or ahead of it by what the try-out moved it. */
export type Clock = { now(): Instant; moved(): boolean; set(to: Instant | 'real'): Promise<void> }

const OFFSET = 'try/clock'

/** The clock of this database. How far it was moved is kept, so that a restart does not jump back. */
export async function openClock(db: Db): Promise<Clock> {
  let ahead = Number((await setting(db.read, OFFSET)) ?? 0)
  return {
    now: () => new Date(Date.now() + ahead).toISOString(),
    moved: () => ahead !== 0,
    async set(to) {
      ahead = to === 'real' ? 0 : Date.parse(to) - Date.now()
      await inTx(db, (tx) => (ahead === 0 ? dropSetting(tx, OFFSET) : putSetting(tx, OFFSET, String(ahead))))
    },
  }
}

/** Real time, for a program without a try-out. */
export const realClock: Clock = {
  now: () => new Date().toISOString(),
  moved: () => false,
  set: async () => {
    throw new Error('Only the try-out clock can be moved')
  },
}
