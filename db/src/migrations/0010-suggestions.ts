import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  'alter table items add column space text',
  'drop index items_labels',
  'create index items_labels on items (seq, topic, body, region, tracks, published, space)',
  `create table item_twins (
    item text not null references items (id),
    space text not null references spaces (id),
    primary key (item, space)
  )`,
  'alter table audiences add column space text',
  // Who shared a filter with another space goes on without the items of either; who did not gets those of her own.
  `update audiences set space = (select min(space) from subscriptions where audience = audiences.id)
    where 1 = (select count(distinct space) from subscriptions where audience = audiences.id)`,
  `create table suggestions (
    id text not null primary key,
    space text not null references spaces (id),
    member text not null references members (id),
    href text not null,
    link text not null,
    title text not null,
    why text not null,
    at text not null,
    state text not null,
    decided_by text references members (id),
    decided_at text,
    reason text,
    item text
  )`,
  `create unique index suggestions_open on suggestions (space, link) where state = 'open'`,
  'create index suggestions_waiting on suggestions (space, state, at, id)',
  'create index suggestions_member on suggestions (member)',
]

/** What members suggest for the digest, and items that only the space knows which suggested them. */
export async function suggestions(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
