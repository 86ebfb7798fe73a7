import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { giveMeetings } from './conference-people.ts'
import { nameMembers } from './member-names.ts'
import type { CompanyTable } from './tables/company.ts'
import type { MemberTable } from './tables/people.ts'
import type { Tx } from './tx.ts'

/** What names somebody else's owner, decider or reviewer, and needs no more than her new id. */
const NAMED = [
  ['suggestions', 'member'],
  ['suggestions', 'decided_by'],
  ['tokens', 'member'],
  ['roles', 'given_by'],
  ['roles', 'taken_by'],
  ['reviews', 'reviewer'],
  ['subscriptions', 'member'],
  ['documents', 'member'],
  ['follows', 'member'],
  ['date_history', 'changed_by'],
  ['conference_channels', 'opened_by'],
  ['channel_decisions', 'decided_by'],
  ['item_history', 'changed_by'],
  ['item_date_decisions', 'decided_by'],
  ['source_offers', 'member'],
  ['identities', 'member'],
  ['linked', 'member'],
] as const

/**
 * Gives everything of a member that is not her pathway to another one, and ends her. What both have of one kind was settled before:
 * documents set aside, pathway and company put together.
 */
export async function giveAll(tx: Tx, from: string, to: string, now: Instant): Promise<void> {
  await giveRoles(tx, from, to, now)
  await giveDrafts(tx, from, to)
  await giveMeetings(tx, from, to)
  for (const [table, column] of NAMED)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`.execute(tx)
  await tx.deleteFrom('company').where('member', '=', from).execute()
  // After her identities have gone over, the one is found in all spaces and the other in none.
  await nameMembers(tx, [from, to])
  await tx.deleteFrom('members').where('id', '=', from).execute()
}

/** A role that both hold in one space is held once: the other one stays on record as taken. */
async function giveRoles(tx: Tx, from: string, to: string, now: Instant) {
  const held = await tx
    .selectFrom('roles')
    .select(['space', 'role'])
    .where('member', '=', to)
    .where('taken_at', 'is', null)
    .execute()
  for (const { space, role } of held)
    await tx
      .updateTable('roles')
      .set({ taken_at: now })
      .where('member', '=', from)
      .where('space', '=', space)
      .where('role', '=', role)
      .where('taken_at', 'is', null)
      .execute()
  await tx.updateTable('roles').set({ member: to }).where('member', '=', from).execute()
}

/** Of what both prepared in one space and did not save, hers who stays is kept. */
async function giveDrafts(tx: Tx, from: string, to: string) {
  const kept = await tx.selectFrom('drafts').select(['space', 'kind']).where('member', '=', to).execute()
  for (const { space, kind } of kept)
    await tx
      .deleteFrom('drafts')
      .where('member', '=', from)
      .where('space', '=', space)
      .where('kind', '=', kind)
      .execute()
  await tx.updateTable('drafts').set({ member: to }).where('member', '=', from).execute()
}

/** Sets a member's documents aside: they are kept and read, and others take their place. */
export async function setAside(tx: Tx, member: string, now: Instant): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ set_aside_at: now })
    .where('member', '=', member)
    .where('set_aside_at', 'is', null)
    .execute()
}

/** Puts how a member is kept company in the place of what there was of it; nothing when there is nothing. */
export async function putCompany(tx: Tx, member: string, row: CompanyTable | null): Promise<void> {
  await tx.deleteFrom('company').where('member', '=', member).execute()
  if (row)
    await tx
      .insertInto('company')
      .values({ ...row, member })
      .execute()
}

export async function addMember(tx: Tx, member: MemberTable): Promise<void> {
  await tx.insertInto('members').values(member).execute()
}
