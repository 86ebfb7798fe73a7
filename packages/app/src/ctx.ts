import type { Actor, Instant, Knowledge } from '@cme-commons/core'
import type { Tx } from '@cme-commons/db'

/**
 * What one press has at hand: the transaction it runs in, the time, the content, and who pressed. `site` is where our pages are; `random`
 * makes a code that nobody can guess, of `CODE_LENGTH` of the `CODE_LETTERS`.
 */
export type Ctx = {
  tx: Tx
  now: Instant
  content: Knowledge
  actor: Actor
  site?: string
  random?: () => string
}
