import type { Effect, Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { Traces } from './erase.ts'
import { redacted, someNaming, whoNames } from './erase-words.ts'
import { marks, run } from './statement.ts'
import type { Tx } from './tx.ts'

const NOTHING = JSON.stringify({
  kind: 'message',
  card: { title: 'Erased with the member it was for', blocks: [] },
} satisfies Effect)
const NOBODY = 'user:erased'

/**
 * Takes back what waits to go to a member and to those who were to review her work, and leaves of everything sent so only when it was and
 * what became of it. What is on its way at this moment may arrive; its end is written down here. Lists that name her to moderators
 * lose her name.
 */
export async function forgetDeliveries(tx: Tx, traces: Traces, now: Instant): Promise<void> {
  for (const { space, user } of traces.identities) {
    const address = `user:${user}`
    const mine = await tx
      .selectFrom('deliveries')
      .select('key')
      .where('space', '=', space)
      .where('address', '=', address)
      .execute()
    await blank(
      tx,
      mine.map(({ key }) => key),
      now,
      NOBODY,
    )
    await tx
      .updateTable('spaces')
      .set({ moderators: null })
      .where('id', '=', space)
      .where('moderators', '=', address)
      .execute()
  }
  const notes: string[] = []
  for (const review of traces.reviews)
    notes.push(
      ...(
        await tx
          .selectFrom('deliveries')
          .select('key')
          .where('key', '>=', `review/${review}/`)
          .where('key', '<', `review/${review}/\u{10ffff}`)
          .execute()
      ).map(({ key }) => key),
    )
  await blank(tx, notes, now)
  for (const space of new Set(traces.identities.map((one) => one.space))) await redactLists(tx, space, traces)
}

const ROWS_A_STATEMENT = 200

/** Empties deliveries under a new key, as the old one may tell whose they were; of the address only where it is hers. */
async function blank(tx: Tx, all: readonly string[], now: Instant, address?: string) {
  for (let i = 0; i < all.length; i += ROWS_A_STATEMENT) {
    const keys = all.slice(i, i + ROWS_A_STATEMENT)
    const first = await nextValues(tx, 'erased', keys.length)
    await tx.deleteFrom('address_heads').where('key', 'in', keys).execute()
    await run(
      tx,
      `with v (key, fresh) as (values ${marks(keys.length, '(?, ?)')})
        update deliveries set key = v.fresh, address = coalesce(?, address), effect = ?,
          state = case when state in ('waiting', 'sending') then 'withdrawn' else state end,
          settled_at = coalesce(settled_at, ?), lease = null, lease_until = null, quiet = null, ref = null, trouble = null
        from v where deliveries.key = v.key`,
      [...keys.flatMap((key, n) => [key, `erased/${first + n}`]), address ?? null, NOTHING, now],
    )
  }
}

/** Messages to channels and moderators that name her among others. */
async function redactLists(tx: Tx, space: string, traces: Traces) {
  const words = whoNames(traces)
  const { moderators } = (await tx
    .selectFrom('spaces')
    .select('moderators')
    .where('id', '=', space)
    .executeTakeFirst())!
  const rows = await tx
    .selectFrom('deliveries')
    .select(['key', 'effect'])
    .where('space', '=', space)
    .where((e) =>
      e.or([
        e.and([e('address', '>=', 'channel:'), e('address', '<', 'channel;')]),
        ...(moderators?.startsWith('user:') ? [e('address', '=', moderators)] : []),
      ]),
    )
    .where((e) => someNaming(e.ref('effect'), words))
    .execute()
  for (const { key, effect } of rows) {
    const clean = redacted(effect, words)
    if (clean !== effect) await tx.updateTable('deliveries').set({ effect: clean }).where('key', '=', key).execute()
  }
}
