import { forgetDatesAfter } from './item-dates.ts'
import { forgetEditsAfter, forgetEditsOf } from './item-edits.ts'
import { forgetOffersAfter } from './source-offers.ts'
import type { Tx } from './tx.ts'

/** Forgets what the moderators of a space made of the news, when the program was taken out of it. */
export async function forgetEditing(tx: Tx, space: string): Promise<void> {
  await forgetEditsOf(tx, space)
  for (const table of ['item_date_decisions', 'source_offers'] as const)
    await tx.deleteFrom(table).where('space', '=', space).execute()
}

/** Undoes what a clock that was ahead brought, and all that is about the items which are going with it. */
export async function forgetEditingAfter(tx: Tx, now: string): Promise<void> {
  const going = tx.selectFrom('items').select('id').where('seen', '>', now)
  await forgetEditsAfter(tx, now)
  for (const table of ['item_edits', 'item_history', 'item_dates', 'item_date_decisions'] as const)
    await tx.deleteFrom(table).where('item', 'in', going).execute()
  await forgetDatesAfter(tx, now)
  await forgetOffersAfter(tx, now)
}
