import { sql } from 'kysely'
import type { AudienceTable } from './tables/news.ts'
import type { Read, Tx } from './tx.ts'

/** Joins an audience, which is made when nobody shares it yet. */
export async function putAudience(
  tx: Tx,
  audience: Pick<AudienceTable, 'id' | 'space' | 'filter' | 'schedule' | 'next_at' | 'cursor'>,
): Promise<void> {
  await tx
    .insertInto('audiences')
    .values({ ...audience, upto: null, after: '' })
    .onConflict((c) => c.column('id').doNothing())
    .execute()
}

/**
 * The audience whose slot came first at or before `now`. The update changes nothing; on PostgreSQL it locks the row, so that two
 * processes never plan one audience at once.
 */
export const holdDueAudience = (tx: Tx, now: string): Promise<AudienceTable | undefined> =>
  tx
    .updateTable('audiences')
    .set((eb) => ({ after: eb.ref('after') }))
    .where('id', '=', (eb) =>
      eb.selectFrom('audiences').select('id').where('next_at', '<=', now).orderBy('next_at').orderBy('id').limit(1),
    )
    .where('next_at', '<=', now)
    .returningAll()
    .executeTakeFirst()

export async function changeAudience(tx: Tx, id: string, change: Partial<Omit<AudienceTable, 'id'>>): Promise<void> {
  await tx.updateTable('audiences').set(change).where('id', '=', id).execute()
}

const empty = (tx: Tx) =>
  tx
    .deleteFrom('audiences')
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('subscriptions').select('id').whereRef('audience', '=', 'audiences.id'))),
    )

/** Forgets every audience that nobody belongs to any more, before its next slot would. */
export async function dropEmptyAudiences(tx: Tx): Promise<void> {
  await empty(tx).execute()
}

/** Forgets an audience that nobody belongs to any more. */
export async function dropEmptyAudience(tx: Tx, id: string): Promise<void> {
  await empty(tx).where('id', '=', id).execute()
}

export const allAudiences = (db: Read): Promise<AudienceTable[]> => db.selectFrom('audiences').selectAll().execute()

/** When the next audience is due. */
export async function nextAudience(db: Read): Promise<string | undefined> {
  return (await db.selectFrom('audiences').select('next_at').orderBy('next_at').limit(1).executeTakeFirst())?.next_at
}

/** A stretch of an audience's subscriptions in order of id: `after` exclusive to `last` inclusive. */
export type Stretch = { audience: string; after: string; last: string; slot: string }

const due = (db: Read, { audience, slot }: Pick<Stretch, 'audience' | 'slot'>) =>
  db
    .selectFrom('subscriptions')
    .where('audience', '=', audience)
    .where('paused', '=', 0)
    .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', slot)]))

const dueIn = (db: Read, stretch: Stretch) =>
  due(db, stretch).where('id', '>', stretch.after).where('id', '<=', stretch.last)

/** The last id of the next `size` subscriptions of an audience, or nothing when there are no more. */
export async function stretchEnd(tx: Tx, audience: string, after: string, size: number): Promise<string | undefined> {
  const stretch = tx
    .selectFrom('subscriptions')
    .select('id')
    .where('audience', '=', audience)
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
  const row = await tx
    .selectFrom(stretch.as('stretch'))
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirst()
  return row?.last ?? undefined
}

/** The cursors of the stretch's due subscriptions, null for the audience's own, with how many have each: they share a digest. */
export async function cursorsDue(tx: Tx, stretch: Stretch): Promise<{ cursor: number | null; readers: number }[]> {
  const rows = await dueIn(tx, stretch)
    .select((eb) => ['cursor', eb.fn.countAll<number | string>().as('readers')])
    .groupBy('cursor')
    .execute()
  return rows.map(({ cursor, readers }) => ({ cursor, readers: Number(readers) }))
}

/**
 * Puts one digest for every due subscription of the stretch with this cursor into the outbox, under `digest/<subscription>/<slot>`; without
 * a digest the word that there is nothing new, for those who want it. Answers how many were new.
 */
export async function postDigests(
  tx: Tx,
  stretch: Stretch,
  cursor: number | null,
  digest: string | undefined,
  times: { expires: string; now: string },
): Promise<number> {
  const [begin, end] =
    digest === undefined
      ? [`{"kind":"nothing-new","slot":"${stretch.slot}","subscription":"`, '"}']
      : [`{"kind":"digest","digest":"${digest}","subscription":"`, '"}']
  const rows = dueIn(tx, stretch)
    .where('cursor', cursor === null ? 'is' : '=', cursor)
    .$if(digest === undefined, (query) => query.where('even_empty', '=', 1))
    .select([
      sql<string>`'digest/' || id || ${sql.val(`/${stretch.slot}`)}`.as('key'),
      'lane',
      'space',
      'address',
      sql<string>`${sql.val(begin)} || id || ${sql.val(end)}`.as('effect'),
      sql<'waiting'>`cast('waiting' as text)`.as('state'),
      sql<string>`cast(${stretch.slot} as text)`.as('due_at'),
      sql<string>`cast(${times.expires} as text)`.as('expires_at'),
      'quiet',
      sql<string>`cast(${times.now} as text)`.as('made_at'),
    ])
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('deliveries')
    .columns(['key', 'lane', 'space', 'address', 'effect', 'state', 'due_at', 'expires_at', 'quiet', 'made_at'])
    .expression(rows)
    .onConflict((c) => c.column('key').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0n)
}

/** Lets those of the stretch for whom the slot already holds another digest stand apart with what they were told; answers who. */
export async function keepApart(
  tx: Tx,
  stretch: Stretch,
  cursor: number | null,
  digest: string,
  since: number,
): Promise<string[]> {
  const others = await dueIn(tx, stretch)
    .innerJoin('deliveries', (join) =>
      join.on((eb) =>
        eb('deliveries.key', '=', sql<string>`'digest/' || subscriptions.id || ${sql.val(`/${stretch.slot}`)}`),
      ),
    )
    .where('subscriptions.cursor', cursor === null ? 'is' : '=', cursor)
    .where('deliveries.effect', 'not like', `%"${digest}"%`)
    .select('subscriptions.id')
    .execute()
  const ids = others.map(({ id }) => id)
  if (ids.length > 0) await tx.updateTable('subscriptions').set({ cursor: since }).where('id', 'in', ids).execute()
  return ids
}

/** Who of the stretch stood apart now knows what the whole audience will know, but for the `others`. */
export async function rejoin(tx: Tx, stretch: Stretch, upto: number, others: readonly string[]): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ cursor: null })
    .where('id', 'in', dueIn(tx, stretch).where('cursor', '<=', upto).select('id'))
    .$if(others.length > 0, (query) => query.where('id', 'not in', others))
    .execute()
}

/** The lanes that a stretch sends on, so that their couriers can be woken. */
export const lanesOf = async (tx: Tx, stretch: Stretch): Promise<string[]> =>
  (await dueIn(tx, stretch).select('lane').distinct().execute()).map((row) => row.lane)

/** Every audience with a slot until `until` and somebody in it, soonest first. */
export const audiencesAhead = (db: Read, until: string): Promise<AudienceTable[]> =>
  db
    .selectFrom('audiences')
    .selectAll()
    .where('next_at', '<=', until)
    .where((eb) =>
      eb.exists(eb.selectFrom('subscriptions').select('id').whereRef('subscriptions.audience', '=', 'audiences.id')),
    )
    .orderBy('next_at')
    .execute()

/** Who of an audience gets the digest of a slot, by space and by what they were told already; `to` names the first and the last. */
export async function readersByCursor(db: Read, audience: string, slot: string) {
  const rows = await due(db, { audience, slot })
    .select((eb) => [
      'space',
      'cursor',
      eb.fn.countAll<number | string>().as('readers'),
      eb.fn.min('address').as('first'),
      eb.fn.max('address').as('last'),
    ])
    .groupBy(['space', 'cursor'])
    .orderBy('space')
    .execute()
  return rows.map(({ first, last, readers, ...row }) => ({
    ...row,
    readers: Number(readers),
    to: [...new Set([first, last])],
  }))
}

/** The filters of all digests with the space that each is read in, and how many readers share it. */
export async function filtersInUse(db: Read): Promise<{ filter: string; space: string | null; readers: number }[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('audiences', 'audiences.id', 'subscriptions.audience')
    .select((eb) => ['audiences.filter', 'audiences.space', eb.fn.countAll<number | string>().as('readers')])
    .groupBy(['audiences.filter', 'audiences.space'])
    .execute()
  return rows.map((row) => ({ ...row, readers: Number(row.readers) }))
}
