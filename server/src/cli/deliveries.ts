import { plainMoment } from '@cme-commons/core'
import { allSpaces, countByState, countTwice, type Delivery, type DeliveryState, listDeliveries } from '@cme-commons/db'
import { type Command, Option } from 'commander'
import { summaryOf } from '../doctor.ts'
import { withHouse } from './with-house.ts'

const STATES: readonly DeliveryState[] = ['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']

/** `deliveries`: the ledger as operators and moderators read it. */
export const deliveriesCommand = (program: Command): Command =>
  program
    .command('deliveries')
    .description('What was promised to whom and what became of it, newest first')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--json', 'one JSON object a line')
    .action(({ state, json }: { state?: DeliveryState; json?: boolean }) =>
      withHouse(async ({ db }) => {
        for (const { id: space } of await allSpaces(db.read)) {
          const { deliveries } = await listDeliveries(db.read, { space, state, limit: 200 })
          for (const one of deliveries) console.log(json ? JSON.stringify(one) : lineOf(one))
        }
        if (!json) console.log(summaryOf(await countByState(db.read), await countTwice(db.read)))
      }),
    )

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
