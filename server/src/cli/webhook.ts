import { DAY, plainMoment, plus, WEBHOOK_EVENTS } from '@cme-commons/core'
import {
  allSpaces,
  type Delivery,
  type DeliveryState,
  findWebhook,
  listWebhooks,
  redeliver,
  type WebhookTable,
  webhookDeliveries,
} from '@cme-commons/db'
import { type Command, Option } from 'commander'
import type { House } from '../house.ts'
import { webhookJson } from '../webhooks/json.ts'
import {
  alterWebhook,
  eventsOf,
  type Made,
  makeWebhook,
  pingWebhook,
  removeWebhook,
  rotateWebhook,
} from '../webhooks/manage.ts'
import { managing } from '../webhooks/parts.ts'
import { several } from './options.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

const ACTOR = 'command line'
const STATES: readonly DeliveryState[] = ['waiting', 'sending', 'done', 'dead', 'expired', 'skipped', 'withdrawn']

type Add = { space?: string; events?: string[]; json?: boolean }

/** `webhook`: programs that are told what happens in a space. */
export function webhookCommand(program: Command): Command {
  const webhook = program.command('webhook').description('Tell programs of a space what happens, signed and retried')
  webhook
    .command('add')
    .description('Tell an address of events; the secret that signs them is shown once')
    .argument('<url>', 'https://…')
    .option('--space <id>', 'whose it is; needed where there are several')
    .option('--events <names>', `which, between commas (all): ${WEBHOOK_EVENTS.join(', ')}`, several)
    .option('--json', 'one JSON object')
    .action((url: string, options: Add) => withHouse((house) => add(house, url, options)))
  webhook
    .command('list')
    .description('All webhooks with how they are; never a secret')
    .option('--space <id>', 'only those of a space')
    .option('--json', 'one JSON object a line')
    .action(({ space, json }: { space?: string; json?: boolean }) =>
      withHouse(async ({ db }) => {
        const all = await listWebhooks(db.read, space)
        for (const one of all) console.log(json ? JSON.stringify(webhookJson(one)) : lineOf(one))
        if (all.length === 0 && !json) console.log('There are no webhooks.')
      }),
    )
  const one = (name: string, about: string, act: (house: House, row: WebhookTable) => Promise<string>) =>
    webhook
      .command(name)
      .description(about)
      .argument('<id>', 'wh1')
      .action((id: string) => withHouse(async (house) => console.log(await act(house, await known(house, id)))))
  one('rotate', 'Make a new secret; the old one signs beside it for a day', async (house, row) => {
    const made = await managing(house, ACTOR, (m) => rotateWebhook(m, row))
    return `${row.id} signs with a new secret, and with the old one for a day. The new one, shown only now:\n${good(made).secret}`
  })
  one('stop', 'Tell it nothing more, until "webhook start"', async (house, row) => {
    await managing(house, ACTOR, (m) => alterWebhook(m, row, { stopped: true }))
    return `${row.id} is stopped`
  })
  one('start', 'Set a stopped one going again, with what happens from now on', async (house, row) => {
    await managing(house, ACTOR, (m) => alterWebhook(m, row, { stopped: false }))
    return `${row.id} is told again`
  })
  one('remove', 'End it for good', async (house, row) => {
    await managing(house, ACTOR, (m) => removeWebhook(m, row))
    return `${row.id} is removed`
  })
  one('ping', 'Send it a "ping"; the running server does so within half a minute', async (house, row) => {
    if (row.stopped_at !== null) throw new Refusal(`${row.id} is stopped: "cme webhook start ${row.id}" comes first.`)
    await managing(house, ACTOR, (m) => pingWebhook(m, row))
    return `A ping is on its way; "cme webhook deliveries ${row.id}" shows what became of it`
  })
  webhook
    .command('deliveries')
    .description('What it was sent, the latest first')
    .argument('<id>')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--json', 'one JSON object a line')
    .action((id: string, { state, json }: { state?: DeliveryState; json?: boolean }) =>
      withHouse(async (house) => {
        const row = await known(house, id)
        const { deliveries } = await webhookDeliveries(house.db.read, row, { state, limit: 200 })
        for (const one of deliveries) console.log(json ? JSON.stringify(one) : sentLine(one))
        if (deliveries.length === 0 && !json) console.log('Nothing was sent to it.')
      }),
    )
  webhook
    .command('redeliver')
    .description('Send again what did not arrive, or these deliveries')
    .argument('<id>')
    .argument('[key...]')
    .action((id: string, keys: string[]) => withHouse((house) => again(house, id, keys)))
  return webhook
}

async function known({ db }: House, id: string): Promise<WebhookTable> {
  const row = await findWebhook(db.read, id)
  if (!row) throw new Refusal(`There is no webhook ${id}: "cme webhook list" shows them all.`)
  return row
}

function good<T extends { webhook: WebhookTable }>(made: T | Extract<Made, { wrong: string }>): T {
  if ('wrong' in made) throw new Refusal(made.wrong)
  return made
}

async function add(house: House, url: string, { space: said, events, json }: Add): Promise<void> {
  const spaces = (await allSpaces(house.db.read)).map(({ id }) => id)
  const space = said ?? (spaces.length === 1 ? spaces[0] : undefined)
  if (!space || !spaces.includes(space))
    throw new Refusal(`Name the space with --space: ${spaces.join(', ') || 'none is known yet'}.`)
  const made = good(await managing(house, ACTOR, (m) => makeWebhook(m, { space, url, events })))
  if (json) return console.log(JSON.stringify({ ...webhookJson(made.webhook), secret: made.secret }))
  console.log(`${made.webhook.id} is told of ${eventsOf(made.webhook).join(', ')}. Its secret, shown only now:`)
  console.log(made.secret)
}

async function again(house: House, id: string, keys: readonly string[]): Promise<void> {
  const row = await known(house, id)
  if (row.stopped_at !== null) throw new Refusal(`${id} is stopped: "cme webhook start ${id}" comes first.`)
  const count = await managing(house, ACTOR, async ({ tx, now }) => {
    const times = { now, expires: plus(now, 3 * DAY) }
    return redeliver(tx, id, times, keys.length > 0 ? keys : undefined)
  })
  console.log(count === 0 ? 'There is nothing to send again.' : `${count} on the way again`)
}

const lineOf = (row: WebhookTable): string =>
  [
    row.id.padEnd(6),
    row.stopped_at ? 'stopped' : row.trouble ? 'TROUBLE' : 'on     ',
    row.space,
    new URL(row.url).host,
    eventsOf(row).join(' '),
    row.trouble ?? '',
  ]
    .filter(Boolean)
    .join('  ')

const sentLine = ({ key, state, due, effect, attempts, ref, trouble }: Delivery): string =>
  [
    state.padEnd(9),
    plainMoment(due, 'moment', 'UTC'),
    effect.kind === 'webhook' ? effect.event.type.padEnd(14) : effect.kind,
    key,
    attempts > 1 ? `${attempts} attempts` : '',
    state === 'done' ? (ref ?? '') : (trouble ?? ''),
  ]
    .filter(Boolean)
    .join('  ')
