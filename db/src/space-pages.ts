import { type Delivery, toDelivery } from './outbox.ts'
import type { DocumentTable } from './tables/documents.ts'
import type { MemberTable } from './tables/people.ts'
import type { SuggestionTable } from './tables/suggestions.ts'
import type { Read } from './tx.ts'

/** What lists in pages are asked for: `after` is the time and the id of the last row seen. */
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

/** The members of a space, those who came first before the others. */
export function membersPage(db: Read, space: string, { after, limit }: Page): Promise<MemberRow[]> {
  let query = members(db, space)
  if (after) {
    const [made = '', id = ''] = after
    query = query.where((w) =>
      w.or([w('members.made_at', '>', made), w.and([w('members.made_at', '=', made), w('members.id', '>', id)])]),
    )
  }
  return query.orderBy('members.made_at').orderBy('members.id').limit(limit).execute()
}

export const memberOfSpace = (db: Read, space: string, id: string): Promise<MemberRow | undefined> =>
  members(db, space).where('members.id', '=', id).executeTakeFirst()

/** The documents of a kind that a member may be shown: her own, and, of a space that she moderates, those begun there. The latest first. */
export function documentsPage(
  db: Read,
  {
    kind,
    member,
    space,
    state,
    after,
    limit,
  }: Page & { kind: DocumentTable['kind']; member?: string; space?: string; state?: DocumentTable['state'] },
): Promise<DocumentTable[]> {
  let query = db
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', kind)
    .where((w) =>
      w.or([
        ...(member === undefined ? [] : [w('member', '=', member)]),
        ...(space === undefined ? [] : [w('space', '=', space)]),
      ]),
    )
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
    .where('address', '>=', 'channel:')
    .where('address', '<', 'channel;')
  if (after) {
    const [made = '', key = ''] = after
    query = query.where((w) => w.or([w('made_at', '<', made), w.and([w('made_at', '=', made), w('key', '<', key)])]))
  }
  const rows = await query.orderBy('made_at', 'desc').orderBy('key', 'desc').limit(limit).execute()
  return rows.map(toDelivery)
}
