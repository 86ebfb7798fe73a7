import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import type { Brought } from './brought.ts'
import { takeMeetings } from './conference-people.ts'
import { nextValues } from './counters.ts'
import type { Person } from './links.ts'
import { nameMembers } from './member-names.ts'
import type { DocumentState, DocumentTable } from './tables/documents.ts'
import type { Tx } from './tx.ts'

/**
 * Who leaves a member, and whom she leaves. `alone`: nobody else of that member is in her space, so that what belongs to it is hers;
 * otherwise only what she brought is.
 */
export type Leaving = {
  from: string
  to: string
  person: Person
  alone: boolean
  brought: Brought
  stays: Person
  linkedAt: Instant
}

const OF_SPACE = [
  ['suggestions', 'member', 'suggestions'],
  ['suggestions', 'decided_by', undefined],
  ['tokens', 'member', 'tokens'],
  ['roles', 'member', 'roles'],
  ['date_history', 'changed_by', undefined],
  ['conference_channels', 'opened_by', undefined],
  ['channel_decisions', 'decided_by', undefined],
  ['item_history', 'changed_by', undefined],
  ['item_date_decisions', 'decided_by', undefined],
  ['source_offers', 'member', undefined],
  ['roles', 'given_by', undefined],
  ['roles', 'taken_by', undefined],
  ['drafts', 'member', undefined],
  ['reviews', 'reviewer', 'reviewed'],
] as const

/** Gives who leaves her identity and what belongs to her space. */
export async function takeAlong(tx: Tx, { from, to, person, alone, brought, linkedAt }: Leaving): Promise<void> {
  const { space, user } = person
  for (const [table, column, list] of OF_SPACE) {
    const ids = list ? brought[list] : []
    if (!alone && ids.length === 0) continue
    const hers = alone ? sql`space = ${space}` : sql`id in (${sql.join(ids)})`
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to}
      where ${sql.ref(column)} = ${from} and ${hers}`.execute(tx)
  }
  if (alone) await takeMeetings(tx, from, to, space)
  for (const table of ['subscriptions', 'follows'] as const)
    await tx
      .updateTable(table)
      .set({ member: to })
      .where('space', '=', space)
      .where('address', '=', `user:${user}`)
      .execute()
  await tx.deleteFrom('linked').where('space', '=', space).where('user_id', '=', user).execute()
  await tx.updateTable('identities').set({ member: to }).where('space', '=', space).where('user', '=', user).execute()
  await nameMembers(tx, [from, to])
  for (const member of [from, to]) await holdAgain(tx, member, linkedAt)
}

/** A role that both held is held by each again. */
async function holdAgain(tx: Tx, member: string, linkedAt: Instant): Promise<void> {
  const roles = await tx.selectFrom('roles').selectAll().where('member', '=', member).orderBy('id').execute()
  for (const { id, space, role, taken_at, taken_by } of roles) {
    if (taken_at !== linkedAt || taken_by !== null) continue
    if (roles.some((one) => one.space === space && one.role === role && one.taken_at === null)) continue
    await tx.updateTable('roles').set({ taken_at: null }).where('id', '=', id).execute()
  }
}

type Shared = DocumentTable & { open: string | null }

/**
 * Parts the documents. One that waits for review goes to the side of its reviewers, one that was brought to who brought it, every other
 * one stays. Whoever has worked on a document that goes to the other side keeps a copy of its text, as a draft.
 */
export async function partDocuments(tx: Tx, leaving: Leaving, now: Instant): Promise<void> {
  const { from, to, person, alone, brought, stays } = leaving
  const all: Shared[] = await tx
    .selectFrom('documents')
    .leftJoin('reviews', (join) =>
      join.onRef('reviews.document', '=', 'documents.id').on('reviews.decision', 'is', null),
    )
    .selectAll('documents')
    .select('reviews.space as open')
    .where('documents.member', '=', from)
    .orderBy('documents.changed_at', 'desc')
    .execute()
  const was = (one: Shared) => brought.documents.includes(one.id)
  const goes = (one: Shared) => (alone && one.open !== null ? one.open === person.space : was(one))
  // Nothing is current until everything is where it belongs.
  await tx
    .updateTable('documents')
    .set({ set_aside_at: now })
    .where('member', '=', from)
    .where('set_aside_at', 'is', null)
    .execute()
  for (const one of all)
    if (goes(one)) await tx.updateTable('documents').set({ member: to }).where('id', '=', one.id).execute()
    else if (alone && one.open === null && one.space === person.space)
      await tx.updateTable('documents').set({ space: stays.space }).where('id', '=', one.id).execute()
  for (const kind of ['needs', 'activity'] as const) {
    const some = all.filter((one) => one.kind === kind)
    const current = some.find((one) => one.set_aside_at === null)
    const left = some.filter(goes)
    const own = left.find(({ open }) => open !== null) ?? left.find(was) ?? left[0]
    if (own) await goOnWith(tx, own)
    else {
      const lent = some.find((one) => was(one))
      if (lent) await copy(tx, lent, { member: to, space: person.space }, now)
    }
    if (!current) continue
    if (goes(current)) await copy(tx, current, { member: from, space: stays.space }, now)
    else await goOnWith(tx, current)
  }
}

const goOnWith = (tx: Tx, { id }: DocumentTable) =>
  tx.updateTable('documents').set({ set_aside_at: null }).where('id', '=', id).execute()

async function copy(
  tx: Tx,
  { kind, state, body, made_at }: DocumentTable,
  to: { member: string; space: string },
  now: Instant,
) {
  const id = `doc${await nextValues(tx, 'documents')}`
  const copied: DocumentState = kind === 'needs' ? state : 'draft'
  await tx
    .insertInto('documents')
    .values({ id, ...to, kind, state: copied, body, made_at, changed_at: now, set_aside_at: null })
    .execute()
}

/** Forgets of those who stay linked that they are, when only one is left. */
export async function unlinkLast(tx: Tx, member: string): Promise<void> {
  const left = await tx.selectFrom('linked').select('user_id').where('member', '=', member).execute()
  if (left.length === 1) await tx.deleteFrom('linked').where('member', '=', member).execute()
}
