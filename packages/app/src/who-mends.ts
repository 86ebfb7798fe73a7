import type { Address } from '@cme-commons/core'
import { findSpace, heldRoles, type Tx, userIn } from '@cme-commons/db'
import { toOf } from './rows.ts'

/** Where who can mend something is told: where moderators are, or the first of them where that is the place which does not work. */
export async function whoMends(tx: Tx, id: string, broken?: string): Promise<Address | undefined> {
  const told = (await findSpace(tx, id))?.moderators
  const to = told ? toOf(told) : undefined
  if (to && !('channel' in to && to.channel === broken)) return { space: id, ...to }
  const user = await firstModerator(tx, id)
  return user ? { space: id, user } : undefined
}

/** The first who moderates a space, by her id on its platform. */
export async function firstModerator(tx: Tx, space: string): Promise<string | undefined> {
  for (const { member, role } of await heldRoles(tx, space)) {
    const user = role === 'moderator' ? await userIn(tx, space, member) : undefined
    if (user) return user
  }
  return undefined
}
