import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  // An identity that was linked with others, and what it had before.
  `create table linked (
    space text not null references spaces (id),
    user_id text not null,
    member text not null references members (id),
    was text not null,
    linked_at text not null,
    home integer not null,
    before text not null,
    primary key (space, user_id)
  )`,
  'create index linked_member on linked (member)',
  'create index linked_was on linked (was)',
  `create table link_codes (
    id text not null primary key,
    hash text not null unique,
    space text not null references spaces (id),
    user_id text not null,
    made_at text not null,
    expires_at text not null,
    typed_space text,
    typed_user text,
    done_at text
  )`,
  'create index link_codes_maker on link_codes (space, user_id)',
  'create index link_codes_typist on link_codes (typed_space, typed_user) where typed_user is not null',
  `create table link_tries (
    id text not null primary key,
    space text not null references spaces (id),
    user_id text not null,
    at text not null
  )`,
  'create index link_tries_person on link_tries (space, user_id, at)',
  // Of two documents of a kind that a link brought together, one is set aside.
  'alter table documents add column set_aside_at text',
  'drop index documents_member',
  'create unique index documents_current on documents (member, kind) where set_aside_at is null',
  'create index documents_member on documents (member, kind)',
]

/** One member with identities on several platforms: codes, who is linked, and what each brought. */
export async function links(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
