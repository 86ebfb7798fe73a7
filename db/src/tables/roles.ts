import type { Instant, Role } from '@cme-commons/core'

/**
 * A role that a member was given in a space, by whom and when; taken again, the row stays with who took it. `given_by` is null when the
 * product gave it: to who installed the bot.
 */
export interface RoleTable {
  id: string
  space: string
  member: string
  role: Role
  given_by: string | null
  at: Instant
  taken_by: string | null
  taken_at: Instant | null
}

export interface RoleTables {
  roles: RoleTable
}
