import type { FeedItem, Instant, Knowledge } from '@cme-commons/core'
import {
  addItemDates,
  addOrigins,
  type ItemTable,
  itemsById,
  originsOf,
  revise,
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

/**
 * Finds the changed ones among the entries of one source that are known items with its words, and keeps each change as a revision. One
 * that matters becomes news again. Answers how many changed.
 */
export async function reviseChanged(
  tx: Tx,
  source: SourceTable,
  known: ReadonlyMap<string, FeedItem>,
  now: Instant,
  content: Knowledge,
): Promise<number> {
  const origins = await originsOf(tx, source.id, [...known.keys()])
  const changed = [...origins].filter(([item, hash]) => wordsOf(known.get(item)!) !== hash).map(([item]) => item)
  const changes = (await itemsById(tx, changed)).map(({ links: _, before: __, edit: ___, unedited: ____, ...row }) => {
    const entry = known.get(row.id)!
    const { days, ...read } = relabelled(entry, source, row.published, content)
    const labels = labelColumns(read)
    const said = bare(row.text) !== bare(entry.text)
    // Nobody was told of what was old when it was first seen.
    const wasTold = row.old === 0 && row.sample === 0
    return { row, entry, labels, days: days ?? [], matters: said && wasTold && MATTERS.has(labels.topic) }
  })
  const told = changes.filter(({ matters }) => matters).length <= MOST_TOLD
  for (const { row, entry, labels, matters } of changes) {
    const change = { title: entry.title, text: entry.text, ...labels }
    await revise(tx, row, change, { at: now, hash: wordsOf(entry), tell: matters && told })
  }
  await addItemDates(
    tx,
    now,
    changes.map(({ row, days }) => ({ item: row.id, days })),
  )
  return changes.length
}
