import { forgetCompanyAfter } from './company.ts'
import { forgetConferencesAfter } from './conference-history.ts'
import { forgetMeetingsAfter } from './conference-people.ts'
import { forgetEditingAfter } from './forget-editing.ts'
import { forgetCodesAfter } from './links.ts'
import { type Delivery, toDelivery } from './outbox.ts'
import { forgetProgressAfter } from './progress.ts'
import { forgetRolesAfter } from './roles.ts'
import { forgetSuggestionsAfter } from './suggestions.ts'
import type { Tx } from './tx.ts'

/** What was promised after `now`. */
export const deliveriesAfter = async (tx: Tx, now: string): Promise<Delivery[]> =>
  (await tx.selectFrom('deliveries').selectAll().where('made_at', '>', now).execute()).map(toDelivery)

/** Lets a subscription go on behind `since` at the latest. */
export async function startBefore(tx: Tx, subscription: string, since: number): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ cursor: since })
    .where('id', '=', subscription)
    .where((eb) => eb.or([eb('cursor', 'is', null), eb('cursor', '>', since)]))
    .execute()
}

/**
 * Undoes what a clock that was ahead brought: items, digests, deliveries and messages of after `now` are gone, and the sample feed is
 * due again. For the try-out only; audiences are set back by whoever knows their schedules.
 */
export async function forgetAfter(tx: Tx, now: string): Promise<void> {
  const later = tx.selectFrom('items').select('id').where('seen', '>', now)
  await tx.deleteFrom('item_names').where('item', 'in', later).execute()
  await tx.deleteFrom('item_links').where('item', 'in', later).execute()
  await tx.deleteFrom('item_twins').where('item', 'in', later).execute()
  await tx.deleteFrom('item_origins').where('item', 'in', later).execute()
  await tx.deleteFrom('item_revisions').where('item', 'in', later).execute()
  await forgetEditingAfter(tx, now)
  await tx.deleteFrom('items').where('seen', '>', now).execute()
  await tx.deleteFrom('digests').where('at', '>', now).execute()
  await tx.deleteFrom('deliveries').where('made_at', '>', now).execute()
  await forgetProgressAfter(tx, now)
  await forgetCompanyAfter(tx, now)
  await forgetConferencesAfter(tx, now)
  await forgetMeetingsAfter(tx, now)
  await forgetRolesAfter(tx, now)
  await forgetSuggestionsAfter(tx, now)
  await forgetCodesAfter(tx, now)
  await tx.deleteFrom('console_links').where('made_at', '>', now).execute()
  await tx.deleteFrom('try_messages').where('at', '>', now).execute()
  await tx
    .updateTable('sources')
    .set({ next_at: now, etag: null, last_modified: null, body_hash: null })
    .where('sample', '=', 1)
    .execute()
  await tx.updateTable('sources').set({ last_item_at: now }).where('last_item_at', '>', now).execute()
  const newest = tx.selectFrom('items').select((eb) => eb.fn.coalesce(eb.fn.max('seq'), eb.lit(0)).as('seq'))
  await tx.updateTable('subscriptions').set({ cursor: newest }).where('cursor', '>', newest).execute()
  await tx.updateTable('audiences').set({ cursor: newest }).where('cursor', '>', newest).execute()
}
