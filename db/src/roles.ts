import type { Instant, Role } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { RoleTable } from './tables/roles.ts'
import type { Read, Tx } from './tx.ts'

export type Holding = { space: string; member: string; role: Role }

/** Gives a role in a space; nothing when she has it already. Without `by` the product gives it: to who installed the bot. */
export async function giveRole(
  tx: Tx,
  { space, member, role, by }: Holding & { by?: string },
  now: Instant,
): Promise<RoleTable | undefined> {
  const id = `role${await nextValues(tx, 'roles')}`
  return tx
    .insertInto('roles')
    .values({ id, space, member, role, given_by: by ?? null, at: now, taken_by: null, taken_at: null })
    .onConflict((c) => c.columns(['space', 'member', 'role']).where('taken_at', 'is', null).doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Takes a role away; what was given stays on record. False when she did not have it. */
export async function takeRole(
  tx: Tx,
  { space, member, role, by }: Holding & { by: string },
  now: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('roles')
    .set({ taken_by: by, taken_at: now })
    .where('space', '=', space)
    .where('member', '=', member)
    .where('role', '=', role)
    .where('taken_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function rolesOf(db: Read, space: string, member: string): Promise<Role[]> {
  const rows = await db
    .selectFrom('roles')
    .select('role')
    .where('space', '=', space)
    .where('member', '=', member)
    .where('taken_at', 'is', null)
    .execute()
  return rows.map(({ role }) => role)
}

/** Who holds a role in a space now. The rows are this transaction's until it ends, so that two moderators do not take each other's. */
export async function holdRole(tx: Tx, space: string, role: Role): Promise<string[]> {
  const rows = await tx
    .updateTable('roles')
    .set((e) => ({ role: e.ref('role') }))
    .where('space', '=', space)
    .where('role', '=', role)
    .where('taken_at', 'is', null)
    .returning('member')
    .execute()
  return rows.map(({ member }) => member)
}

export type NamedRole = RoleTable & { name: string | null; giver: string | null; taker: string | null }

const named = (db: Read, space: string) =>
  db
    .selectFrom('roles')
    .innerJoin('members', 'members.id', 'roles.member')
    .leftJoin('members as givers', 'givers.id', 'roles.given_by')
    .leftJoin('members as takers', 'takers.id', 'roles.taken_by')
    .selectAll('roles')
    .select(['members.name', 'givers.name as giver', 'takers.name as taker'])
    .where('roles.space', '=', space)

/** The roles that are held in a space, by everybody or by one member, the oldest first. */
export const heldRoles = (db: Read, space: string, member?: string): Promise<NamedRole[]> =>
  named(db, space)
    .where('taken_at', 'is', null)
    .$if(member !== undefined, (query) => query.where('roles.member', '=', member!))
    .orderBy('roles.at')
    .orderBy('roles.id')
    .limit(200)
    .execute()

/** Every role that was ever given in a space, the latest first. */
export const roleHistory = (db: Read, space: string, from: number, limit: number): Promise<NamedRole[]> =>
  named(db, space).orderBy('roles.at', 'desc').orderBy('roles.id', 'desc').offset(from).limit(limit).execute()

/** Undoes what a clock that was ahead brought. */
export async function forgetRolesAfter(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('roles').where('at', '>', now).execute()
  await tx.updateTable('roles').set({ taken_by: null, taken_at: null }).where('taken_at', '>', now).execute()
}
