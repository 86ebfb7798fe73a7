import { addressText, type Delivery, toDelivery } from './outbox.ts'
import type { NoteTable } from './tables/bots.ts'
import type { DocumentTable, ReviewTable } from './tables/documents.ts'
import type { MemberTable, SpaceTable } from './tables/people.ts'
import type { RoleTable } from './tables/roles.ts'
import type { DraftTable } from './tables/settings.ts'
import type { SuggestionTable } from './tables/suggestions.ts'
import type { Read } from './tx.ts'

/** A space in which a member is known, and the platform's id of her there. */
export type IdentityRow = Pick<SpaceTable, 'name' | 'platform'> & { space: string; user: string }

export const identitiesOf = (db: Read, member: string): Promise<IdentityRow[]> =>
  db
    .selectFrom('identities')
    .innerJoin('spaces', 'spaces.id', 'identities.space')
    .select(['identities.space', 'identities.user', 'spaces.name', 'spaces.platform'])
    .where('identities.member', '=', member)
    .orderBy('identities.space')
    .orderBy('identities.user')
    .execute()

export const memberById = (db: Read, id: string): Promise<MemberTable | undefined> =>
  db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst()

/** Every role a member was given, in any space. */
export const rolesOfMember = (db: Read, member: string): Promise<RoleTable[]> =>
  db.selectFrom('roles').selectAll().where('member', '=', member).orderBy('at').orderBy('id').execute()

export const documentsOf = (db: Read, member: string): Promise<DocumentTable[]> =>
  db.selectFrom('documents').selectAll().where('member', '=', member).orderBy('made_at').orderBy('id').execute()

/** What a member said of other members' work. */
export const reviewsBy = (db: Read, member: string): Promise<ReviewTable[]> =>
  db.selectFrom('reviews').selectAll().where('reviewer', '=', member).orderBy('submitted_at').orderBy('id').execute()

export const suggestionsOf = (db: Read, member: string): Promise<SuggestionTable[]> =>
  db.selectFrom('suggestions').selectAll().where('member', '=', member).orderBy('at').orderBy('id').execute()

export const draftsOf = (db: Read, member: string): Promise<DraftTable[]> =>
  db.selectFrom('drafts').selectAll().where('member', '=', member).orderBy('at').execute()

/** Everything that was promised to a person of a space, the latest first. */
export async function deliveriesTo(db: Read, { space, user }: { space: string; user: string }): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('space', '=', space)
    .where('address', '=', addressText({ space, user }))
    .execute()
  // Sorted here: asked for an order, SQLite would rather walk through all of the space.
  return rows.map(toDelivery).sort((a, b) => (a.made === b.made ? 0 : a.made < b.made ? 1 : -1))
}

/** What the bots keep about a person of their platform. */
export const notesAbout = (db: Read, platform: string, user: string): Promise<NoteTable[]> =>
  db
    .selectFrom('notes')
    .selectAll()
    .where('platform', '=', platform)
    .where('member_user', '=', user)
    .orderBy('name')
    .execute()

/** What a person said in the try-out chat, and what only she was told there. */
export const chatOf = (db: Read, { space, user }: { space: string; user: string }) =>
  db
    .selectFrom('try_messages')
    .select(['at', 'kind', 'said', 'card', 'channel'])
    .where('space', '=', space)
    .where((e) => e.or([e('reader', '=', user), e('author', '=', user)]))
    .orderBy('seq')
    .execute()
