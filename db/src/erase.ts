import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { dropEmptyAudiences } from './audiences.ts'
import { broughtBy } from './brought.ts'
import { forgetMeetings, shownWords } from './conference-people.ts'
import { forgetInChannels } from './erase-channels.ts'
import { forgetChat } from './erase-chat.ts'
import { forgetDeliveries } from './erase-deliveries.ts'
import { forgetAnswersAbout } from './kept-answers.ts'
import { forgetCodesOf } from './links.ts'
import { endConsole } from './sessions.ts'
import { isPostgres } from './statement.ts'
import type { ErasedCountTable } from './tables/access.ts'
import type { Read, Tx } from './tx.ts'

/** The tables whose rows belong to the member that they name. */
const HERS = [
  'company',
  'documents',
  'suggestions',
  'source_offers',
  'drafts',
  'follows',
  'tokens',
  'roles',
  'check_answers',
  'sample_marks',
  'step_progress',
  'onboardings',
  'company',
  'linked',
  'member_names',
  'identities',
] as const

/** How a member is known: what must not be found any more when she is erased. */
export type Traces = {
  name: string | null
  member: string
  /** Her ids and her names of before she was linked. */
  was: readonly string[]
  identities: readonly { space: string; user: string; platform: string }[]
  documents: readonly string[]
  reviews: readonly string[]
}

/**
 * Erases a member with all her identities: every row that is hers is deleted, what names her elsewhere is made anonymous, and counts
 * without a name are left. Reviews that she wrote of others stay, without her. False when there is no such member (any more).
 */
export async function eraseMember(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const member = await hold(tx, id)
  if (!member) return false
  const traces = await tracesOf(tx, id, member.name)
  await countErased(tx, id)
  await dropSubscriptions(tx, traces)
  await tx.deleteFrom('reviews').where('document', 'in', documentsOf(tx, id)).execute()
  await tx.updateTable('reviews').set({ reviewer: null }).where('reviewer', '=', id).execute()
  await tx.updateTable('suggestions').set({ decided_by: null }).where('decided_by', '=', id).execute()
  await tx.updateTable('roles').set({ given_by: null }).where('given_by', '=', id).execute()
  await forgetInChannels(tx, traces)
  await tx.updateTable('date_history').set({ changed_by: null }).where('changed_by', '=', id).execute()
  await tx.updateTable('roles').set({ taken_by: null }).where('taken_by', '=', id).execute()
  await tx.updateTable('item_history').set({ changed_by: null }).where('changed_by', '=', id).execute()
  await tx.updateTable('item_date_decisions').set({ decided_by: null }).where('decided_by', '=', id).execute()
  await forgetAnswersAbout(tx, id)
  await forgetMeetings(tx, traces)
  for (const table of HERS) await tx.deleteFrom(table).where('member', '=', id).execute()
  for (const { platform, space, user } of traces.identities) {
    await tx.deleteFrom('notes').where('platform', '=', platform).where('member_user', '=', user).execute()
    await forgetCodesOf(tx, { space, user })
    await endConsole(tx, { space, user })
  }
  // After the rows of which deliveries are planned: whoever plans them at this moment was waited for.
  await forgetDeliveries(tx, traces, now)
  await forgetChat(tx, traces)
  await tx.deleteFrom('members').where('id', '=', id).execute()
  return true
}

/** Her row, which on PostgreSQL nobody can refer to until commit: what she presses at the same moment waits, and then finds her gone. */
const hold = (tx: Tx, id: string) =>
  tx
    .selectFrom('members')
    .select('name')
    .where('id', '=', id)
    .$if(isPostgres(tx), (query) => query.forUpdate())
    .executeTakeFirst()

async function tracesOf(tx: Tx, member: string, name: string | null): Promise<Traces> {
  const identities = await tx
    .selectFrom('identities')
    .innerJoin('spaces', 'spaces.id', 'identities.space')
    .select(['identities.space', 'identities.user', 'spaces.platform'])
    .where('member', '=', member)
    .execute()
  const documents = await documentsOf(tx, member).execute()
  const linked = await tx.selectFrom('linked').selectAll().where('member', '=', member).execute()
  const reviews = await tx.selectFrom('reviews').select('id').where('document', 'in', documentsOf(tx, member)).execute()
  return {
    name,
    member,
    was: [...linked.flatMap((row) => [row.was, broughtBy(row).member.name ?? '']), ...(await shownWords(tx, member))],
    identities,
    documents: documents.map(({ id }) => id),
    reviews: reviews.map(({ id }) => id),
  }
}

const documentsOf = (tx: Tx, member: string) => tx.selectFrom('documents').select('id').where('member', '=', member)

/** Ends her digests. Whoever plans them at this moment is waited for, so that no digest is promised to her afterwards. */
async function dropSubscriptions(tx: Tx, { member, identities }: Traces) {
  const own = tx
    .selectFrom('subscriptions')
    .where((e) =>
      e.or([
        e('member', '=', member),
        ...identities.map(({ space, user }) => e.and([e('space', '=', space), e('address', '=', `user:${user}`)])),
      ]),
    )
  const rows = await own.select(['id', 'audience']).execute()
  for (const audience of new Set(rows.map((row) => row.audience)))
    await tx
      .updateTable('audiences')
      .set((e) => ({ after: e.ref('after') }))
      .where('id', '=', audience)
      .execute()
  for (const { id } of rows) await tx.deleteFrom('subscriptions').where('id', '=', id).execute()
  await dropEmptyAudiences(tx)
}

/** Adds what she had begun and done to the counts of the space in which she did it. */
async function countErased(tx: Tx, member: string) {
  const started = await tx.selectFrom('onboardings').selectAll().where('member', '=', member).execute()
  const steps = await tx.selectFrom('step_progress').selectAll().where('member', '=', member).execute()
  const all = [
    ...started.map(({ space, finished_at }) => ({ space, step: '', done: finished_at })),
    ...steps.map(({ space, step, done_at }) => ({ space, step, done: done_at })),
  ]
  const rows = all.flatMap(({ space, step, done }) => [
    { space, step, what: 'begun' as const, count: 1 },
    ...(done ? [{ space, step, what: 'done' as const, count: 1 }] : []),
  ])
  if (rows.length === 0) return
  await tx
    .insertInto('erased_counts')
    .values(rows.sort((a, b) => (a.step < b.step ? -1 : 1)))
    .onConflict((c) =>
      c.columns(['space', 'step', 'what']).doUpdateSet({ count: sql<number>`erased_counts.count + excluded.count` }),
    )
    .execute()
}

/** What is left of the members of a space who erased their data. */
export const erasedCounts = (read: Read, space: string): Promise<ErasedCountTable[]> =>
  read.selectFrom('erased_counts').selectAll().where('space', '=', space).orderBy('step').orderBy('what').execute()
