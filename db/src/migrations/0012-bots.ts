import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table notes (
    platform text not null,
    name text not null,
    value text not null,
    space text,
    member_user text,
    at text not null,
    primary key (platform, name)
  )`,
  'create index notes_space on notes (space) where space is not null',
  'create index notes_user on notes (member_user) where member_user is not null',
  `create table arrivals (
    id text not null primary key,
    at text not null
  )`,
  'create index arrivals_at on arrivals (at)',
]

/** What the bots remember between two starts, and what has arrived already. */
export async function bots(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
