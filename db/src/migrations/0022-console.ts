import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table console_links (
    hash text not null primary key,
    space text not null,
    user_id text not null,
    platform integer not null,
    made_at text not null,
    expires_at text not null
  )`,
  'create index console_links_person on console_links (space, user_id)',
  `create table console_sessions (
    id text not null primary key,
    hash text not null unique,
    before text unique,
    proven integer not null,
    csrf text not null,
    space text not null,
    user_id text not null,
    platform integer not null,
    browser text not null,
    made_at text not null,
    seen_at text not null,
    turned_at text not null,
    expires_at text not null
  )`,
  'create index console_sessions_person on console_sessions (space, user_id)',
  // Few rows are in it, and moderators look for them each time.
  `create index deliveries_ended on deliveries (space, made_at, key) where state in ('dead', 'expired', 'skipped', 'withdrawn')`,
]

/** Links that sign moderators in, and the browsers in which they are. */
export async function consoles(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
