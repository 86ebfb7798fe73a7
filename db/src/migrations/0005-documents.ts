import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table documents (
    id text not null primary key,
    member text not null references members (id),
    space text not null references spaces (id),
    kind text not null,
    state text not null,
    body text not null,
    made_at text not null,
    changed_at text not null
  )`,
  'create unique index documents_member on documents (member, kind)',
  `create table reviews (
    id text not null primary key,
    document text not null references documents (id),
    space text not null references spaces (id),
    body text not null,
    submitted_at text not null,
    scores text not null,
    comments text not null,
    reviewer text references members (id),
    decision text,
    decided_at text
  )`,
  'create index reviews_document on reviews (document, submitted_at, id)',
  // Nobody hands the same document in twice while it waits.
  'create unique index reviews_open on reviews (document) where decision is null',
  'create index reviews_waiting on reviews (space, submitted_at, id) where decision is null',
]

/** What members write, and how peers reviewed it. */
export async function documents(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
