import { cleanLink, type FeedItem, type Instant, type Knowledge, type ReadDay } from '@cme-commons/core'
import {
  addItemDates,
  addOrigins,
  hrefsOf,
  type ItemRevisionTable,
  type ItemTable,
  itemsById,
  moveItem,
  originsOf,
  type Read,
  revise,
  revisionsOf,
  type SourceTable,
  type Tx,
} from '@cme-commons/db'
import { hashOf } from './digest-maker.ts'
import { labelColumns, relabelled } from './labels.ts'

/** So many changed items of one source at once are a new design of its site, no news. */
const MOST_TOLD = 5

/** Topics in which a changed text is news again: the standards, the criteria and policies, the credit systems. */
const MATTERS = new Set(['standards-integrity', 'criteria-policy', 'credit-system'])

/** Spaces, case and punctuation change without meaning anything. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const wordsOf = ({ title, text }: Pick<FeedItem, 'title' | 'text'>): string => hashOf(`${bare(title)}\n${bare(text)}`)

/** Remembers whose words new items have. */
export const rememberWords = (tx: Tx, source: string, items: readonly ItemTable[]): Promise<void> =>
  addOrigins(
    tx,
    items.map((row) => ({ item: row.id, source, hash: wordsOf(row) })),
  )

/** A known item that its source changed; `matters` when it is news again. */
type Change = {
  row: ItemTable
  entry: FeedItem
  labels: ReturnType<typeof labelColumns>
  days: readonly ReadDay[]
  matters: boolean
}

/** The changed ones among the entries of one source that are known items with its words. */
export async function changesAmong(
  db: Read,
  source: SourceTable,
  known: ReadonlyMap<string, FeedItem>,
  content: Knowledge,
): Promise<Change[]> {
  const origins = await originsOf(db, source.id, [...known.keys()])
  const changed = [...origins].filter(([item, hash]) => wordsOf(known.get(item)!) !== hash).map(([item]) => item)
  const changes: Change[] = []
  for (const { links: _, before: __, edit: ___, unedited: ____, ...row } of await itemsById(db, changed)) {
    const entry = known.get(row.id)!
    const { days, ...read } = relabelled(entry, source, row.published, content)
    const labels = labelColumns(read)
    const matters = mayMatter(row, entry, labels.topic) && isNew(row, entry, await revisionsOf(db, row.id))
    changes.push({ row, entry, labels, days: days ?? [], matters })
  }
  return changes
}

/** Whether there are more changes than a source makes news of at once. */
export const tooMany = (changes: readonly Change[]): boolean =>
  changes.filter(({ matters }) => matters).length > MOST_TOLD

/** Nobody was told of what was old when it was first seen, or of another field; the latter may turn out to be of ours. */
function mayMatter(row: ItemTable, entry: FeedItem, topic: string): boolean {
  if (row.old === 1 || row.sample === 1) return false
  if (row.topic === 'off-topic') return topic !== 'off-topic'
  return MATTERS.has(topic) && bare(row.text) !== bare(entry.text)
}

/** Whether a change says what was not told before: neither an earlier version again, nor a number that changes time after time. */
function isNew(row: ItemTable, entry: FeedItem, earlier: readonly ItemRevisionTable[]): boolean {
  if (row.topic === 'off-topic') return true
  const counts = sameButNumbers(row.text, entry.text) && earlier.some(({ text }) => sameButNumbers(text, row.text))
  return !counts && !earlier.some(({ text }) => bare(text) === bare(entry.text))
}

const sameButNumbers = (one: string, other: string): boolean =>
  bare(one).replace(/\d+/g, '0') === bare(other).replace(/\d+/g, '0')

/**
 * Keeps each change of known items as a revision. One that matters becomes news again, unless the whole site was redesigned. An item
 * whose source has it at another address is there from now on. Answers how many changed.
 */
export async function reviseChanged(
  tx: Tx,
  source: SourceTable,
  known: ReadonlyMap<string, FeedItem>,
  now: Instant,
  content: Knowledge,
  redesigned: boolean,
): Promise<number> {
  await followAddresses(tx, source.id, known)
  const changes = await changesAmong(tx, source, known, content)
  for (const { row, entry, labels, matters } of changes) {
    const change = { title: entry.title, text: entry.text, ...labels }
    await revise(tx, row, change, { at: now, hash: wordsOf(entry), tell: matters && !redesigned })
  }
  await addItemDates(
    tx,
    now,
    changes.map(({ row, days }) => ({ item: row.id, days })),
  )
  return changes.length
}

/** A page that moved, or was a draft, is linked to where it is; what only counts visitors moves nothing. */
async function followAddresses(tx: Tx, source: string, known: ReadonlyMap<string, FeedItem>): Promise<void> {
  const items = [...known.keys()]
  const hrefs = await hrefsOf(tx, source, items)
  const moved = [...known].filter(([item, { link }]) => {
    const href = hrefs.get(item)
    return link && hrefs.has(item) && (!href || cleanLink(href) !== cleanLink(link))
  })
  if (moved.length === 0) return
  const own = await originsOf(tx, source, items)
  for (const [item, { link }] of moved) await moveItem(tx, source, item, link!, own.has(item))
}
