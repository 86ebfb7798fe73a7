import { sql } from 'kysely'
import { type Delivery, toDelivery } from './outbox.ts'
import type { DocumentTable } from './tables/documents.ts'
import type { MemberTable } from './tables/people.ts'
import type { SuggestionTable } from './tables/suggestions.ts'
import type { Read } from './tx.ts'

/** What lists in pages are asked for: `after` is the time and the id of the last row seen, unless something else is said. */
type Page = { after?: readonly string[]; limit: number }

/** A member of a space with where she stands: how many steps she did there, and when she did something last. */
export type MemberRow = Pick<MemberTable, 'id' | 'name' | 'track' | 'region' | 'made_at'> & {
  started_at: string | null
  moved_at: string | null
  finished_at: string | null
  done: number | string
}

const members = (db: Read, space: string) =>
  db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member')
    .leftJoin('onboardings', (join) =>
      join.onRef('onboardings.member', '=', 'members.id').onRef('onboardings.space', '=', 'identities.space'),
    )
    .select(['members.id', 'members.name', 'members.track', 'members.region', 'members.made_at'])
    .select(['onboardings.started_at', 'onboardings.moved_at', 'onboardings.finished_at'])
    .select((e) =>
      e
        .selectFrom('step_progress')
        .select((s) => s.fn.countAll<number | string>().as('done'))
        .whereRef('step_progress.member', '=', 'members.id')
        .whereRef('step_progress.space', '=', 'identities.space')
        .where('step_progress.done_at', 'is not', null)
        .$asScalar()
        .$notNull()
        .as('done'),
    )
    .where('identities.space', '=', space)

/** The members of a space by our id, in the order of its text; `after` is the id of the last one seen. */
export function membersPage(db: Read, space: string, { after, limit }: Page): Promise<MemberRow[]> {
  let query = members(db, space)
  if (after) query = query.where('identities.member', '>', after[0] ?? '')
  return query.orderBy('identities.member').limit(limit).execute()
}

export const memberOfSpace = (db: Read, space: string, id: string): Promise<MemberRow | undefined> =>
  members(db, space).where('members.id', '=', id).executeTakeFirst()

/** The documents of a kind that belong to a member, or that were begun in a space, the latest first. */
export function documentsPage(
  db: Read,
  {
    kind,
    of,
    state,
    after,
    limit,
  }: Page & {
    kind: DocumentTable['kind']
    of: { member: string } | { space: string }
    state?: DocumentTable['state']
  },
): Promise<DocumentTable[]> {
  let query = db.selectFrom('documents').selectAll().where('kind', '=', kind)
  query = 'member' in of ? query.where('member', '=', of.member) : query.where('space', '=', of.space)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after) {
    const [made = '', id = ''] = after
    query = query.where((w) => w.or([w('made_at', '<', made), w.and([w('made_at', '=', made), w('id', '<', id)])]))
  }
  return query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** The suggestions of a space, of one member where she is named, the latest first. */
export function suggestionsPage(
  db: Read,
  { space, member, state, after, limit }: Page & { space: string; member?: string; state?: SuggestionTable['state'] },
): Promise<SuggestionTable[]> {
  let query = db.selectFrom('suggestions').selectAll().where('space', '=', space)
  if (member !== undefined) query = query.where('member', '=', member)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after) {
    const [at = '', id = ''] = after
    query = query.where((w) => w.or([w('at', '<', at), w.and([w('at', '=', at), w('id', '<', id)])]))
  }
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** The digests that the channels of a space were promised, the latest first. */
export async function channelDigestsPage(db: Read, space: string, { after, limit }: Page): Promise<Delivery[]> {
  let query = db
    .selectFrom('deliveries')
    .selectAll()
    .where('space', '=', space)
    .where('key', '>=', 'digest/')
    .where('key', '<', 'digest0')
    // Written out, as the index has it: with parameters it would not be found.
    .where(sql<boolean>`address >= 'channel:' and address < 'channel;'`)
  if (after) {
    const [made = '', key = ''] = after
    query = query.where((w) => w.or([w('made_at', '<', made), w.and([w('made_at', '=', made), w('key', '<', key)])]))
  }
  const rows = await query.orderBy('made_at', 'desc').orderBy('key', 'desc').limit(limit).execute()
  return rows.map(toDelivery)
}
