import { setImmediate as breath } from 'node:timers/promises'
import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import type { Read } from './tx.ts'

/** What waits on the lanes of one platform, or of webhooks: `due` of them by now, the first since `oldest`. */
export type QueueDepth = { platform: string; waiting: number; due: number; oldest?: Instant }

type Place = { lane: string; due_at: Instant; key: string }
type Part = { lane: string; waiting: number; due: number; oldest: Instant | null }

/** So many rows are counted at once: on SQLite everybody else waits for so long, a few milliseconds. */
const AT_ONCE = 5_000
const MOST = 200_000

/**
 * How much waits to be sent, by the first part of its lane, up to 200,000 in all. Read from the index of what waits, whatever the
 * ledger's length, a piece at a time.
 */
export async function queueDepths(read: Read, now: Instant): Promise<QueueDepth[]> {
  const depths = new Map<string, QueueDepth>()
  let after: Place = { lane: '', due_at: '', key: '' }
  for (let counted = 0; counted < MOST; counted += AT_ONCE) {
    const end = await lastOf(read, after)
    for (const part of await countBetween(read, after, end, now)) add(depths, part, now)
    if (!end) break
    after = end
    await breath()
  }
  return [...depths.values()]
}

const behind = ({ lane, due_at, key }: Place) =>
  sql`state = 'waiting' and (lane, due_at, key) > (${lane}, ${due_at}, ${key})`

/** The last row of the next piece; none when what is left is less. */
async function lastOf(read: Read, after: Place): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select lane, due_at, key from deliveries where ${behind(after)}
    order by lane, due_at, key limit 1 offset ${AT_ONCE - 1}`.execute(read)
  return rows[0]
}

async function countBetween(read: Read, after: Place, end: Place | undefined, now: Instant): Promise<Part[]> {
  const upTo = end ? sql`and (lane, due_at, key) <= (${end.lane}, ${end.due_at}, ${end.key})` : sql``
  const { rows } = await sql<Part>`
    select lane, count(*) as waiting, sum(case when due_at <= ${now} then 1 else 0 end) as due, min(due_at) as oldest
    from deliveries where ${behind(after)} ${upTo} group by lane`.execute(read)
  return rows
}

function add(depths: Map<string, QueueDepth>, part: Part, now: Instant): void {
  const platform = part.lane.split('/')[0]!
  const { waiting, due, oldest } = depths.get(platform) ?? { waiting: 0, due: 0 }
  const first = part.oldest !== null && part.oldest <= now ? part.oldest : undefined
  const before = [oldest, first].filter((at) => at !== undefined).sort()[0]
  depths.set(platform, {
    platform,
    waiting: waiting + Number(part.waiting),
    due: due + Number(part.due),
    ...(before ? { oldest: before } : {}),
  })
}

/** How many deliveries are being sent, and how many ended without arriving, by state. What arrived is too much to count each time. */
export async function countAmiss(
  read: Read,
): Promise<Record<'sending' | 'dead' | 'expired' | 'skipped' | 'withdrawn', number>> {
  // The conditions are word for word those of the two indexes, by which alone they are found.
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from deliveries
      where state not in ('waiting', 'sending', 'done') group by state
    union all select 'sending', count(*) from deliveries where state = 'sending'`.execute(read)
  const counts = { sending: 0, dead: 0, expired: 0, skipped: 0, withdrawn: 0 }
  return { ...counts, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) }
}
