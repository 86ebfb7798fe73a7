import { sourceFailed } from '@cme-commons/app'
import { hostLeftAlone, hostOf, type Instant, plus, type Trouble } from '@cme-commons/core'
import { inTx, putSource, type SourceTable } from '@cme-commons/db'
import type { House } from '../house.ts'
import { sweptLater } from '../runner/bystander.ts'

/** Hosts that asked for patience while a command runs, with the moment until which they are left alone. */
export type Waiting = Map<string, Instant>

type Here = Pick<House, 'db' | 'clock'>

/** Switches a source on without asking its host, which wants to be left alone; false where it does not. */
export async function spared(house: Here, source: SourceTable, waiting: Waiting): Promise<boolean> {
  const until = waiting.get(hostOf(source.url ?? ''))
  if (until === undefined) return false
  await switchOn(house, source, until, 'Its server asked for patience a moment ago.')
  return true
}

/**
 * Switches a source on that could not be read for a reason that passes by itself: its server asks for patience, or answers too late. It is
 * due when it may be asked again. False where a person has to mend something.
 */
export async function triedLater(
  house: Here,
  source: SourceTable,
  trouble: Trouble,
  waiting: Waiting,
): Promise<boolean> {
  const now = house.clock.now()
  const pause = hostLeftAlone(trouble, 1)
  if (pause === 0 && trouble.kind !== 'timeout') return false
  if (pause > 0) waiting.set(hostOf(source.url ?? ''), plus(now, pause))
  const on = await switchOn(house, source, now, trouble.say)
  await inTx(house.db, (tx) => sourceFailed(tx, on, now, trouble, sweptLater))
  return true
}

async function switchOn(house: Here, source: SourceTable, next_at: Instant, say: string): Promise<SourceTable> {
  const change = { enabled: 1, switched: 1, muted_at: null, next_at }
  const on = { ...source, ...change }
  await inTx(house.db, (tx) => putSource(tx, on, change))
  console.log(`${source.id}: on, and read later. ${say}`)
  return on
}
