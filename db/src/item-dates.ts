import type { Day, Instant, ReadDay } from '@cme-commons/core'
import type { ItemDateDecisionTable, ItemDateTable } from './tables/editing.ts'
import type { Read, Tx } from './tx.ts'

/** Notes the days to come that items name; one that was noted before stays as it was read then. */
export async function addItemDates(
  tx: Tx,
  now: Instant,
  read: readonly { item: string; days: readonly ReadDay[] }[],
): Promise<void> {
  const today = now.slice(0, 10)
  const rows = read.flatMap(({ item, days }) =>
    days.filter(({ day }) => day >= today).map((day): ItemDateTable => ({ item, ...day, at: now })),
  )
  if (rows.length > 0)
    await tx
      .insertInto('item_dates')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute()
}

/** A day that an item names, with what the item is called in the space and where it leads. */
export type FoundRow = ItemDateTable & { title: string; link: string | null; body: string | null }

const open = (db: Read, space: string) =>
  db
    .selectFrom('item_dates as d')
    .innerJoin('items as i', 'i.id', 'd.item')
    .leftJoin('item_edits as e', (join) => join.onRef('e.item', '=', 'd.item').on('e.space', '=', space))
    .leftJoin('item_date_decisions as done', (join) =>
      join.onRef('done.item', '=', 'd.item').onRef('done.day', '=', 'd.day').on('done.space', '=', space),
    )
    .where((x) => x.or([x('i.space', 'is', null), x('i.space', '=', space)]))
    .where((x) => x.or([x('e.hidden', 'is', null), x.and([x('e.hidden', '=', 0), x('e.shown_in', 'is', null)])]))

/** The days on or after `today` on which nobody in the space has decided, the soonest first. */
export const foundDates = (db: Read, space: string, today: Day, from: number, limit: number): Promise<FoundRow[]> =>
  open(db, space)
    .selectAll('d')
    .select((x) => [x.fn.coalesce('e.title', 'i.title').as('title'), 'i.link', 'i.body'])
    .where('done.state', 'is', null)
    .where('d.day', '>=', today)
    .orderBy('d.day')
    .orderBy('d.item')
    .offset(from)
    .limit(limit)
    .execute()

/** One of them, decided or not. */
export const foundDate = (db: Read, space: string, item: string, day: Day) =>
  open(db, space)
    .selectAll('d')
    .select((x) => [x.fn.coalesce('e.title', 'i.title').as('title'), 'i.link', 'i.body', 'done.state'])
    .where('d.item', '=', item)
    .where('d.day', '=', day)
    .executeTakeFirst()

/** Decides on a day for a space; false when somebody was faster. */
export async function decideDate(tx: Tx, decision: ItemDateDecisionTable): Promise<boolean> {
  const done = await tx
    .insertInto('item_date_decisions')
    .values(decision)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Undoes what a clock that was ahead brought. */
export async function forgetDatesAfter(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('item_date_decisions').where('at', '>', now).execute()
  await tx.deleteFrom('item_dates').where('at', '>', now).execute()
}
