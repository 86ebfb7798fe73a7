import { addedSource, sameSource, sourceSlug } from '@cme-commons/app'
import { cut, hostOf } from '@cme-commons/core'
import { allSources, inTx, putSource, type SourceTable } from '@cme-commons/db'
import type { FoundFeed } from '@cme-commons/feeds'
import type { House } from '../house.ts'
import { type Polled, type Polling, store } from '../poll.ts'
import { sweptLater } from '../runner/bystander.ts'
import { showRehearsal } from './feeds-dry-run.ts'
import { Refusal } from './refusal.ts'

export type AddOptions = { id?: string; name?: string; dryRun?: boolean }

export const polling = (house: House): Polling => ({
  db: house.db,
  content: house.content,
  reader: house.reader,
  log: house.log,
  wake: sweptLater,
})

/** Adds the one feed that is at an address or behind it. Refuses where there is none, and where there are several: then one is to be named. */
export async function addFeed(house: House, url: string, { id, name, dryRun }: AddOptions): Promise<void> {
  const all = await allSources(house.db.read)
  const key = sourceSlug(id ?? hostOf(url))
  if (!key) throw new Refusal(`"${url}" is not an address: write it as in https://example.org/feed/.`)
  refuseKnown(all, key, url)
  const found = await house.reader.discover(url)
  if ('trouble' in found) throw new Refusal(`${url}: ${found.trouble.say}`)
  if (found.found.length > 1) throw new Refusal(choice(url, found.found))
  const feed = found.found[0]!
  if (feed.url !== url) refuseKnown(all, key, feed.url)
  const now = house.clock.now()
  const source = addedSource(key, name ?? (feed.reading.feed.title || key), feed.url, now)
  console.log(`${feed.reading.feed.title || '(no title)'} <${feed.url}>: ${itemsOf(feed)}`)
  await showRehearsal(house, source, feed.reading.feed, 5)
  if (dryRun) return
  await inTx(house.db, (tx) => putSource(tx, source))
  tell(await store(polling(house), source, feed.reading, now))
}

function refuseKnown(all: readonly SourceTable[], key: string, url: string): void {
  const same = sameSource(all, key, url)
  if (same)
    throw new Refusal(
      `There is a source ${same.id} already (${same.url ?? 'without an address'}): use "cme feeds enable ${same.id}", or give another --id.`,
    )
}

const choice = (url: string, found: readonly FoundFeed[]): string =>
  [
    `${url} names ${found.length} feeds; add the one you want:`,
    ...found.map(
      (feed) => `  cme feeds add ${feed.url}   ${cut(feed.reading.feed.title || '(no title)', 60)}, ${itemsOf(feed)}`,
    ),
  ].join('\n')

const itemsOf = ({ reading }: FoundFeed): string =>
  reading.feed.items.length === 1 ? '1 item' : `${reading.feed.items.length} items`

export const tell = (result: Polled): void =>
  console.log(
    'trouble' in result
      ? `${result.source}: ${result.trouble}`
      : `${result.source}: read, ${result.items === 1 ? '1 new item' : `${result.items} new items`}`,
  )
