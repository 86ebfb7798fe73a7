import { unread } from '@cme-commons/app'
import { hostOf, plainMoment } from '@cme-commons/core'
import { allSources, findSource, inTx, putSource } from '@cme-commons/db'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { enableSource, type Polled, type Polling, pollDue, pollOne, store } from '../poll.ts'
import { sweptLater } from '../runner/bystander.ts'
import { readFeeds } from './feeds-read.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

export function feedsCommand(program: Command): Command {
  const feeds = program.command('feeds').description('Where the news comes from')
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
    .description('Add a feed by its address: it is read once and stored silently')
    .argument('<url>')
    .option('--id <id>', 'a short name for commands')
    .option('--name <name>', 'what readers see')
    .action((url: string, options: { id?: string; name?: string }) => withHouse((house) => add(house, url, options)))
  feeds
    .command('enable')
    .description('Switch sources on that answer as a feed; --all tries every one')
    .argument('[id...]')
    .option('--all', 'every source with an address')
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

const polling = (house: House): Polling => ({
  db: house.db,
  content: house.content,
  reader: house.reader,
  log: house.log,
  wake: sweptLater,
})

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
        }),
      )
      continue
    }
    const state =
      source.enabled === 0 ? 'off' : source.failing_since ? 'FAILING' : source.read_at ? 'on' : 'on, not read yet'
    console.log(`${source.id.padEnd(16)} ${state.padEnd(16)} ${source.name}`)
    if (source.url) console.log(`${''.padEnd(33)} ${source.url}`)
    if (source.enabled === 0 && source.reason) console.log(`${''.padEnd(33)} ${source.reason}`)
    if (source.trouble) console.log(`${''.padEnd(33)} ${source.trouble}`)
    if (source.enabled === 1 && source.read_at)
      console.log(
        `${''.padEnd(33)} read ${plainMoment(source.read_at, 'moment', 'UTC')}, next ${plainMoment(source.next_at, 'moment', 'UTC')}`,
      )
  }
}

async function add(house: House, url: string, { id, name }: { id?: string; name?: string }): Promise<void> {
  const key = (id ?? hostOf(url))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (!key) throw new Refusal(`"${url}" is not an address: write it as in https://example.org/feed/.`)
  const all = await allSources(house.db.read)
  const same = all.find((source) => source.id === key || source.url === url)
  if (same)
    throw new Refusal(
      `There is a source ${same.id} already (${same.url ?? 'without an address'}): use "cme feeds enable ${same.id}", or give another --id.`,
    )
  const reading = await house.reader.read(url)
  if (reading.kind === 'trouble') throw new Refusal(`${url}: ${reading.trouble.say}`)
  if (reading.kind !== 'items')
    throw new Refusal(`${url} answered that nothing changed, though it was never read; try again.`)
  const now = house.clock.now()
  const source = {
    ...unread(key, now),
    name: name ?? (reading.feed.title || key),
    url,
    mixed: 1,
    enabled: 1,
    switched: 1,
    reason: 'added by an operator',
  }
  await inTx(house.db, (tx) => putSource(tx, source))
  tell(await store(polling(house), source, reading, now))
}

async function enable(house: House, ids: string[], all: boolean): Promise<void> {
  const wanted = all
    ? (await allSources(house.db.read))
        .filter((source) => source.url && source.enabled === 0)
        .map((source) => source.id)
    : ids
  if (wanted.length === 0)
    throw new Refusal('Name the sources to switch on ("cme feeds list" shows them), or say --all.')
  const results: Polled[] = []
  for (const id of wanted) {
    const result = await enableSource(polling(house), id, house.clock.now())
    tell(result)
    results.push(result)
  }
  if (results.every((result) => 'trouble' in result)) throw new Refusal('Nothing was switched on.')
}

async function disable({ db }: House, ids: string[]): Promise<void> {
  for (const id of ids) {
    const source = await findSource(db.read, id)
    if (!source) throw new Refusal(`There is no source ${id}: "cme feeds list" shows them all.`)
    await inTx(db, (tx) => putSource(tx, source, { enabled: 0, switched: 0 }))
    console.log(`${id} is off`)
  }
}

async function poll(house: House, ids: string[]): Promise<void> {
  const now = house.clock.now()
  const named = await Promise.all(ids.map((id) => findSource(house.db.read, id)))
  const stranger = ids.find((_, i) => !named[i])
  if (stranger) throw new Refusal(`There is no source ${stranger}: "cme feeds list" shows them all.`)
  const polled =
    ids.length > 0
      ? await Promise.all(named.map((source) => pollOne(polling(house), source!, now)))
      : await pollDue(polling(house), now)
  if (polled.length === 0) console.log('No source is due now.')
  for (const result of polled) tell(result)
  if (polled.length > 0 && polled.every((result) => 'trouble' in result)) throw new Refusal('No source could be read.')
}

const tell = (result: Polled): void =>
  console.log(
    'trouble' in result
      ? `${result.source}: ${result.trouble}`
      : `${result.source}: read, ${result.items === 1 ? '1 new item' : `${result.items} new items`}`,
  )
