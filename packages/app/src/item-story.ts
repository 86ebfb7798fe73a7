import {
  type EditLine,
  goneCard,
  type ItemStory,
  itemStoryCard,
  type Knowledge,
  plainMoment,
  type ReaderStory,
  type Reply,
} from '@cme-commons/core'
import {
  audienceById,
  digestsOf,
  digestsWith,
  findItem,
  type ItemRow,
  type Read,
  type SubscriptionRow,
  subscriptionAt,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { leavesOut, leftOutOfAll, passedOver } from './item-rules.ts'
import { linesOf } from './items/desk.ts'
import { userAddress } from './people.ts'
import { itemOf } from './rows.ts'

/** Changes by moderators that the card tells of. */
const CHANGES = 5

/** What became of an item: where it was seen, and for each of some standing orders in which digests it was, will be, or why not. */
export async function itemStory(
  db: Read,
  row: ItemRow,
  orders: readonly { whose: string; order?: SubscriptionRow }[],
  content: Knowledge,
  edits?: readonly EditLine[],
): Promise<ItemStory> {
  const item = itemOf(row)
  const digests = await digestsWith(db, row.id)
  const ids = new Set(digests.map(({ id }) => id))
  const readers: ReaderStory[] = []
  for (const { whose, order } of orders) {
    const own = order ? await findItem(db, row.id, order.space) : undefined
    readers.push(await readerStory(db, own ?? row, ids, whose, content, order))
  }
  const rule = orders.length === 0 ? leftOutOfAll(row) : undefined
  return {
    item,
    digests: digests.length,
    readers,
    ...(edits && edits.length > 0 ? { edits } : {}),
    ...(rule ? { rule } : {}),
  }
}

async function readerStory(
  db: Read,
  row: ItemRow,
  digests: ReadonlySet<string>,
  whose: string,
  content: Knowledge,
  order?: SubscriptionRow,
): Promise<ReaderStory> {
  if (!order) return { whose, went: [], rule: 'no digest is ordered.' }
  const item = itemOf(row)
  const sent = (await digestsOf(db, order.id)).filter(({ digest }) => digests.has(digest))
  const went = sent.map(({ due, state }) => ({ at: due, state }))
  const cursor = order.cursor ?? (await audienceById(db, order.audience))?.cursor ?? 0
  const told = item.seq <= cursor
  const pinned = (told || item.old) && row.edit?.pinned_until && row.edit.pinned_until > order.next_at
  if (told && went.length > 0 && !pinned) return { whose, went }
  const rule = await leavesOut(db, row, order, content, pinned ? 'pinned' : 'new')
  if (rule) return { whose, went, rule }
  if (told && !pinned) return { whose, went, rule: await passedOver(db, row, order, content) }
  if (order.paused) return { whose, went, rule: 'the digest is paused; it comes when that ends.' }
  if (order.snoozed_until && order.snoozed_until > order.next_at)
    return {
      whose,
      went,
      rule: `the digest is snoozed until ${plainMoment(order.snoozed_until, 'day', 'UTC')}; it comes after that.`,
    }
  return { whose, went, next: order.next_at, ...(pinned ? { pinned: true } : {}) }
}

/** The same as a card, for the reader's own digest. */
export async function explainItem(ctx: Ctx, id: string): Promise<Reply> {
  const { tx, content, actor } = ctx
  const row = await findItem(tx, id, actor.space)
  if (!row) return { refuse: 'gone', say: goneCard('This item is not in the archive.') }
  const own = await subscriptionAt(tx, actor.space, userAddress(actor))
  const here = actor.channel ? await subscriptionAt(tx, actor.space, `channel:${actor.channel}`) : undefined
  const orders = [{ whose: 'Your digest', order: own }, ...(here ? [{ whose: 'This channel', order: here }] : [])]
  const edits = actor.moderator ? await linesOf(ctx, id, CHANGES) : []
  return { say: itemStoryCard(await itemStory(tx, row, orders, content, edits), content), private: true }
}
