import { DAY, type Effect, type Instant, nothingNewCard, plus, type Work } from '@cme-commons/core'
import { allSources, findSubscription, type SourceTable, type Tx, toldBefore } from '@cme-commons/db'
import { subscriptionOf } from './rows.ts'

/** However often a digest comes, a source need not be read more often than so. */
const LONG_AGO = 2 * DAY

/** The word that there is nothing new, made as it goes out: with the sources as they are by then. */
export async function nothingNew(
  tx: Tx,
  { subscription, slot }: Extract<Effect, { kind: 'nothing-new' }>,
  now: Instant,
): Promise<Work | { skip: string }> {
  const row = await findSubscription(tx, subscription)
  if (!row) return { skip: 'The subscription was stopped.' }
  if (row.paused === 1) return { skip: 'The subscription is paused.' }
  if (row.even_empty === 0) return { skip: 'Empty digests are not wanted any more.' }
  const since = (await toldBefore(tx, subscription, slot)) ?? row.made_at
  const sources = (await allSources(tx)).filter(({ enabled, url }) => enabled === 1 && url !== null)
  const late = [since, plus(now, -LONG_AGO)].sort()[0]!
  const unread = sources.filter((source) => isUnread(source, late))
  const last = sources.reduce((latest, { read_at }) => ((read_at ?? '') > latest ? read_at! : latest), '')
  const failing = unread.map(({ name, failing_since, read_at }) => ({
    name,
    ...((failing_since ?? read_at) ? { since: (failing_since ?? read_at)! } : {}),
  }))
  return {
    card: nothingNewCard(subscriptionOf(row), { since, sources: sources.length, failing, ...(last ? { last } : {}) }),
  }
}

const isUnread = ({ failing_since, muted_at, read_at }: SourceTable, late: Instant): boolean =>
  failing_since !== null || muted_at !== null || read_at === null || read_at < late
