import { sql } from 'kysely'
import { nextValues } from './counters.ts'
import type { AudienceTable, SubscriptionTable } from './tables/news.ts'
import type { Read, Tx } from './tx.ts'

export type SubscriptionRow = SubscriptionTable & Pick<AudienceTable, 'filter' | 'schedule'>

const whole = (db: Read) =>
  db
    .selectFrom('subscriptions')
    .innerJoin('audiences', 'audiences.id', 'subscriptions.audience')
    .selectAll('subscriptions')
    .select(['audiences.filter', 'audiences.schedule'])

export const findSubscription = (db: Read, id: string): Promise<SubscriptionRow | undefined> =>
  whole(db).where('subscriptions.id', '=', id).executeTakeFirst()

/** The standing order of a member (`user:U1`) or a channel (`channel:C1`), of which there is at most one. */
export const subscriptionAt = (db: Read, space: string, address: string): Promise<SubscriptionRow | undefined> =>
  whole(db).where('subscriptions.space', '=', space).where('subscriptions.address', '=', address).executeTakeFirst()

/** Joins an audience, which is made when nobody shares it yet. */
export async function putAudience(tx: Tx, audience: AudienceTable): Promise<void> {
  await tx
    .insertInto('audiences')
    .values(audience)
    .onConflict((c) => c.column('id').doNothing())
    .execute()
}

export async function addSubscription(tx: Tx, row: Omit<SubscriptionTable, 'id'>): Promise<string> {
  const id = `s${await nextValues(tx, 'subscriptions', 1)}`
  await tx
    .insertInto('subscriptions')
    .values({ id, ...row })
    .execute()
  return id
}

export async function changeSubscription(
  tx: Tx,
  id: string,
  change: Partial<Omit<SubscriptionTable, 'id'>>,
): Promise<void> {
  await tx.updateTable('subscriptions').set(change).where('id', '=', id).execute()
}

export async function dropSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('subscriptions').where('id', '=', id).execute()
}

/**
 * The audience whose slot came first at or before `now`. The update changes nothing; on PostgreSQL it locks the row, so that two
 * processes never plan one audience at once.
 */
export const holdDueAudience = (tx: Tx, now: string): Promise<AudienceTable | undefined> =>
  tx
    .updateTable('audiences')
    .set((eb) => ({ next_at: eb.ref('next_at') }))
    .where('id', '=', (eb) =>
      eb.selectFrom('audiences').select('id').where('next_at', '<=', now).orderBy('next_at').orderBy('id').limit(1),
    )
    .where('next_at', '<=', now)
    .returningAll()
    .executeTakeFirst()

/** When the next audience is due. */
export async function nextAudience(db: Read): Promise<string | undefined> {
  return (await db.selectFrom('audiences').select('next_at').orderBy('next_at').limit(1).executeTakeFirst())?.next_at
}

export async function moveAudience(tx: Tx, id: string, nextAt: string): Promise<void> {
  await tx.updateTable('audiences').set({ next_at: nextAt }).where('id', '=', id).execute()
}

/** Forgets an audience that nobody belongs to any more. */
export async function dropEmptyAudience(tx: Tx, id: string): Promise<void> {
  await tx
    .deleteFrom('audiences')
    .where('id', '=', id)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('subscriptions').select('id').where('audience', '=', id))))
    .execute()
}

/** A stretch of an audience's subscriptions in order of id: `after` exclusive to `last` inclusive. */
export type Stretch = { audience: string; after: string; last: string; slot: string }

const due = (tx: Read, { audience, after, last, slot }: Stretch) =>
  tx
    .selectFrom('subscriptions')
    .where('audience', '=', audience)
    .where('id', '>', after)
    .where('id', '<=', last)
    .where('slot', '<', slot)
    .where('paused', '=', 0)
    .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', slot)]))

/** The last id of the next `size` subscriptions of an audience, or nothing when there are no more. */
export async function stretchEnd(tx: Tx, audience: string, after: string, size: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom((eb) =>
      eb
        .selectFrom('subscriptions')
        .select('id')
        .where('audience', '=', audience)
        .where('id', '>', after)
        .orderBy('id')
        .limit(size)
        .as('stretch'),
    )
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirst()
  return row?.last ?? undefined
}

/** The cursors of the stretch's due subscriptions: readers with the same cursor get the same digest. */
export const cursorsDue = async (tx: Tx, stretch: Stretch): Promise<number[]> =>
  (await due(tx, stretch).select('cursor').distinct().execute()).map((row) => row.cursor)

/** Puts one digest for every due subscription of the stretch with this cursor into the outbox, under `digest/<subscription>/<slot>`. */
export async function postDigests(
  tx: Tx,
  stretch: Stretch,
  cursor: number,
  digest: string,
  times: { due: string; expires: string; now: string },
): Promise<void> {
  await tx
    .insertInto('deliveries')
    .columns([
      'key',
      'lane',
      'space',
      'address',
      'effect',
      'state',
      'attempts',
      'due_at',
      'expires_at',
      'doubt',
      'quiet',
      'made_at',
    ])
    .expression(
      due(tx, stretch)
        .where('cursor', '=', cursor)
        .select([
          sql<string>`'digest/' || id || '/' || ${sql.val(stretch.slot)}`.as('key'),
          'lane',
          'space',
          'address',
          sql<string>`${sql.val(`{"kind":"digest","digest":"${digest}","subscription":"`)} || id || '"}'`.as('effect'),
          sql.lit('waiting').as('state'),
          sql.lit(0).as('attempts'),
          sql<string>`${sql.val(times.due)}`.as('due_at'),
          sql<string>`${sql.val(times.expires)}`.as('expires_at'),
          sql.lit(0).as('doubt'),
          'quiet',
          sql<string>`${sql.val(times.now)}`.as('made_at'),
        ]),
    )
    .onConflict((c) => c.column('key').doNothing())
    .execute()
}

/** Marks the stretch's due subscriptions with this cursor as planned for the slot, and their news up to `upto` as told. */
export async function markPlanned(tx: Tx, stretch: Stretch, cursor: number, upto: number): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ slot: stretch.slot, cursor: upto })
    .where('audience', '=', stretch.audience)
    .where('id', '>', stretch.after)
    .where('id', '<=', stretch.last)
    .where('slot', '<', stretch.slot)
    .where('paused', '=', 0)
    .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', stretch.slot)]))
    .where('cursor', '=', cursor)
    .execute()
}

/** The lanes that a stretch sends on, so that their couriers can be woken. */
export const lanesOf = async (tx: Tx, stretch: Omit<Stretch, 'slot'>): Promise<string[]> =>
  (
    await tx
      .selectFrom('subscriptions')
      .select('lane')
      .distinct()
      .where('audience', '=', stretch.audience)
      .where('id', '>', stretch.after)
      .where('id', '<=', stretch.last)
      .execute()
  ).map((row) => row.lane)

/** Gives the items of a digest that never arrived back: the next digest starts before them, unless a later one was planned already. */
export async function giveBack(tx: Tx, subscription: string, since: number, upto: number): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ cursor: since })
    .where('id', '=', subscription)
    .where('cursor', '=', upto)
    .execute()
}

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

/** Who of an audience gets the digest of a slot, by space and by what they were told already; `to` names up to three of them. */
export async function readersByCursor(db: Read, audience: string, slot: string) {
  const rows = await db
    .selectFrom('subscriptions')
    .select((eb) => [
      'space',
      'cursor',
      eb.fn.countAll<number | string>().as('readers'),
      eb.fn.min('address').as('first'),
      eb.fn.max('address').as('last'),
    ])
    .where('audience', '=', audience)
    .where('slot', '<', slot)
    .where('paused', '=', 0)
    .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', slot)]))
    .groupBy(['space', 'cursor'])
    .orderBy('space')
    .execute()
  return rows.map(({ first, last, readers, ...row }) => ({
    ...row,
    readers: Number(readers),
    to: [...new Set([first, last])],
  }))
}
