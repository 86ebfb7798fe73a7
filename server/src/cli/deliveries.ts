import { plainMoment } from '@cme-commons/core'
import {
  allSpaces,
  countByState,
  countHeld,
  countTwice,
  type Delivery,
  type DeliveryState,
  listDeliveries,
  listHeld,
  quarantined,
} from '@cme-commons/db'
import { type Command, Option } from 'commander'
import { heldSay, summaryOf } from '../doctor.ts'
import { decisionCommands } from './deliveries-held.ts'
import { withHouse } from './with-house.ts'

const STATES: readonly DeliveryState[] = ['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']

/** `deliveries`: the ledger as operators and moderators read it. */
export function deliveriesCommand(program: Command): Command {
  const deliveries = program
    .command('deliveries')
    .description('What was promised to whom and what became of it, newest first')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--held', 'only what a restored database holds back')
    .option('--json', 'one JSON object a line')
    .action(({ state, held, json }: { state?: DeliveryState; held?: boolean; json?: boolean }) =>
      withHouse(async ({ db }) => {
        const since = await quarantined(db.read)
        if (held) {
          for (const one of since ? await listHeld(db.read, since) : [])
            console.log(json ? JSON.stringify(one) : lineOf(one))
          if (!json) console.log(heldSay(since, since ? await countHeld(db.read, since) : 0))
          return
        }
        for (const { id: space } of await allSpaces(db.read)) {
          const { deliveries } = await listDeliveries(db.read, { space, state, limit: 200 })
          for (const one of deliveries) console.log(json ? JSON.stringify(one) : lineOf(one))
        }
        if (!json) console.log(summaryOf(await countByState(db.read), await countTwice(db.read)))
        if (!json && since) console.log(heldSay(since, await countHeld(db.read, since)))
      }),
    )
  decisionCommands(deliveries)
  return deliveries
}

const lineOf = ({ key, to, state, due, attempts, trouble, twice }: Delivery): string =>
  [
    state.padEnd(9),
    plainMoment(due, 'moment', 'UTC'),
    'user' in to ? to.user : `#${to.channel}`,
    key,
    attempts > 1 ? `${attempts} attempts` : '',
    twice === 'sent-blind' ? 'may have arrived twice' : twice === 'looked-up' ? 'was found there after a doubt' : '',
    trouble ?? '',
  ]
    .filter(Boolean)
    .join('  ')
