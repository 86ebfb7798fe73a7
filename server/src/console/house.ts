import type { Action, Actor, Instant, Reply } from '@cme-commons/core'
import type { Reader } from '@cme-commons/feeds'
import type { ApiHouse } from '../api/house.ts'

/** What the console needs from the product it stands in. */
export type ConsoleHouse = Pick<ApiHouse, 'db' | 'content' | 'now' | 'site'> & {
  /** The time by which people stay signed in, whatever the try-out clock says. */
  real(): Instant
  /** How many proxies of the operator's stand before us. */
  proxies: number
  /** Whether somebody moderates a space by what her platform says right now; nothing where it cannot be asked, or does not answer. */
  moderates(platform: string, person: { space: string; user: string }): Promise<boolean | undefined>
  /** Answers one action in one transaction. */
  perform(actor: Actor, action: Action): Promise<Reply>
  /** Reads addresses that a moderator names, under the guard that keeps it out of our own network. */
  reader: Pick<Reader, 'read' | 'discover'>
}
