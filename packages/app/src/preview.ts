import { DAY, type Filter, type Instant, type Item, inOrder, judge, type Knowledge, plus } from '@cme-commons/core'
import { listItems, type Read } from '@cme-commons/db'
import { itemOf } from './rows.ts'

/**
 * What a digest with this filter would have brought since `since` (two weeks if not said), in its order; old news counts here, and what
 * `space` has for itself.
 */
export async function previewItems(
  db: Read,
  filter: Filter,
  content: Knowledge,
  now: Instant,
  since: Instant = plus(now, -14 * DAY),
  space?: string,
): Promise<Item[]> {
  const rows = await listItems(db, { since, limit: 500, space })
  const through = rows.map((row) => itemOf(row, now)).filter((item) => judge(filter, item).through)
  const ordered = inOrder(through, content, now.slice(0, 10))
  return [...ordered.filter(({ pinned }) => pinned), ...ordered.filter(({ pinned }) => !pinned)]
}
