import { hostOf, plainMoment } from '@cme-commons/core'
import { allSources, findSource, inTx, putSource, type SourceTable } from '@cme-commons/db'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { enableSource, pollDue, pollHost, readSource } from '../poll.ts'
import { type AddOptions, addFeed, polling, tell } from './feeds-add.ts'
import { dryRun } from './feeds-dry-run.ts'
import { spared, triedLater, type Waiting } from './feeds-later.ts'
import { exportOpml, importOpml } from './feeds-opml.ts'
import { readFeeds } from './feeds-read.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

export function feedsCommand(program: Command): Command {
  const feeds = program.command('feeds').description('Read, list, add, enable or disable the sources of the news')
  feeds
    .command('read')
    .description('Read feeds without storing anything; a folder means all files in it')
    .argument('<file-or-url...>')
    .option('--json', 'one JSON object a line')
    .action((inputs: string[], { json }: { json?: boolean }) => readFeeds(inputs, json === true))
  feeds
    .command('list')
    .description('All sources with their state')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) => withHouse((house) => list(house, json === true)))
  feeds
    .command('add')
    .description('Find the feed at an address or behind it, show what is in it, and store that silently')
    .argument('<url>')
    .option('--id <id>', 'a short name for commands')
    .option('--name <name>', 'what readers see')
    .option('--dry-run', 'show it and change nothing')
    .action((url: string, options: AddOptions) => withHouse((house) => addFeed(house, url, options)))
  feeds
    .command('dry-run')
    .description('Read a source, or an address, and show what would be stored and sent now, and why not the rest')
    .argument('<source-or-url>')
    .option('--json', 'one JSON object a line')
    .action((id: string, { json }: { json?: boolean }) => withHouse((house) => dryRun(house, id, json === true)))
  feeds
    .command('import')
    .description('Add the feeds of a reading list (OPML) with their folders; each is read once and stored silently')
    .argument('<file>')
    .action((file: string) => withHouse((house) => importOpml(house, file)))
  feeds
    .command('export')
    .description('The feeds that are on as a reading list (OPML), with their folders')
    .option('--all', 'those that are off as well')
    .action(({ all }: { all?: boolean }) => withHouse((house) => exportOpml(house, all === true)))
  feeds
    .command('enable')
    .description('Switch sources on that answer as a feed; --all tries every one')
    .argument('[id...]')
    .option('--all', 'every feed with an address; pages one by one, after a dry run')
    .action((ids: string[], { all }: { all?: boolean }) => withHouse((house) => enable(house, ids, all === true)))
  feeds
    .command('disable')
    .description('Switch sources off; what they brought stays')
    .argument('<id...>')
    .action((ids: string[]) => withHouse((house) => disable(house, ids)))
  feeds
    .command('poll')
    .description('Read the sources that are due now, or those named, and store what is new')
    .argument('[id...]')
    .action((ids: string[]) => withHouse((house) => poll(house, ids)))
  return feeds
}

async function list({ db }: House, json: boolean): Promise<void> {
  for (const source of await allSources(db.read)) {
    if (json) {
      console.log(
        JSON.stringify({
          id: source.id,
          name: source.name,
          url: source.url,
          enabled: source.enabled === 1,
          reason: source.reason,
          readAt: source.read_at,
          nextAt: source.next_at,
          failingSince: source.failing_since,
          trouble: source.trouble,
          lastItemAt: source.last_item_at,
          state: stateOf(source),
          kind: source.kind,
          goneSince: source.muted_at,
          failures: source.failures,
          folder: source.folder ? JSON.parse(source.folder) : [],
        }),
      )
      continue
    }
    console.log(`${source.id.padEnd(16)} ${stateOf(source).padEnd(16)} ${source.name}`)
    if (source.url) console.log(`${''.padEnd(33)} ${source.url}`)
    if (source.enabled === 0 && source.reason) console.log(`${''.padEnd(33)} ${source.reason}`)
    if (source.trouble) console.log(`${''.padEnd(33)} ${source.trouble}`)
    if (source.enabled === 1 && source.muted_at === null) console.log(`${''.padEnd(33)} ${timesOf(source)}`)
  }
}

const stateOf = (source: SourceTable): string => {
  if (source.enabled === 0) return 'off'
  if (source.muted_at) return 'GONE'
  if (source.failing_since) return 'FAILING'
  return source.read_at ? 'on' : 'on, not read yet'
}

const moment = (at: string): string => plainMoment(at, 'moment', 'UTC')

const timesOf = (source: SourceTable): string =>
  [
    source.failing_since && `failing since ${moment(source.failing_since)}`,
    source.read_at && `read ${moment(source.read_at)}`,
    `next ${moment(source.next_at)}`,
    source.read_at && (source.last_item_at ? `last new item ${moment(source.last_item_at)}` : 'no item yet'),
  ]
    .filter(Boolean)
    .join(', ')

async function enable(house: House, ids: string[], all: boolean): Promise<void> {
  const wanted = all
    ? (await allSources(house.db.read))
        // Whether selectors find the right things, a person has to see first.
        .filter((source) => source.url && source.enabled === 0 && source.kind !== 'page')
        .map((source) => source.id)
    : ids
  if (wanted.length === 0)
    throw new Refusal('Name the sources to switch on ("cme feeds list" shows them), or say --all.')
  const waiting: Waiting = new Map()
  let on = 0
  for (const id of wanted) if (await enableOne(house, id, waiting)) on++
  if (on === 0) throw new Refusal('Nothing was switched on.')
}

async function enableOne(house: House, id: string, waiting: Waiting): Promise<boolean> {
  const source = await findSource(house.db.read, id)
  if (source?.url && (await spared(house, source, waiting))) return true
  const reading = source?.url ? await readSource(house.reader, source) : undefined
  if (reading?.kind === 'trouble' && (await triedLater(house, source!, reading.trouble, waiting))) return true
  // It was read just now, which is enough.
  const reader = { ...house.reader, ...(reading ? { read: async () => reading } : {}) }
  const result = await enableSource({ ...polling(house), reader }, id, house.clock.now())
  tell(result)
  return 'items' in result
}

async function disable({ db }: House, ids: string[]): Promise<void> {
  for (const id of ids) {
    const source = await findSource(db.read, id)
    if (!source) throw new Refusal(`There is no source ${id}: "cme feeds list" shows them all.`)
    await inTx(db, (tx) => putSource(tx, source, { enabled: 0, switched: 0 }))
    console.log(`${id} is off`)
  }
}

async function poll(house: House, said: string[]): Promise<void> {
  const ids = [...new Set(said)]
  const now = house.clock.now()
  const named = await Promise.all(ids.map((id) => findSource(house.db.read, id)))
  const stranger = ids.find((_, i) => !named[i])
  if (stranger) throw new Refusal(`There is no source ${stranger}: "cme feeds list" shows them all.`)
  const hosts = [...Map.groupBy(named as SourceTable[], ({ url }) => hostOf(url ?? '')).values()]
  const polled =
    ids.length > 0
      ? (await Promise.all(hosts.map((host) => pollHost(polling(house), host, now)))).flat()
      : await pollDue(polling(house), now)
  if (polled.length === 0) console.log('No source is due now.')
  for (const result of polled) tell(result)
  for (const id of ids)
    if (!polled.some(({ source }) => source === id))
      console.log(`${id}: not read now; its server asked for patience a moment ago`)
  if (polled.length > 0 && polled.every((result) => 'trouble' in result)) throw new Refusal('No source could be read.')
}
