import {
  areGuidsBad,
  cleanLink,
  type Feed,
  type FeedItem,
  type Instant,
  isAnother,
  type KnownBy,
  namesOf,
  sameTitle,
} from '@cme-commons/core'
import {
  addNames,
  audit,
  changeSource,
  type Db,
  inTx,
  itemsById,
  itemsNamed,
  type Read,
  type SourceTable,
} from '@cme-commons/db'
import { hashOf } from './digest-maker.ts'
import type { Wake } from './due.ts'
import { badGuidsCard } from './source-cards.ts'
import { tellEverywhere } from './sources.ts'

/** After so many guids what was seen before counts half. */
const HALVED_AFTER = 500

/** By what the entries of a source are known. */
export const knownBy = ({ guids_dropped_at }: Pick<SourceTable, 'guids_dropped_at'>): KnownBy =>
  guids_dropped_at === null ? 'guid' : 'link'

/** `grave` are those of the bad ones by which news would be missed or told twice, as long as guids are names. */
type Watched = { seen: number; bad: number; grave: number; spare: { name: string; item: string }[] }

/**
 * Looks, before a document is stored, whether the guids of its source repeat or change, and lets them go when too many do: with a line in the
 * audit and a word to moderators, once. Answers by what its entries are known from now on.
 */
export async function watchGuids(db: Db, source: SourceTable, feed: Feed, now: Instant, wake: Wake): Promise<KnownBy> {
  if (knownBy(source) === 'link') return 'link'
  const { seen, bad, grave, spare } = await watch(db.read, source, feed.items)
  if (seen === 0) return 'guid'
  const half = source.guids_seen > HALVED_AFTER ? 2 : 1
  const lately = Math.floor(source.guids_bad / half) + bad
  const counted = { guids_seen: Math.floor(source.guids_seen / half) + seen, guids_bad: lately }
  // All of them new once, where addresses tell who is who, is a server that was moved.
  const drop = areGuidsBad({ seen, bad, lately }) && (grave > 0 || source.guids_bad > 0)
  if (!drop && lately === 0 && source.guids_bad === 0) return 'guid'
  await inTx(db, async (tx) => {
    await changeSource(tx, source.id, { ...counted, ...(drop ? { guids_dropped_at: now } : {}) })
    if (!drop) return
    await addNames(
      tx,
      spare.map((name) => ({ source: source.id, ...name })),
    )
    const detail = JSON.stringify({ source: source.id, seen, bad })
    await audit(tx, { at: now, space: null, actor: 'feeds', what: 'source.guids-dropped', detail })
    if (source.enabled === 1)
      await tellEverywhere(tx, `source/${source.id}/guids/${now}`, badGuidsCard(source, { seen, bad }), now, wake)
  })
  return drop ? 'link' : 'guid'
}

/** How many guids a document has and how many of them are bad; `spare` names the known items that had no other name yet. */
async function watch(db: Read, source: SourceTable, items: readonly FeedItem[]): Promise<Watched> {
  const withGuid = items.filter(({ id }) => id)
  const times = Map.groupBy(withGuid, ({ id }) => id)
  const repeated = withGuid.filter(({ id }) => times.get(id)!.length > 1).length
  if (source.read_at === null) return { seen: withGuid.length, bad: repeated, grave: repeated, spare: [] }
  const names = namesOf(items, 'link').map(([name]) => name!)
  const single = items.flatMap((item, i) =>
    item.id && times.get(item.id)!.length === 1
      ? [{ item, guid: hashOf(`guid ${item.id}`), other: hashOf(names[i]!), link: names[i]!.startsWith('link ') }]
      : [],
  )
  const known = await itemsNamed(
    db,
    source.id,
    source.id,
    single.flatMap(({ guid, other }) => [guid, other]),
  )
  const alone = single.flatMap(({ item, guid, other }) => {
    const by = known.get(guid)
    return by && !known.has(other) ? [{ item, other, of: by.item }] : []
  })
  const stored = new Map(
    (
      await itemsById(
        db,
        alone.map(({ of }) => of),
      )
    ).map((row) => [row.id, row]),
  )
  const told = alone.map(({ item, other, of }) => {
    const row = stored.get(of)
    const same = row !== undefined && sameTitle(row.title, item.title)
    const moved =
      row !== undefined &&
      (row.link ? cleanLink(row.link) : undefined) !== (item.link ? cleanLink(item.link) : undefined)
    // One that lost both its address and its title is another one, under a guid that was used before.
    return { name: other, item: of, same, bad: row !== undefined && moved && !same }
  })
  const conflicts = single.filter(({ item, guid, other }) => {
    const [by, as] = [known.get(guid), known.get(other)]
    return as !== undefined && by?.item !== as.item && (by !== undefined || !isAnother(item, as))
  })
  const harmless = conflicts.filter(({ guid, link }) => link && !known.has(guid)).length
  const bad = repeated + conflicts.length + told.filter(({ bad }) => bad).length
  return {
    seen: withGuid.length,
    bad,
    grave: bad - harmless,
    spare: told.filter(({ same }) => same).map(({ name, item }) => ({ name, item })),
  }
}
