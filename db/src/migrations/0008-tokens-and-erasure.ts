import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table tokens (
    id text not null primary key,
    hash text not null unique,
    space text not null references spaces (id),
    member text references members (id),
    scopes text not null,
    made_by text not null,
    made_at text not null,
    expires_at text not null,
    used_at text,
    revoked_at text
  )`,
  'create index tokens_member on tokens (member) where member is not null',
  `create table audit (
    seq integer not null primary key,
    at text not null,
    space text,
    actor text not null,
    what text not null,
    detail text not null
  )`,
  'create index audit_space on audit (space, seq)',
  `create table erased_counts (
    space text not null,
    step text not null,
    what text not null,
    count integer not null,
    primary key (space, step, what)
  )`,
  // What was sent to one address is shown to its member, and erased with her.
  'create index deliveries_by_address on deliveries (space, address)',
  'create index reviews_reviewer on reviews (reviewer) where reviewer is not null',
  'create index subscriptions_member on subscriptions (member) where member is not null',
]

/** Keys to the API, the audit, and what is left of members who erased their data. */
export async function tokensAndErasure(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
