import type { Action, Actor, Instant, Knowledge, Reply } from '@cme-commons/core'
import type { Db } from '@cme-commons/db'

/** What the try-out page needs from the product it stands in. */
export type TryHouse = {
  db: Db
  content: Knowledge
  /** The try-out time; `moved` tells whether it is ahead of real time. */
  now(): Instant
  moved(): boolean
  /** Answers one action in one transaction. */
  perform(actor: Actor, action: Action): Promise<Reply>
  /** Moves the clock and runs everything that is due on the way, before it answers. */
  moveClock(to: Instant | 'real'): Promise<unknown>
}
