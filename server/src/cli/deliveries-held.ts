import { dropHeld, inTx, quarantined, releaseHeld, unreadSince } from '@cme-commons/db'
import type { Command } from 'commander'
import { heldSay } from '../doctor.ts'
import type { House } from '../house.ts'
import { planAll } from '../jobs.ts'
import { dropAll, releaseAll } from '../restored.ts'
import { sweptLater } from '../runner/bystander.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

/** `deliveries release` and `deliveries drop`: the operator's decision after a restore. */
export function decisionCommands(deliveries: Command): void {
  deliveries
    .command('release')
    .description('After a restore: send what is held back, and go on as usual; with keys, these only')
    .argument('[key...]')
    .action((keys: string[]) => withHouse((house) => release(house, keys)))
  deliveries
    .command('drop')
    .description('After a restore: what was due until then was sent before the loss; with keys, these only')
    .argument('[key...]')
    .option('--anyway', 'also while sources were not read again: what they bring later is then told as new')
    .action((keys: string[], { anyway }: { anyway?: boolean }) =>
      withHouse((house) => drop(house, keys, anyway === true)),
    )
}

async function restoredAt({ db }: House): Promise<string> {
  const since = await quarantined(db.read)
  if (!since) throw new Refusal(heldSay(undefined, 0))
  return since
}

async function release(house: House, keys: readonly string[]): Promise<void> {
  const since = await restoredAt(house)
  const now = house.clock.now()
  if (keys.length > 0) {
    const count = await inTx(house.db, (tx) => releaseHeld(tx, since, now, keys))
    console.log(`${count} of ${keys.length} released; the rest of what is held back still waits.`)
    return
  }
  await releaseAll(house.db, since, now)
  console.log('Released: what was held back goes out, and what is due is planned.')
}

async function drop(house: House, keys: readonly string[], anyway: boolean): Promise<void> {
  const since = await restoredAt(house)
  const now = house.clock.now()
  if (keys.length > 0) {
    const count = await inTx(house.db, (tx) => dropHeld(tx, since, now, keys))
    console.log(`${count} of ${keys.length} dropped; the rest of what is held back still waits.`)
    return
  }
  const unread = await unreadSince(house.db.read, since)
  if (unread.length > 0 && !anyway)
    throw new Refusal(
      `${unread.length === 1 ? 'One source was' : `${unread.length} sources were`} not read since the restore (${unread.slice(0, 5).join(', ')}): start the program and wait a minute, or say --anyway.`,
    )
  const count = await dropAll(house.db, since, now, (at) => planAll(house, sweptLater, at))
  console.log(`Dropped ${count}; what becomes due from now on goes out as usual.`)
}
