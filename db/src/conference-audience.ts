import { type RawBuilder, sql } from 'kysely'
import type { DateTable, FollowTable } from './tables/conferences.ts'
import type { Read } from './tx.ts'

/** The scopes that cover a date, the narrowest first: of an address that follows several, the narrowest decides. */
export const scopesOf = ({ edition, conference }: Pick<DateTable, 'edition' | 'conference'>): string[] => [
  ...(edition ? [`edition/${edition}`] : []),
  `conference/${conference}`,
  'all',
]

/** Which follows: of a scope, in a space (of every space without one), not overruled by those of a narrower scope. */
export type Audience = { scope: string; narrower: readonly string[]; space?: string }

/** `clock` or `minutes` narrow it to those who are reminded together; without, also those who said "not this year" are left out. */
type Together = { clock?: string; minutes?: string }

const EVERYBODY = sql<boolean>`f.muted = 0`

function where({ scope, narrower, space }: Audience, { clock, minutes }: Together): RawBuilder<boolean> {
  const some = [
    EVERYBODY,
    sql`f.scope = ${scope}`,
    ...(space === undefined ? [] : [sql`f.space = ${space}`]),
    ...(clock === undefined ? [] : [sql`f.clock = ${clock}`]),
    ...(minutes === undefined ? [] : [sql`f.sessions = 1 and f.minutes = ${minutes}`]),
    ...(narrower.length === 0
      ? []
      : [
          sql`not exists (select 1 from follows n where n.space = f.space and n.address = f.address and n.scope in (${sql.join(narrower)}))`,
        ]),
  ]
  return sql<boolean>`${sql.join(some, sql` and `)}`
}

/** Where a page of follows ended. */
export type FollowsAfter = Pick<FollowTable, 'space' | 'id'>

/** One page of those who follow something, in an order that stays. */
export async function followsPage(
  db: Read,
  audience: Audience,
  together: Together,
  after: FollowsAfter | undefined,
  limit: number,
): Promise<FollowTable[]> {
  const { rows } = await sql<FollowTable>`select f.* from follows f
    where ${where(audience, together)} and (f.space, f.id) > (${after?.space ?? ''}, ${after?.id ?? ''})
    order by f.space, f.id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

export const followsById = (db: Read, ids: readonly string[]): Promise<FollowTable[]> =>
  db.selectFrom('follows').selectAll().where('id', 'in', ids).where('muted', '=', 0).execute()

/** Those who follow something and are reminded at one moment, counted by space, zone and quiet hours. */
export async function followersTogether(
  db: Read,
  audience: Audience,
  together: Together,
  { kind, before }: { kind: string; before: string },
): Promise<{ space: string; zone: string; quiet: string | null; readers: number; to: string[] }[]> {
  const { rows } = await sql<{
    space: string
    zone: string
    quiet: string | null
    readers: number | string
    first: string
    last: string
  }>`
    select f.space, f.zone, f.quiet, count(*) as readers, min(f.address) as first, max(f.address) as last
    from follows f join spaces p on p.id = f.space and p.left_at is null
    where ${where(audience, together)} and f.kinds like ${`%,${kind},%`} and f.since < ${before}
    group by f.space, f.zone, f.quiet order by f.space, f.zone`.execute(db)
  return rows.map(({ first, last, readers, ...row }) => ({
    ...row,
    readers: Number(readers),
    to: [...new Set([first, last])],
  }))
}

/** True when an address said "not this year" to an edition. */
export async function saidNotThisYear(db: Read, space: string, address: string, edition: string): Promise<boolean> {
  const row = await db
    .selectFrom('follows')
    .select('muted')
    .where('space', '=', space)
    .where('address', '=', address)
    .where('scope', '=', `edition/${edition}`)
    .executeTakeFirst()
  return row?.muted === 1
}

/** How many members and channels of an audience hear of a kind of date. */
export async function countFollowers(
  db: Read,
  audience: Audience,
  kind: string,
): Promise<{ members: number; channels: number }> {
  const { rows } = await sql<{ members: number | string; all: number | string }>`
    select count(f.member) as members, count(*) as "all" from follows f
    where ${where(audience, {})} and f.kinds like ${`%,${kind},%`}`.execute(db)
  const members = Number(rows[0]?.members ?? 0)
  return { members, channels: Number(rows[0]?.all ?? 0) - members }
}

/** How many deliveries wait under keys with this prefix. */
export async function countWaiting(db: Read, prefix: string): Promise<number> {
  const row = await db
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\u{10ffff}`)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
