import type { Card } from '@cme-commons/core'
import { lastValue, nextValues } from './counters.ts'
import type { TryMessageTable } from './tables/try.ts'
import type { Read, Tx } from './tx.ts'

/** A line of the try-out chat; `place` orders a conversation, `seq` grows with every change of any line. */
export type TryMessage = Omit<TryMessageTable, 'card'> & { card: Card | null }
export type NewTryMessage = Omit<TryMessage, 'place' | 'seq' | 'pinned'> & { pinned?: number }

const COUNTER = 'try-messages'

/** Adds a line and answers it, or nothing when its key is there already: a parcel delivered twice shows once. */
export async function addTryMessage(tx: Tx, line: NewTryMessage): Promise<TryMessage | undefined> {
  const seq = await nextValues(tx, COUNTER)
  const row = await tx
    .insertInto('try_messages')
    .values({ ...line, pinned: line.pinned ?? 0, card: line.card && JSON.stringify(line.card), place: seq, seq })
    .onConflict((c) => c.column('key').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && message(row)
}

/** Puts another card in the place of the one that `reader` sees under `key`; nothing when there is no such line. */
export async function replaceTryCard(tx: Tx, key: string, reader: string, card: Card): Promise<TryMessage | undefined> {
  const row = await tx
    .updateTable('try_messages')
    .set({ card: JSON.stringify(card), seq: await nextValues(tx, COUNTER) })
    .where('key', '=', key)
    .where('card', 'is not', null)
    .where((e) => e.or([e('reader', '=', reader), e('reader', 'is', null)]))
    .returningAll()
    .executeTakeFirst()
  return row && message(row)
}

/** Puts another card in the place of one that was delivered to a channel under `key`; false when there is no such line. */
export async function replaceDelivered(tx: Tx, key: string, card: Card): Promise<boolean> {
  const row = await tx
    .updateTable('try_messages')
    .set({ card: JSON.stringify(card), seq: await nextValues(tx, COUNTER) })
    .where('key', '=', key)
    .where('kind', '=', 'delivered')
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

/** The line under `key`, if `reader` sees it. */
export async function findTryMessage(read: Read, key: string, reader: string): Promise<TryMessage | undefined> {
  const row = await read
    .selectFrom('try_messages')
    .selectAll()
    .where('key', '=', key)
    .where((e) => e.or([e('reader', '=', reader), e('reader', 'is', null)]))
    .executeTakeFirst()
  return row && message(row)
}

/** Who looks, where, and what she has seen already (`after`, a `seq`). */
export type TryView = { space: string; reader: string; channels: readonly string[]; after?: number; limit?: number }

/** The lines that a member sees and that changed after `after`, oldest change first; without `after` the latest ones. */
export async function tryMessages(
  read: Read,
  { space, reader, channels, after, limit = 200 }: TryView,
): Promise<TryMessage[]> {
  const rows = await read
    .selectFrom('try_messages')
    .selectAll()
    .where('space', '=', space)
    .where('seq', '>', after ?? 0)
    .where((e) => e.or([e('channel', 'is', null), ...(channels.length > 0 ? [e('channel', 'in', channels)] : [])]))
    .where((e) => e.or([e('reader', '=', reader), e.and([e('reader', 'is', null), e('channel', 'is not', null)])]))
    .orderBy('seq', after === undefined ? 'desc' : 'asc')
    .limit(limit)
    .execute()
  return (after === undefined ? rows.reverse() : rows).map(message)
}

/** Everything the courier delivered to anybody after `after`. */
export async function tryDeliveries(read: Read, space: string, after: number): Promise<TryMessage[]> {
  const rows = await read
    .selectFrom('try_messages')
    .selectAll()
    .where('space', '=', space)
    .where('kind', '=', 'delivered')
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(200)
    .execute()
  return rows.map(message)
}

/** The number of the last change of any line. */
export const lastTryChange = (read: Read): Promise<number> => lastValue(read, COUNTER)

const message = (row: TryMessageTable): TryMessage => ({
  ...row,
  card: row.card === null ? null : (JSON.parse(row.card) as Card),
})
