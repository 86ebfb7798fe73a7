import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  'alter table spaces add column left_at text',
  `create table space_settings (
    space text not null references spaces (id),
    name text not null,
    value text not null,
    primary key (space, name)
  )`,
  `create table drafts (
    space text not null references spaces (id),
    member text not null references members (id),
    kind text not null,
    id text not null,
    body text not null,
    at text not null,
    primary key (space, member, kind)
  )`,
]

/** What moderators set for their space, what they have not saved yet, and when a space was left. */
export async function settings(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
